"""Passages found for a few words, as HTML: for looking around where nothing is answered."""

from __future__ import annotations

from qa.surfaces.web.conversation import WORKING
from qa.surfaces.web.html import escape
from qa.surfaces.web.panel import panel
from qa.surfaces.web.prose import is_markdown, prose
from qa.surfaces.web.turn import Place
from qa.surfaces.web.view import View


def search(view: View) -> str:
    """The passages that were found for `view.words`, each of which opens in its article."""
    form = (
        f'<form class="qa-find" data-do="search" data-turn="{view.turn}" role="search">'
        f'<input type="text" name="words" value="{escape(view.words)}" maxlength="2000"'
        ' aria-label="Words to search for" autocomplete="off">'
        '<button type="submit" class="qa-pill qa-solid">Search</button></form>'
    )
    if view.complaint:
        body = f'<p class="qa-error" role="alert">{escape(view.complaint)}</p>'
    elif view.is_waiting:
        body = WORKING
    elif view.places:
        found = "".join(_passage(place, number) for number, place in enumerate(view.places, 1))
        body = f'<ul class="qa-related">{found}</ul>'
    else:
        body = '<p class="qa-lead">No passage was found. Try other words.</p>'
    return panel("search", "Search the articles", form, body, view=view)


def _passage(place: Place, number: int) -> str:
    text = place.document.text[place.start : place.end]
    shown = prose(text, at=place.start, markdown=is_markdown(place.document.id))
    return (
        f'<li><p class="qa-facts"><cite>{escape(place.document.title)}</cite>'
        f"<span>{escape(place.document.date or 'undated')}</span></p>"
        f'<div class="qa-passage">{shown}</div>'
        f'<button type="button" class="qa-quiet" data-do="result" data-number="{number}">'
        "Read on in the article</button></li>"
    )
