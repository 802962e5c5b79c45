"""Where an answer may begin and end: at the bounds of words, numbers, dates and amounts."""

from __future__ import annotations

import re

from qa.quantities import CLEAR, PIECE, WORDS

Stretch = tuple[int, int]

# --- Brackets, quotes and Markdown marks that open inside an answer are closed, and the reverse.

_CLOSING = dict(zip("([{（“‘«「『《", ")]}）”’»」』》", strict=True))
_OPENING = {closing: opening for opening, closing in _CLOSING.items()}
_PAIR = re.compile(
    r"[(\[{（“‘«「『《)\]}）”»」』》\"]|’(?!\w)|\*{1,3}|`+|(?<!\w)_+|(?<=[^\W_])_++(?!\w)"
)


# "Shortly before the expo" is not any time before it.
_BESIDE = re.compile(r"(?:before|after)\b", re.IGNORECASE)
_NEAR = re.compile(r"\b(?:directly|immediately|just|long|right|shortly|soon) $", re.IGNORECASE)
_FURTHEST = 12  # characters


def widen(text: str, start: int, end: int) -> Stretch:
    """The stretch for `text[start:end]` that cuts no word, number, date or amount.

    Nor does it part "shortly" and the like from a "before" or "after". Outer white space,
    punctuation and Markdown marks are dropped. It never reaches over the end of a sentence, a line
    or a table cell. A stretch without letters and digits only loses its outer white space. Time is
    linear in the length of the line.

    >>> text = "In August 2019 it rose to 94.47 billion U.S. dollars (up 31.9%)."
    >>> for pointed in [(26, 28), (29, 31), (10, 14), (57, 59)]:
    ...     start, end = widen(text, *pointed)
    ...     print(text[start:end])
    94.47 billion U.S. dollars
    94.47 billion U.S. dollars
    2019
    31.9%
    """
    inked = ink(text, start, end)
    if inked:
        begin, stop = _whole(text, *inked)
        return _paired(text, _nearness(text, begin), stop)
    bare = text[start:end].rstrip()
    return start + len(bare) - len(bare.lstrip()), start + len(bare)


def ink(text: str, start: int, end: int) -> Stretch | None:
    """The stretch from the first letter or digit of `text[start:end]` to the last, if any.

    >>> ink("(2019),", 0, 7)
    (1, 5)
    """
    while start < end and not text[start].isalnum():
        start += 1
    while start < end and not text[end - 1].isalnum():
        end -= 1
    return (start, end) if start < end else None


def _whole(text: str, start: int, end: int) -> Stretch:
    """The stretch, widened over every piece that it would leave as a fragment."""
    begin, stop = start, end
    for piece in PIECE.finditer(text, _clear(text, start)):
        if piece.start() >= end:
            break
        if piece.end() <= start:
            continue
        first, last = piece.span(piece.lastgroup or 0)
        fragment = first < end and start < last
        if piece.lastgroup == "date" and start <= first and last <= end:
            fragment = False  # a day and its month may well be what was asked for
        for whole in (piece,) if fragment else WORDS.finditer(text, *piece.span()):
            if whole.start() < end and start < whole.end():
                begin, stop = min(begin, whole.start()), max(stop, whole.end())
    return begin, stop


def _nearness(text: str, start: int) -> int:
    """Where the word begins that says how near a "before" or "after" at `start` is, if any."""
    near = _NEAR.search(text, max(0, start - _FURTHEST), start)
    return near.start() if near and _BESIDE.match(text, start) else start


def _clear(text: str, offset: int, reach: int = 128) -> int:
    """The last place up to `offset` that is surely within no piece, looked for nearby first."""
    floor = max(0, offset - reach)
    # A year that follows takes four characters more.
    found = [match.end() for match in CLEAR.finditer(text, floor, offset + 4)]
    near = max((end for end in found if end <= offset), default=0)
    return near if near or not floor else _clear(text, offset, 4 * reach)


def _paired(text: str, start: int, end: int) -> Stretch:
    """The stretch with the marks beside it that close, or open, what is half open in it."""
    unclosed: list[str] = []
    unopened: list[str] = []
    for match in _PAIR.finditer(text, start, end):
        mark = match.group()
        # A straight quote or a Markdown mark does not show its side: after a space it opens.
        opens = mark in _CLOSING or (mark not in _OPENING and text[match.start() - 1].isspace())
        if unclosed and unclosed[-1] == mark:
            unclosed.pop()
        elif opens:
            unclosed.append(_CLOSING.get(mark, mark))
        else:
            unopened.append(_OPENING.get(mark, mark))
    for mark in unopened:
        start -= len(mark) * text.endswith(mark, 0, start)
    for mark in reversed(unclosed):
        within = text.startswith((".", ",", "!", "?"), end)  # "so they say,"
        end += (within + len(mark)) * text.startswith(mark, end + within)
    return start, end
