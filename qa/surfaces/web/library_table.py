"""The documents of a collection as HTML: a table, one opened, one being renamed or removed."""

from __future__ import annotations

from datetime import datetime

from qa.errors import QAError
from qa.surfaces.web.collection_rows import READY, DocumentRow
from qa.surfaces.web.collections import Collection, Collections
from qa.surfaces.web.html import escape
from qa.surfaces.web.library_html import confirmation, name_form
from qa.surfaces.web.library_view import LibraryView, chosen, told
from qa.surfaces.web.source import article

SHOWN = 200  # rows; of more the ones that are searched for
NONE = "–"
SEARCHED = 10  # rows from which on there is a search


def table(collections: Collections, view: LibraryView) -> str:
    """The documents of the collection that is chosen, or the one that is opened."""
    shown = chosen(collections, view)
    if shown is None or shown.problem is not None:
        return ""
    try:
        rows = collections.documents(shown.id)
        if view.mode == "read":
            return _opened(collections, shown, view, rows)
    except QAError as error:
        return f'<p class="qa-error" role="alert">{escape(told(error))}</p>'
    if not rows:
        return _empty(shown)
    wanted = view.wanted.casefold()
    found = [row for row in rows if wanted in f"{row.title}\n{row.doc_id}".casefold()]
    dated = any(row.added for row in rows)  # of the bundled ones nobody knows
    listed = "".join(_row(row, shown, view, dated) for row in found[:SHOWN])
    count = "1 article" if len(rows) == 1 else f"{len(rows):,} articles"
    if view.wanted:
        count = f"{len(found):,} of {count}"
    if len(found) > SHOWN:
        count += f", the first {SHOWN} are listed"
    names = ["Article", "Date", "Passages", *(["Added"] if dated else []), "Status"]
    head = "".join(f'<th scope="col">{name}</th>' for name in names)
    if not shown.read_only:
        head += '<th scope="col"><span class="qa-hidden">Change</span></th>'
    return (
        f'<section class="qa-documents" aria-label="Articles"><div class="qa-documents-top">'
        f'<p role="status">{count}</p>{_search(view, len(rows))}</div>'
        f"<table><thead><tr>{head}</tr></thead><tbody>{listed}</tbody></table></section>"
    )


def _empty(shown: Collection) -> str:
    what = "It holds no articles." if shown.read_only else "There is nothing here yet."
    how = "" if shown.read_only else " Drop in the files that you want to ask, and then ask them."
    return f'<p class="qa-nothing">{what}{how}</p>'


def _search(view: LibraryView, rows: int) -> str:
    if rows < SEARCHED and not view.wanted:
        return ""
    return (
        '<form class="qa-form qa-find" data-do="find" role="search"><label>'
        '<span class="qa-hidden">Find an article</span><input type="search" name="words" '
        f'autocomplete="off" placeholder="Find an article" value="{escape(view.wanted)}"></label>'
        '<button type="submit" class="qa-pill">Find</button></form>'
    )


def _row(row: DocumentRow, shown: Collection, view: LibraryView, dated: bool) -> str:
    doc_id = escape(row.doc_id)
    title = escape(row.title)
    ready = row.status == READY
    opened = f'<span class="qa-title">{title}</span>'
    if ready:
        button = f'<button type="button" class="qa-title" data-do="read" data-doc="{doc_id}">'
        opened = f"{button}{title}</button>"
    name = f"<code>{doc_id}</code>" if row.doc_id != row.title else ""
    status = "Ready" if ready else f"<b>Cannot be asked</b> {escape(row.status)}"
    unit = "passage" if row.passages == 1 else "passages"
    cells = (
        f'<th scope="row">{opened}{name}</th>'
        f'<td class="qa-date">{escape(row.date or NONE)}</td>'
        f'<td>{row.passages:,}<span class="qa-unit"> {unit}</span></td>'
        + (f"<td>{_time(row.added)}</td>" if dated else "")
        + f'<td class="{"qa-ready" if ready else "qa-failed"}">{status}</td>'
    )
    if shown.read_only:
        return f"<tr>{cells}</tr>"
    changing = "".join(
        f'<button type="button" class="qa-quiet" data-do="{deed}" data-doc="{doc_id}" '
        f'aria-label="{words}: {title}">{words}</button>'
        for deed, words in (("retitle", "Rename"), ("drop", "Remove"))
        if ready or deed == "drop"
    )
    form = _form(row, view) if view.doc_id == row.doc_id else ""
    below = f'<tr class="qa-open"><td colspan="6">{form}</td></tr>' if form else ""
    return f'<tr>{cells}<td class="qa-change">{changing}</td></tr>{below}'


def _form(row: DocumentRow, view: LibraryView) -> str:
    error = f'<p class="qa-error" role="alert">{escape(view.error)}</p>' if view.error else ""
    if view.mode == "retitle":
        return error + name_form(
            "retitled", "New title", view.typed or row.title, "Save", row.doc_id
        )
    if view.mode == "drop":
        question = f"Remove “{escape(row.title)}” from here? Your own file stays as it is."
        return error + confirmation(question, "dropped", row.doc_id)
    return ""


def _opened(
    collections: Collections, shown: Collection, view: LibraryView, rows: list[DocumentRow]
) -> str:
    document = collections.bot(shown.id).documents.get(view.doc_id)
    back = '<button type="button" class="qa-quiet" data-do="" data-focus>← All articles</button>'
    if document is None:
        gone = '<p class="qa-error" role="alert">This article is gone.</p>'
        return f'<section class="qa-opened">{back}{gone}</section>'
    row = next((row for row in rows if row.doc_id == document.id), None)
    facts = [escape(document.date or "undated"), f"<code>{escape(document.id)}</code>"]
    if row is not None:
        facts.append("1 passage" if row.passages == 1 else f"{row.passages:,} passages")
    return (
        f'<section class="qa-opened" aria-labelledby="qa-opened-title">{back}'
        f'<h2 id="qa-opened-title">{escape(document.title)}</h2>'
        f'<p class="qa-facts">{"".join(f"<span>{fact}</span>" for fact in facts)}</p>'
        f"{article(document, None, None)}</section>"
    )


def _time(added: str | None) -> str:
    if added is None:
        return NONE
    try:
        when = datetime.strptime(added, "%Y-%m-%dT%H:%M:%SZ")
    except ValueError:
        return escape(added)
    return f'<time datetime="{escape(added)}">{when.day} {when:%b %Y}</time>'
