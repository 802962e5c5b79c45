"""Where a quotation stands word for word: never as a part of a word or of another figure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.normalised import Stretch
from qa.quantities import PIECE, WORDS
from qa.text import UNSPACED

_CONTEXT = 60  # characters to look at around an edge: hardly a figure is longer
# Looked for first, for speed: where no number is near, a place beside white space cuts nothing.
_APART = re.compile(rf"[\s{UNSPACED}]")
_NUMBER = re.compile(
    r"[\d¼-¾⅐-⅞〇零一二两三四五六七八九十百千万萬亿億兆]|(?i:hundred|thousand|illion|dozen|score|lakh|crore)"
    r"|\b(?i:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|tens|half)\b"
    r"|(?i:teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty)\b"
)
_SHARE = re.compile(r"\s?(?:[%％‰]|per\s?cent(?:age points?)?\b)")
# White space where a line was wrapped; a blank line is a bound.
_WRAPPED = re.compile(r"\s*[\n\r\f\v\t]\s*|\s{2,}")


def whole(text: str, start: int, end: int) -> Stretch:
    """The stretch of `text`, widened where it would cut a word or make another figure of one.

    "4" is no part of "24", "24" none of "24 million", of "24%" or of "$24". A date or a unit may be
    left off.

    >>> text = "It rose to $1.5\\nmillion (up 24%) in 12 months."
    >>> for pointed in [(14, 15), (28, 30), (36, 38)]:
    ...     start, end = whole(text, *pointed)
    ...     text[start:end]
    '$1.5\\nmillion'
    '24%'
    '12'
    """
    return start - _cut(text, start)[0], end + _cut(text, end)[1]


def is_whole(text: str, start: int, end: int) -> bool:
    """Whether the stretch cuts no word and no figure.

    >>> is_whole("after 24 months", 7, 15), is_whole("after 24 months", 6, 8)
    (False, True)
    """
    # Looked at first, for speed: letters and digits on both sides.
    for edge in (start, end):
        beside = text[max(0, edge - 1) : edge + 1]
        if 0 < edge < len(text) and beside.isalnum() and not _APART.search(beside):
            return False
    return whole(text, start, end) == (start, end)


def occurrences(text: str, quote: str, start: int = 0) -> Iterator[Stretch]:
    """Where `quote` stands in `text` from `start` on word for word, ascending, as whole words.

    >>> list(occurrences("4 months or 24 months or 4 months", "4 months"))
    [(0, 8), (25, 33)]
    """
    at = text.find(quote, start) if quote else -1
    while at >= 0:
        end = at + len(quote)
        stands = is_whole(text, at, end)
        if stands:
            yield at, end
        at = text.find(quote, end if stands else at + 1)


def nearest_occurrence(text: str, quote: str, place: int) -> Stretch | None:
    """The occurrence that begins nearest to `place`; of two as near, the first.

    >>> nearest_occurrence("4 months or 24 months or 4 months", "4 months", 14)
    (25, 33)
    """
    after = next(occurrences(text, quote, place), None)
    at = text.rfind(quote, 0, place + len(quote) - 1) if quote else -1
    while at >= 0 and not is_whole(text, at, at + len(quote)):
        at = text.rfind(quote, 0, at + len(quote) - 1)
    if at >= 0 and (after is None or place - at <= after[0] - place):
        return at, at + len(quote)
    return after


def _cut(text: str, edge: int) -> Stretch:
    """How many characters before and behind `edge` belong to the word or figure that it cuts."""
    if not 0 < edge < len(text):
        return 0, 0
    near = max(0, edge - _CONTEXT), edge + _CONTEXT
    if _APART.search(text, edge - 1, edge + 1) and not _NUMBER.search(text, *near):
        return 0, 0
    before = _flat(text[max(0, edge - _CONTEXT) : edge])
    if edge > _CONTEXT:
        before = before[before.find(" ") + 1 :]
    at = len(before)
    line = before + _flat(text[edge : edge + _CONTEXT])
    for piece in PIECE.finditer(line):
        if piece.end() <= at:
            continue
        if piece.start() >= at:
            break
        first, last = _figure_or_word(line, piece, at)
        back = sum(not character.isspace() for character in line[first:at])
        on = sum(not character.isspace() for character in line[at:last])
        return _far(text[max(0, edge - _CONTEXT) : edge][::-1], back), _far(
            text[edge : edge + _CONTEXT], on
        )
    return 0, 0


def _figure_or_word(line: str, piece: re.Match[str], at: int) -> Stretch:
    """The part of a piece that the place `at` within it must not cut; none may be left."""
    if piece.lastgroup == "amount":
        first, last = piece.span("amount")
        share = _SHARE.match(line, last, piece.end())
        last = share.end() if share else last
        if first < at < last:
            return first, last
    elif piece.lastgroup == "end_year" or not any(c.isalpha() for c in piece[0]):
        return piece.span()
    cut = (word.span() for word in WORDS.finditer(line, *piece.span()))
    return next((span for span in cut if span[0] < at < span[1]), (at, at))


def _flat(text: str) -> str:
    return _WRAPPED.sub(lambda space: "\n" if space[0].count("\n") > 1 else " ", text)


def _far(text: str, count: int) -> int:
    """How far `count` characters that are not white space reach."""
    at = 0
    for _ in range(count):
        while text[at].isspace():
            at += 1
        at += 1
    return at
