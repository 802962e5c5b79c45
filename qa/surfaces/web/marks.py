"""How stretches of a Markdown block are drawn: marks are hidden, words are bold or linked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from qa.surfaces.web.blocks import BAR, BREAKS, ITEM, LINE, Block

_HASHES = re.compile(r"[ \t]*#{1,6}[ \t]+")
# Bold, italic, code, a link: opening mark, words, closing mark. Of bounded length, so that no
# line, however odd, takes long.
_INLINE = re.compile(
    r"(\*\*)(?=\S)(.{1,500}?)(?<=\S)(\*\*)"
    r"|(?<![\w*])(\*)(?=[^\s*])([^*\n]{1,500})(?<=[^\s*])(\*)(?![\w*])"
    r"|(`)([^`\n]{1,500})(`)"
    r"|(!?\[)([^][\n]{1,500})(\]\([^()\s]{0,500}\))"
)
_INLINE_NAMES = ("qa-bold", "qa-italic", "qa-code", "qa-linked")


@dataclass(frozen=True, slots=True)
class Style:
    """A stretch that is drawn in a style of its own: `name` is a class of the style sheet."""

    start: int
    end: int
    name: str


def styles(text: str, block: Block) -> Iterator[Style]:
    """How the stretches of a Markdown block are drawn, in order; they do not overlap.

    >>> from qa.surfaces.web.blocks import blocks
    >>> [heading] = blocks("## Expo", True)
    >>> [*styles("## Expo", heading)]
    [Style(start=0, end=3, name='qa-syntax')]
    """
    start = block.start
    if block.kind == "divider":
        yield Style(start, block.end, "qa-syntax")
    if block.kind in ("divider", "fenced"):
        return
    if block.kind == "heading" and (hashes := _HASHES.match(text, start, block.end)):
        yield Style(start, hashes.end(), "qa-syntax")
        start = hashes.end()
    elif block.kind == "item" and (mark := ITEM.match(text, start, block.end)) and mark[0]:
        yield Style(start, mark.end(), "qa-bullet")
        start = mark.end()
    for match in LINE.finditer(text, start, block.end):
        content = match.start() + len(match[0].rstrip(BREAKS))
        yield from _inline(text, match.start(), content)
        if content < match.end() < block.end:
            yield Style(content, match.end(), "qa-wrap")


def _inline(text: str, start: int, end: int) -> Iterator[Style]:
    for match in _INLINE.finditer(text, start, end):
        kind = next(number for number in range(4) if match[3 * number + 1])
        names = ("qa-syntax", _INLINE_NAMES[kind], "qa-syntax")
        for group, name in enumerate(names, 3 * kind + 1):
            yield Style(*match.span(group), name)


def cells(text: str, block: Block) -> Iterator[tuple[int, int, list[Style]]]:
    """The cells of a row: start, end and styles. Bars belong to the cell after them.

    >>> from qa.surfaces.web.blocks import blocks
    >>> row = "| 2019 | 530 |"
    >>> [(row[start:end]) for start, end, _ in cells(row, blocks(row, True)[0])]
    ['| 2019 ', '| 530 |']
    """
    bars = [match.span() for match in BAR.finditer(text, block.start, block.end)]
    if text[bars[-1][1] : block.end].strip():
        bars.append((block.end, block.end))  # a row without its last bar
    for number, ((bar, words), (following, _)) in enumerate(pairwise(bars)):
        start = block.start if number == 0 else bar
        end = block.end if number == len(bars) - 2 else following
        found = [Style(start, words, "qa-syntax"), *_inline(text, words, following)]
        if following < end:
            found.append(Style(following, end, "qa-syntax"))
        yield start, end, found
