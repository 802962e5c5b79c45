"""The units a text is made of: headings, sentences, list items, table rows, lines of code.

Works on plain characters, so that every format that ends up as text (Markdown, a web page, a
PDF's lines) is laid out by one set of rules. Units hold every character that is not white space.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from qa.sentences import sentence_spans

Kind = Literal["heading", "sentence", "line"]

_LINE = re.compile(r"([^\n\r\f\v\x85\u2028\u2029]*)(\r\n|[\n\r\f\v\x85\u2028\u2029]|\Z)")
_ATX = re.compile(r"(#{1,6})[ \t]+\S")
_UNDERLINE = re.compile(r"(=|-)\1{2,}$")
_FENCE = re.compile(r"```[^`]*$|~~~")
_ITEM = re.compile(r"(?:[-*+\u2022\u00b7]|\(?\d{1,3}[.)])[ \t]+\S")
_ROW = re.compile(r"\||.*\S \| \S|[^\t]+\t+[^\t]+\t+[^\t]")
_TERMINAL = re.compile(r"[.!?:;\u2026。！？：；][\"'\u2019\u201d)\]]*$")
# A line at least this long that stops without a full stop was probably wrapped by an editor.
_WRAPPED = 60
_PLAIN_HEADING_LEVEL = 7


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch that passages are packed from; `level` is 1 to 7 for headings, else 0."""

    kind: Kind
    start: int
    end: int
    level: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its break and outer white space; empty when `start == end`."""

    start: int
    end: int


def lines(text: str, start: int = 0, end: int | None = None) -> list[Line]:
    """The lines of `text[start:end]`, blank ones too, as offsets into `text`.

    >>> lines("a\\r\\n  b ")
    [Line(start=0, end=1), Line(start=5, end=6)]
    """
    end = len(text) if end is None else end
    found = []
    position = start
    while position < end:
        match = _LINE.match(text, position, end)
        if match is None or match.end() == position:
            break
        first, last = match.span(1)
        while first < last and text[first].isspace():
            first += 1
        while last > first and text[last - 1].isspace():
            last -= 1
        found.append(Line(first, last))
        position = match.end()
    return found


def units(text: str, start: int = 0, end: int | None = None) -> list[Unit]:
    """The units of `text[start:end]`, in order.

    >>> [(u.kind, u.level) for u in units("# Expo\\n\\nRobots danced. Crowds came.\\n- one")]
    [('heading', 1), ('sentence', 0), ('sentence', 0), ('sentence', 0)]
    """
    found: list[Unit] = []
    every = lines(text, start, end)
    while every and every[-1].start == every[-1].end:
        every.pop()
    fenced = False
    index = 0
    while index < len(every):
        line = every[index]
        if line.start == line.end:
            index += 1
            continue
        content = text[line.start : line.end]
        if _FENCE.match(content):
            fenced = not fenced
            found.append(Unit("line", line.start, line.end))
        elif fenced or _ROW.match(content):
            found.append(Unit("line", line.start, line.end))
        elif atx := _ATX.match(content):
            found.append(Unit("heading", line.start, line.end, len(atx.group(1))))
        elif _is_underlined(text, every, index):
            level = 1 if text[every[index + 1].start] == "=" else 2
            found.append(Unit("heading", line.start, every[index + 1].end, level))
            index += 1
        elif _is_plain_heading(text, every, index):
            found.append(Unit("heading", line.start, line.end, _PLAIN_HEADING_LEVEL))
        else:
            index, stop = _paragraph_end(text, every, index)
            spans = sentence_spans(text, line.start, stop)
            found.extend(Unit("sentence", first, last) for first, last in spans)
        index += 1
    return found


def is_structure(line: str) -> bool:
    """Whether a line, without outer white space, is by its marks a heading or a row of a table.

    >>> is_structure("## Robots"), is_structure("Robot | 160"), is_structure("Robots danced.")
    (True, True, False)
    """
    return bool(_ATX.match(line) or _ROW.match(line))


def _paragraph_end(text: str, every: list[Line], index: int) -> tuple[int, int]:
    """The index of the paragraph's last line and the offset at which it ends."""
    while True:
        following = index + 1
        blank = following < len(every) and every[following].start == every[following].end
        if blank:
            following += 1
        if following >= len(every) or every[following].start == every[following].end:
            break
        here, there = every[index], every[following]
        content = text[there.start : there.end]
        if _starts_block(content) or _is_underlined(text, every, following):
            break
        if not blank and _is_plain_heading(text, every, following):
            break
        length = here.end - here.start
        ended = bool(_TERMINAL.search(text, max(here.start, here.end - 6), here.end))
        continues = content[0].islower()
        if blank and (ended or not continues or length < _WRAPPED // 2):
            break
        if not blank and not continues and length < _WRAPPED:
            break
        index = following
    return index, every[index].end


def _starts_block(content: str) -> bool:
    return any(pattern.match(content) for pattern in (_ATX, _ITEM, _ROW, _FENCE))


def _is_underlined(text: str, every: list[Line], index: int) -> bool:
    if index + 1 >= len(every) or _starts_block(text[every[index].start : every[index].end]):
        return False
    below = every[index + 1]
    return bool(_UNDERLINE.match(text, below.start, below.end)) and below.end - below.start >= 3


def _is_plain_heading(text: str, every: list[Line], index: int) -> bool:
    """A short line without a full stop and with something below it: "Smart China Expo 2018"."""
    line = every[index]
    content = text[line.start : line.end]
    words = content.split()
    if len(content) > 100 or len(words) > 12 or _ITEM.match(content):
        return False
    first, last = content[0], content[-1]
    if not (
        first.isalnum() and not first.islower() and (last.isalnum() or last in "\u2019\u201d\"'%")
    ):
        return False
    if index + 1 >= len(every):
        return False
    above_blank = index == 0 or every[index - 1].start == every[index - 1].end
    below = every[index + 1]
    below_blank = below.start == below.end
    if above_blank and below_blank:
        # Unless it is the beginning of a sentence that a page's end has broken.
        return len(content) < _WRAPPED // 2 or not text[every[index + 2].start].islower()
    # Formats without blank lines: a short line after a finished sentence and above a long one.
    above = every[index - 1]
    finished = above_blank or bool(_TERMINAL.search(text, above.start, above.end))
    return finished and len(words) <= 8 and below.end - below.start >= 2 * len(content) + 40
