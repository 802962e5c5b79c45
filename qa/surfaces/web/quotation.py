"""Whether a passage stands in the articles, as HTML: where, or what is different in the nearest."""

from __future__ import annotations

from collections.abc import Sequence

from qa.nearest import Difference
from qa.quote import MAX_QUOTE, QuoteCheck
from qa.surfaces.web.chips import facts
from qa.surfaces.web.conversation import WORKING
from qa.surfaces.web.html import escape
from qa.surfaces.web.panel import panel
from qa.surfaces.web.prose import is_markdown, prose
from qa.surfaces.web.turn import Place
from qa.surfaces.web.view import View
from qa.surfaces.wording import difference, quotation

EXPLAINED = (
    '<p class="qa-lead">Is this passage in the articles, word for word? White space, quotation '
    "marks, dashes and case may differ, a figure never.</p>"
)


def quoting(view: View) -> str:
    """A passage to check, and what was found of it."""
    form = (
        '<form class="qa-find qa-checking" data-do="quotation">'
        f'<textarea name="words" rows="3" maxlength="{MAX_QUOTE}" aria-label="Passage to check"'
        f' placeholder="Paste a quotation" autocomplete="off">{escape(view.words)}</textarea>'
        '<button type="submit" class="qa-pill qa-solid">Check</button></form>'
    )
    if view.complaint:
        body = f'<p class="qa-error" role="alert">{escape(view.complaint)}</p>'
    elif view.is_waiting:
        body = WORKING
    elif view.check is not None:
        body = _checked(view.check, view.places)
    else:
        body = EXPLAINED
    return panel("quotation", "Check a quotation", form, body, view=view)


def _checked(check: QuoteCheck, places: Sequence[Place]) -> str:
    kind = "qa-found-it" if check.found else "qa-not-found"
    listed = "".join(
        _place(place, number, found.differences)
        for number, (place, found) in enumerate(zip(places, check.places, strict=True), 1)
    )
    more = check.count - len(places)
    rest = f'<p class="qa-lead">and {more:,} more</p>' if check.found and more > 0 else ""
    return (
        f'<p class="qa-checked {kind}" role="status">{escape(quotation(check))}</p>'
        f'<ul class="qa-related">{listed}</ul>{rest}'
    )


def _place(place: Place, number: int, differences: Sequence[Difference]) -> str:
    citation = place.citation
    words = (citation.answer_start, citation.answer_end) if citation else None
    text = place.document.text[place.start : place.end]
    shown = prose(text, at=place.start, markdown=is_markdown(place.document.id), strong=words)
    parted = "".join(f"<li>{escape(difference(one))}</li>" for one in differences)
    return (
        f'<li><p class="qa-facts">{facts(place)}</p><div class="qa-passage">{shown}</div>'
        + (f'<ul class="qa-differences">{parted}</ul>' if parted else "")
        + f'<button type="button" class="qa-quiet" data-do="result" data-number="{number}">'
        "Read on in the article</button></li>"
    )
