"""Sources as numbered chips: title, date and page, and what opens them."""

from __future__ import annotations

from collections.abc import Sequence

from qa.surfaces.web.html import escape
from qa.surfaces.web.turn import Place


def chips(spots: Sequence[Place], turn: int, *, first: int) -> str:
    """Numbered buttons, one a place, that open it in the source view."""
    items = "".join(
        f"<li>{_chip(place, turn, number)}</li>" for number, place in enumerate(spots, first)
    )
    return f'<ol class="qa-chips" aria-label="Sources">{items}</ol>'


def facts(place: Place) -> str:
    """Title, date and page, for people."""
    page = place.citation.page if place.citation else None
    return (
        f"<cite>{escape(place.document.title)}</cite>"
        f"<span>{escape(place.document.date or 'undated')}</span>"
        + ("" if page is None else f"<span>page {page}</span>")
    )


def _chip(place: Place, turn: int, number: int) -> str:
    return (
        f'<button type="button" class="qa-chip" data-do="source" data-turn="{turn}"'
        f' data-number="{number}"><b>{number}</b><span>{facts(place)}</span></button>'
    )
