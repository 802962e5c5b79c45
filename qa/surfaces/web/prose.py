"""A stretch of a document as HTML whose text is exactly that stretch, character by character.

Marks of Markdown (`## `, `- `, `**`, `|`) are wrapped and never removed, and headings, items and
tables are drawn around the text, so that offsets stay what they are: every piece of text stands
alone in an element whose `data-at` is the offset of its first character.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from qa.surfaces.web.blocks import Block, blocks
from qa.surfaces.web.html import escape
from qa.surfaces.web.marks import Style, cells, styles

Range = tuple[int, int]

_OPENING = {"strong": "<mark>", "soft": '<span class="qa-soft">', "": ""}
_CLOSING = {"strong": "</mark>", "soft": "</span>", "": ""}


def prose(
    text: str,
    *,
    at: int = 0,
    markdown: bool = False,
    soft: Range | None = None,
    strong: Range | None = None,
) -> str:
    """`text`, whose first character has the offset `at`, with `soft` and `strong` marked.

    Both are half-open ranges in the same offsets as `at`, and may reach beyond the text.

    >>> prose("530 signed", strong=(0, 3))[21:]
    '<mark><span data-at="0">530</span></mark><span data-at="3"> signed</span></div>'
    """
    return "".join(_drawn(_Painter(text, at, soft, strong), blocks(text, markdown), markdown))


def is_markdown(doc_id: str) -> bool:
    """Whether the text of a document with this id is Markdown."""
    return doc_id.lower().endswith((".md", ".markdown"))


@dataclass(frozen=True, slots=True)
class _Painter:
    """Writes stretches of `text`, each piece in the mark that it lies in."""

    text: str
    at: int
    soft: Range | None
    strong: Range | None

    def paint(self, start: int, end: int, drawn: Iterable[Style] = ()) -> str:
        """The characters `start`..`end`; `drawn` are in order and do not overlap."""
        painted, now = [], ""
        for piece in self._pieces(start, end, drawn):
            mark = self._mark(piece.start)
            if mark != now:
                painted += [_CLOSING[now], _OPENING[mark]]
                now = mark
            name = f' class="{piece.name}"' if piece.name else ""
            shown = escape(self.text[piece.start : piece.end])
            painted.append(f'<span data-at="{self.at + piece.start}"{name}>{shown}</span>')
        return "".join([*painted, _CLOSING[now]])

    def _mark(self, offset: int) -> str:
        for name, marked in (("strong", self.strong), ("soft", self.soft)):
            if marked is not None and marked[0] <= self.at + offset < marked[1]:
                return name
        return ""

    def _pieces(self, start: int, end: int, drawn: Iterable[Style]) -> Iterator[Style]:
        for style in drawn:
            yield from self._cut(start, style.start, "")
            yield from self._cut(style.start, style.end, style.name)
            start = style.end
        yield from self._cut(start, end, "")

    def _cut(self, start: int, end: int, name: str) -> Iterator[Style]:
        """One piece, cut where a mark begins or ends."""
        edges = [edge - self.at for marked in (self.soft, self.strong) if marked for edge in marked]
        bounds = [start, *sorted({edge for edge in edges if start < edge < end}), end]
        for first, last in pairwise(bounds):
            if first < last:
                yield Style(first, last, name)


def _drawn(painter: _Painter, found: Iterable[Block], markdown: bool) -> Iterator[str]:
    table = False
    for block in found:
        if block.in_table != table:
            table = block.in_table
            yield '<div class="qa-table" role="table">' if table else "</div>"
        yield _row(painter, block) if block.kind == "row" else _block(painter, block, markdown)
    if table:
        yield "</div>"


def _block(painter: _Painter, block: Block, markdown: bool) -> str:
    role = ""
    if block.kind == "heading":
        role = f' role="heading" aria-level="{min(block.level + 2, 6)}"'
    elif block.kind == "divider":
        role = ' aria-hidden="true"'
    drawn = styles(painter.text, block) if markdown else ()
    painted = painter.paint(block.start, block.end, drawn)
    return f'<div class="qa-{block.kind}"{role}>{painted}</div>'


def _row(painter: _Painter, block: Block) -> str:
    painted = [painter.paint(start, end, drawn) for start, end, drawn in cells(painter.text, block)]
    inside = "".join(f'<span class="qa-cell" role="cell">{cell}</span>' for cell in painted)
    return f'<div class="qa-row" role="row">{inside}</div>'
