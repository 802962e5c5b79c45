"""The source view as HTML: a whole document, with the cited passage and the answer marked in it."""

from __future__ import annotations

from urllib.parse import urlencode

from qa.surfaces.web.html import escape
from qa.surfaces.web.panel import panel
from qa.surfaces.web.prose import is_markdown, prose
from qa.surfaces.web.turn import Place, Turn
from qa.surfaces.web.view import View
from qa.types import Answer, Citation, Document

MARKING = (
    '<div class="qa-marking"><p>Select the right words in the text, then choose <b>These words</b>.'
    "</p><div>"
    '<button type="button" class="qa-pill qa-solid" data-do="marked" disabled>These words</button>'
    "{absent}</div></div>"
)
ABSENT = '<button type="button" class="qa-pill" data-do="absent">It isn’t in the articles</button>'


def source(view: View, turn: Turn | None) -> str:
    """The document of the place shown, its words marked, and ways to the other places."""
    place = view.place
    if place is None:
        return ""
    citation = place.citation
    quoted = (citation.answer_start, citation.answer_end) if citation else None
    answer = turn and turn.outcome
    marking = view.kind == "mark"
    above = [_facts(place)]
    if marking:
        # Where nothing was answered, that it isn't there is what the page has said.
        is_answered = isinstance(answer, Answer) and answer.text is not None
        above.append(MARKING.format(absent=ABSENT if is_answered else ""))
    if view.complaint:
        above.append(f'<p class="qa-error" role="alert">{escape(view.complaint)}</p>')
    if view.words:
        deed = "search" if view.check is None else "quotation"
        above.append(
            f'<button type="button" class="qa-quiet" data-do="{deed}" data-turn="{view.turn}"'
            f' data-words="{escape(view.words)}">← Back to the {deed}</button>'
        )
    link, tools = "", ""
    if not marking and not view.words and turn is not None and isinstance(answer, Answer):
        link = address(turn.collection, answer.resolved_question, view.number)
        tools = _tools(place, link)
    above.append(f'<div class="qa-handles">{_leafing(view)}{tools}</div>')
    return panel(
        view.kind,
        place.document.title,
        "".join(above),
        article(place.document, (place.start, place.end), quoted),
        link=link,
        view=view,
        chip=bool(link),
    )


def article(
    document: Document, soft: tuple[int, int] | None, strong: tuple[int, int] | None
) -> str:
    """The text of a document after its front matter; its characters carry their offsets."""
    text = prose(
        document.text[document.body_start :],
        at=document.body_start,
        markdown=is_markdown(document.id),
        soft=soft,
        strong=strong,
    )
    return f'<article class="qa-article">{text}</article>{_origins(document)}'


def address(collection: str, question: str, number: int) -> str:
    """The query that opens a question and one of its sources again.

    >>> address("bundled", "Who? What?", 2)
    '?question=Who%3F+What%3F&collection=bundled&source=2'
    """
    return "?" + urlencode({"question": question, "collection": collection, "source": number})


def citation_text(citation: Citation) -> str:
    """A citation in one line, for pasting: words, title, date, page, offsets, address."""
    parts = [citation.title, citation.date or "undated"]
    parts += [] if citation.page is None else [f"page {citation.page}"]
    parts.append(f"{citation.doc_id}, characters {citation.answer_start}–{citation.answer_end}")
    parts += [citation.url] if is_web(citation.url) and citation.url else []
    return f"“{citation.quote}” ({'; '.join(parts)})"


def is_web(url: str | None) -> bool:
    """Whether `url` may become a link: a browser runs what a `javascript:` link holds."""
    return url is not None and url.lower().startswith(("http://", "https://"))


def _facts(place: Place) -> str:
    document = place.document
    page = place.citation.page if place.citation else None
    facts = [escape(document.date or "undated"), *([] if page is None else [f"page {page}"])]
    if document.url and is_web(document.url):
        facts.append(
            f'<a href="{escape(document.url)}" target="_blank" rel="noopener noreferrer">'
            "Original page</a>"
        )
    facts.append(f"<code>{escape(document.id)}</code>")
    return f'<p class="qa-facts">{"".join(f"<span>{fact}</span>" for fact in facts)}</p>'


def _leafing(view: View) -> str:
    total = len(view.places)
    if total < 2:
        return ""
    before = "" if view.number > 1 else " disabled"
    after = "" if view.number < total else " disabled"
    return (
        '<nav class="qa-leafing" aria-label="Places">'
        f'<button type="button" class="qa-quiet" data-do="previous"{before}>← Previous</button>'
        f"<span>{view.number} of {total}</span>"
        f'<button type="button" class="qa-quiet" data-do="next"{after}>Next →</button></nav>'
    )


def _tools(place: Place, link: str) -> str:
    copy = ""
    if place.citation is not None:
        copy = (
            '<button type="button" class="qa-quiet" data-do="copy" '
            f'data-copy="{escape(citation_text(place.citation))}">Copy citation</button>'
        )
    return (
        f'<div class="qa-tools">{copy}<a class="qa-quiet" href="{escape(link)}" '
        'data-do="link">Copy link</a></div>'
    )


def _origins(document: Document) -> str:
    """Where the article's own facts come from, as its front matter says."""
    items = "".join(
        f"<li>{escape(source.title)}<span>{escape(source.publisher)}</span>"
        f"<span>{escape(source.date or source.date_note or 'undated')}</span></li>"
        for source in document.sources
    )
    if not items:
        return ""
    return f'<footer class="qa-origins"><h3>Where its facts come from</h3><ul>{items}</ul></footer>'
