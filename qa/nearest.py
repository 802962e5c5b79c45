"""The stretch of a text that comes nearest to a quotation, and what is different in it.

Texts are compared word by word, in one spelling. The nearest stretch is the one that costs least to
turn into the quotation, by words put in, taken out or replaced (P. Sellers, The theory and
computation of evolutionary distances, 1980: an alignment whose ends are free on one side).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import takewhile
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from qa.normalised import Stretch, normalise
from qa.occurrences import whole
from qa.quantities import PIECE
from qa.text import UNSPACED

# So many comparisons of words take about a second.
_COMPARISONS = 10**8
# Words that the quotation leaves out of the text cost less than words that it does not have: people
# shorten what they quote.
_REPLACED, _ADDED, _LEFT_OUT = 10, 10, 3
_AROUND = 60  # characters to look for marks in

# A figure with its sign and separators, a character of a script without spaces, a word, a mark.
_TOKEN = re.compile(
    rf"(?:(?<![\w.)])[-+±\u2212])?\d+(?:[.,:/]\d+)*[^\W_{UNSPACED}]*"
    rf"|[{UNSPACED}]|[^\W_{UNSPACED}]+(?:['\u2019][^\W\d_{UNSPACED}]+)*|[^\s\u00ad\u200b]"
)
_MONEY_AND_SHARES = frozenset("$€£¥₹₽₩%‰")


@dataclass(frozen=True, slots=True)
class Difference:
    """Where a quotation and an article part: `quoted` in the one is `written` in the other.

    Either may be empty. `start` and `end` are the offsets of `written` in the article's text.
    `figures` says whether a number, a percent sign or a sign of money is in either.
    """

    quoted: str
    written: str
    start: int
    end: int
    figures: bool


@dataclass(frozen=True, slots=True)
class Nearest:
    """The stretch `start`..`end` of a text and how it differs from a quotation.

    `similarity`, in [0, 1], is twice the words that both have, in order, by the words of both.
    """

    start: int
    end: int
    similarity: float
    differences: tuple[Difference, ...]


def nearest(text: str, quote: str, start: int = 0, end: int | None = None) -> Nearest | None:
    """The stretch of `text[start:end]` nearest to `quote`, None where not one word is the same.

    It cuts no word and no figure. Of several that cost the same, the first. None also where
    quotation and text are too long to compare (a hundred million pairs of words).

    >>> text = "The warranty of every robot is 24 months long."
    >>> found = nearest(text, "the warranty is 36 months")
    >>> text[found.start : found.end], round(found.similarity, 3)
    ('The warranty of every robot is 24 months', 0.615)
    >>> [(d.quoted, d.written, d.figures) for d in found.differences]
    [('', 'of every robot', False), ('36', '24', True)]
    """
    end = len(text) if end is None else end
    sought = [token for token in _tokens(quote) if token.is_word]
    words = [token for token in _tokens(text, start, end) if token.is_word]
    if not sought or not words or len(sought) * len(words) > _COMPARISONS:
        return None
    numbers = {key: number for number, key in enumerate({token.key for token in sought})}
    left = np.array([numbers[token.key] for token in sought], np.int32)
    right = np.array([numbers.get(token.key, -1) for token in words], np.int32)
    stop = _fit(left, right)
    first = stop - _fit(left[::-1], right[:stop][::-1])
    if first >= stop or not np.isin(left, right[first:stop]).any():
        return None
    stretch = whole(text, words[first].start, words[stop - 1].end)
    return compare(quote, text, *_with_marks(quote, text, stretch))


def _with_marks(quote: str, text: str, stretch: Stretch) -> Stretch:
    """The stretch with the marks around it that stand around the quotation too."""
    start, end = stretch
    ours, theirs = list(_tokens(quote)), list(_tokens(text, start, end))
    before = list(_tokens(text, max(0, start - _AROUND), start))
    after = _tokens(text, end, min(len(text), end + _AROUND))
    # From the words outwards, and past the marks that are in the stretch already.
    leading = _marks(ours)[::-1][len(_marks(theirs)) :]
    trailing = _marks(ours[::-1])[::-1][len(_marks(theirs[::-1])) :]
    for one, other in zip(leading, before[::-1], strict=False):
        if one.key != other.key:
            break
        start = other.start
    for one, other in zip(trailing, after, strict=False):
        if one.key != other.key:
            break
        end = other.end
    return start, end


def _marks(tokens: Iterable[_Token]) -> list[_Token]:
    """The marks before the first word."""
    return list(takewhile(lambda token: not token.is_word, tokens))


def compare(quote: str, text: str, start: int, end: int) -> Nearest:
    """How `text[start:end]` differs from `quote`; white space and spelling apart."""
    ours, theirs = list(_tokens(quote)), list(_tokens(text, start, end))
    matcher = SequenceMatcher(None, [t.key for t in ours], [t.key for t in theirs], autojunk=False)
    found, same = [], 0
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            same += sum(token.is_word for token in ours[a:b])
            continue
        at = theirs[c].start if c < len(theirs) else end
        stretch = (at, theirs[d - 1].end) if c < d else (at, at)
        quoted = quote[ours[a].start : ours[b - 1].end] if a < b else ""
        figures = any(_is_figure(token.key) for token in (*ours[a:b], *theirs[c:d]))
        found.append(Difference(quoted, text[slice(*stretch)], *stretch, figures))
    words = sum(token.is_word for token in (*ours, *theirs))
    return Nearest(start, end, 2 * same / max(words, 1), tuple(found))


class _Token(NamedTuple):
    start: int
    end: int
    key: str
    is_word: bool


def _tokens(text: str, start: int = 0, end: int | None = None) -> Iterator[_Token]:
    known: dict[str, tuple[str, bool]] = {}
    for match in _TOKEN.finditer(text, start, len(text) if end is None else end):
        word = match[0]
        if word not in known:
            key = normalise(word)
            known[word] = key, any(character.isalnum() for character in key)
        if known[word][0]:
            yield _Token(*match.span(), *known[word])


def _is_figure(key: str) -> bool:
    if key in _MONEY_AND_SHARES or any(character.isnumeric() for character in key):
        return True
    piece = PIECE.fullmatch(key)
    return piece is not None and piece.lastgroup == "amount"


def _fit(sought: NDArray[np.int32], words: NDArray[np.int32]) -> int:
    """Where in `words` the best fit of `sought` ends; of several, the first.

    Row i of the table holds, for every place, what it costs least to make the first i words sought
    out of words that end there. Taking words out of the text is a running minimum.
    """
    taken_out = np.arange(len(words) + 1, dtype=np.int32) * _LEFT_OUT
    row = np.zeros(len(words) + 1, np.int32)
    for count, word in enumerate(sought, start=1):
        changed = np.minimum(row[:-1] + _REPLACED * (words != word), row[1:] + _ADDED)
        row = np.concatenate([np.array([count * _ADDED]), changed]).astype(np.int32)
        row = np.minimum.accumulate(row - taken_out) + taken_out
    stop = int(row.argmin())
    # Replaced rather than added: that shows what stands in its place.
    while stop < len(words) and row[stop + 1] == row[stop]:
        stop += 1
    return stop
