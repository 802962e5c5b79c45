"""What the page says before anything is asked, and where there are no articles."""

from __future__ import annotations

from collections.abc import Sequence

from qa.surfaces.web.collections import BUNDLED, Collection
from qa.surfaces.web.html import escape

OPENED = (
    '<div class="qa-welcome"><div class="qa-working"><p role="status">Opening your '
    'conversation…</p><div aria-hidden="true"><i></i><i></i><i></i></div></div></div>'
)


def welcome(
    title: str,
    collection: Collection | None,
    examples: Sequence[str],
    *,
    writable: bool,
    is_ready: bool = True,
) -> str:
    """What this is and what to ask; or how to bring articles, where there are none."""
    if collection is None or collection.documents == 0:
        return _empty(title, collection, writable)
    count = "1 article" if collection.documents == 1 else f"{collection.documents:,} articles"
    state = "" if is_ready else " disabled"
    buttons = "".join(
        f'<li><button type="button" class="qa-pill"{state} data-do="example" '
        f'data-number="{number}">{escape(example)}</button></li>'
        for number, example in enumerate(examples)
        if collection.id == BUNDLED
    )
    return (
        f'<div class="qa-welcome"><h2>{escape(title)}</h2>'
        f"<p>Ask about the {count} here. Answers are in the articles’ own words, marked where they "
        f"stand. Where the articles do not say, neither does {escape(title)}.</p>"
        + (f'<ul class="qa-examples" aria-label="Examples">{buttons}</ul>' if buttons else "")
        + f'<p class="qa-or"><button type="button" class="qa-quiet"{state} data-do="quotation">'
        "or check a quotation</button></p></div>"
    )


def _empty(title: str, collection: Collection | None, writable: bool) -> str:
    what = "There are no articles yet." if collection is None else "This collection is still empty."
    if collection is not None and collection.problem:
        what = f"This collection cannot be asked: {escape(collection.problem)}."
    how = (
        "Open <b>Library</b> and drop in the files that you want to ask: text, Markdown, "
        "web pages, PDF, Word or JSON lines."
        if writable
        else "Whoever runs this server can add some."
    )
    return f'<div class="qa-welcome"><h2>{escape(title)}</h2><p>{what} {how}</p></div>'


def chooser(collections: Sequence[Collection], chosen: str) -> str:
    """Which collection is asked; nothing where there is no choice."""
    if len(collections) < 2:
        return ""
    options = "".join(
        f'<option value="{escape(one.id)}"{" selected" if one.id == chosen else ""}>'
        f"{escape(one.name)} ({one.documents:,})</option>"
        for one in collections
    )
    return (
        '<label class="qa-chooser"><span>Asking</span>'
        f'<select data-do="choose" aria-label="Collection to ask">{options}</select></label>'
    )
