"""The parts of the page that are text as HTML: what `qa.markup` has, and more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from qa.markup import Stretch, counted, escape, marked

__all__ = ["Stretch", "chooses", "counted", "escape", "marked", "percent", "table"]


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


def chooses(field: str, value: str, words: str) -> str:
    """A link to the questions of which only some are shown then: words are HTML.

    >>> chooses("cause", "wrong-span", "wrong span")
    '<a href="#questions" data-field="cause" data-value="wrong-span">wrong span</a>'
    """
    chosen = f'data-field="{escape(field)}" data-value="{escape(value)}"'
    return f'<a href="#questions" {chosen}>{words}</a>'


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
