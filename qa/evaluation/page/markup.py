"""Text as HTML. Questions and articles are hostile: they are shown as they are, and only shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

_REPLACEMENT = "\ufffd"
# A carriage return would be read as a newline; other control characters and lone surrogates have
# no place in a page at all.
_ENTITIES: dict[int, str] = {
    **dict.fromkeys([*range(0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000)], _REPLACEMENT),
    **{ord(character): f"&#{ord(character)};" for character in "&<>\"'\r"},
    **{ord(character): character for character in "\t\n"},
}

Stretch = tuple[int, int, str]
"""Where something starts and ends in a text, and the class of its mark."""


def escape(text: object) -> str:
    """`text` as HTML that shows exactly `text`, in an element or in a quoted attribute.

    >>> escape("<b>'&'</b>")
    '&#60;b&#62;&#39;&#38;&#39;&#60;/b&#62;'
    """
    return str(text).translate(_ENTITIES)


def marked(text: str, stretches: Iterable[Stretch]) -> str:
    """`text` with marks at these offsets, which may overlap; what lies outside of it is cut off.

    >>> marked("All 530 projects", [(4, 7, "given"), (4, 16, "gold")])
    'All <mark class="given gold">530</mark><mark class="gold"> projects</mark>'
    """
    size = len(text)
    inside = [(max(0, start), min(end, size), name) for start, end, name in stretches]
    inside = [(start, end, name) for start, end, name in inside if start < end]
    cuts = sorted({0, size, *(cut for start, end, _ in inside for cut in (start, end))})
    parts = []
    for here, there in pairwise(cuts):
        names = sorted({name for start, end, name in inside if start <= here and there <= end})
        words = escape(text[here:there])
        parts.append(f'<mark class="{" ".join(names)}">{words}</mark>' if names else words)
    return "".join(parts)


def percent(value: float | None) -> str:
    """Whole percent, and a dash where there was nothing to measure.

    All is not said of less than all, nor nothing of more than nothing.

    >>> percent(0.8333), percent(0.9999), percent(1.0), percent(0.0001), percent(None)
    ('83%', '>99%', '100%', '<1%', '–')
    """
    if value is None:
        return "–"
    if 0.995 <= value < 1:
        return ">99%"
    return "<1%" if 0 < value < 0.005 else f"{value:.0%}"


def counted(number: int, noun: str) -> str:
    """A number with its noun.

    >>> counted(1, "question"), counted(2000, "question")
    ('1 question', '2,000 questions')
    """
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def table(headings: Sequence[str], rows: Iterable[Sequence[str]], *, name: str = "") -> str:
    """A table that scrolls by itself where it is too wide. Cells are HTML, the first of each row
    a heading."""
    head = "".join(f'<th scope="col">{heading}</th>' for heading in headings)
    body = "".join(
        f'<tr><th scope="row">{row[0]}</th>{"".join(f"<td>{cell}</td>" for cell in row[1:])}</tr>'
        for row in rows
    )
    label = f' class="{name}"' if name else ""
    return (
        f'<div class="scroll" tabindex="0"><table{label}><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )
