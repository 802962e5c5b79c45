"""What the lines of a document are, so that they can be drawn: headings, items, rows, paragraphs.

Blocks hold every character of the text, breaks and marks included.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from qa.layout import units

Kind = Literal["heading", "item", "row", "divider", "fenced", "line", "blank", "page"]

BREAKS = "\n\r\f\v\x85\u2028\u2029"
LINE = re.compile(rf"[^{BREAKS}]*(?:\r\n|[{BREAKS}]|\Z)")
ITEM = re.compile(r"[ \t]*(?:[-*+][ \t]+(?=\S)|(?=\d{1,3}[.)][ \t]+\S))")
_FENCE = re.compile(r"[ \t]*(?:```|~~~)")
BAR = re.compile(r"(?<!\\)\|[ \t]*")


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that are drawn as one. `level` is that of a heading, from 1."""

    kind: Kind
    start: int
    end: int
    level: int = 0
    in_table: bool = False


def blocks(text: str, markdown: bool) -> list[Block]:
    """The blocks of `text`, in order and without gaps.

    >>> [block.kind for block in blocks("# Expo\\n\\nRobots\\ndanced.\\n- one", True)]
    ['heading', 'blank', 'line', 'item']
    """
    found: list[Block] = []
    for block in _marked_lines(text) if markdown else _plain_lines(text):
        last = found[-1] if found else None
        if markdown and last and block.kind == last.kind == "line":
            found[-1] = replace(last, end=block.end)  # a paragraph that an editor has wrapped
        elif block.kind == "row" or (last and last.in_table and block.kind == "divider"):
            found.append(replace(block, in_table=True))
        else:
            found.append(block)
    return found


def _marked_lines(text: str) -> Iterator[Block]:
    headings = {unit.start: unit for unit in units(text) if 0 < unit.level < 7}
    fenced = False
    below = 0  # the end of a heading that is underlined
    for match in LINE.finditer(text):
        start, end = match.span()
        line = match[0].rstrip(BREAKS)
        heading = headings.get(start + len(line) - len(line.lstrip()))
        if start == end:
            continue
        fence = _FENCE.match(line) is not None
        if fence or fenced:
            fenced = fenced != fence
            yield Block("fenced", start, end)
        elif start < below or _is_divider(line):
            yield Block("divider", start, end)
        elif not line.strip():
            yield Block("blank", start, end)
        elif heading:
            below = heading.end
            yield Block("heading", start, end, heading.level)
        elif line.lstrip().startswith("|") and len(BAR.findall(line)) > 1:
            yield Block("row", start, end)
        else:
            yield Block("item" if ITEM.match(line) else "line", start, end)


def _plain_lines(text: str) -> Iterator[Block]:
    headings = {unit.start: unit for unit in units(text) if unit.kind == "heading"}
    for match in LINE.finditer(text):
        start, end = match.span()
        line = match[0].rstrip(BREAKS)
        heading = headings.get(start + len(line) - len(line.lstrip()))
        if start == end:
            continue
        if not line.strip():
            yield Block("page" if "\f" in match[0] else "blank", start, end)
        elif heading:
            yield Block("heading", start, end, min(heading.level, 2))
        else:
            yield Block("line", start, end)


def _is_divider(line: str) -> bool:
    return "---" in line and not line.strip(" \t:|-")
