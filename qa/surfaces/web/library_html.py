"""The library as HTML: which collection, what can be done with it, and where files are dropped."""

from __future__ import annotations

from qa.surfaces.web.collections import BUNDLED, Collection, Collections
from qa.surfaces.web.html import escape
from qa.surfaces.web.library_view import FIRST, LibraryView, chosen
from qa.surfaces.web.limits import Limits, size

SUFFIXES = ".txt,.md,.markdown,.html,.htm,.pdf,.docx,.jsonl"


def shelf(collections: Collections, view: LibraryView, number: int = 0) -> str:
    """The upper part of the tab: collections, what was done, and a place to drop files.

    `number` differs each time, which tells the script that a deed is done.
    """
    shown = chosen(collections, view)
    parts = [_bar(collections, shown, view), _said(view)]
    if shown is not None and shown.problem is not None:
        parts.append(f'<p class="qa-error" role="alert">{escape(shown.problem)}</p>')
    parts.append(_why(collections, shown))
    if collections.writable and (shown is None or _is_first(collections)):
        parts.append(drop_area(collections.limits, first=True))
    elif shown is not None and not shown.read_only and shown.problem is None:
        parts.append(drop_area(collections.limits, first=False, into=shown.id))
    heading = '<h1 class="qa-hidden">Library</h1>'
    return f'<div class="qa-library" data-drawn="{number}">{heading}{"".join(parts)}</div>'


def _is_first(collections: Collections) -> bool:
    return all(collection.read_only for collection in collections.all())


def _bar(collections: Collections, shown: Collection | None, view: LibraryView) -> str:
    options = "".join(
        f'<option value="{escape(one.id)}"{" selected" if one == shown else ""}>'
        f"{escape(one.name)} ({one.documents:,})</option>"
        for one in collections.all()
    )
    chooser = (
        '<label class="qa-chooser"><span>Collection</span>'
        f'<select data-do="choose" aria-label="Collection to show">{options}</select></label>'
        if options
        else ""
    )
    buttons = _button("new", "New collection") if collections.writable else ""
    if shown is not None and not shown.read_only:
        buttons += _button("rename", "Rename") if shown.problem is None else ""
        buttons += _button("remove", "Remove")
    form = ""
    if view.mode == "new" and collections.writable:
        form = name_form("create", "Name of the new collection", view.typed, "Create")
    elif view.mode == "rename" and shown is not None and not shown.read_only:
        form = name_form("renamed", "New name", view.typed or shown.name, "Save")
    elif view.mode == "remove" and shown is not None and not shown.read_only:
        count = "1 article" if shown.documents == 1 else f"{shown.documents:,} articles"
        form = confirmation(
            f"Remove “{escape(shown.name)}” with its {count}? This cannot be undone.", "removed"
        )
    return f'<div class="qa-library-bar">{chooser}<div>{buttons}</div></div>{form}'


def _said(view: LibraryView) -> str:
    if view.error and view.mode not in ("retitle", "drop"):  # those say it beside the article
        return f'<p class="qa-error" role="alert">{escape(view.error)}</p>'
    return f'<p class="qa-notice" role="status">{escape(view.notice)}</p>' if view.notice else ""


def _why(collections: Collections, shown: Collection | None) -> str:
    """Why nothing can be changed, where nothing can."""
    if not collections.writable:
        text = "This library is read-only here."
        text += (
            " Whoever started this server can change that: with a data folder, and on a server that"
            " others reach, with users and passwords (--auth-file)."
        )
    elif shown is not None and shown.id == BUNDLED:
        text = "These articles came along and cannot be changed."
        text += "" if _is_first(collections) else " Choose or make a collection of your own."
    else:
        return ""
    return f'<p class="qa-why-read-only">{text}</p>'


def drop_area(limits: Limits, *, first: bool, into: str = "") -> str:
    """Where files are dropped or chosen. Its script checks `data-most` before it sends anything.

    `into` is the collection that is shown, so that they go there even if another is chosen soon.
    """
    heading = "Bring your own articles" if first else "Add articles"
    where = f" They make a collection of your own, “{FIRST}”." if first else ""
    return (
        f'<div class="qa-drop" data-drop data-most="{limits.file_bytes}" data-into="{into}">'
        f'<h2 id="qa-drop-title">{heading}</h2>'
        f"<p>Drop files here, or choose them.{where}</p>"
        '<label class="qa-pill qa-solid qa-choose">Choose files'
        f'<input type="file" multiple accept="{SUFFIXES}" aria-labelledby="qa-drop-title" '
        'aria-describedby="qa-drop-limits"></label>'
        '<p class="qa-drop-limits" id="qa-drop-limits">Text, Markdown, HTML, PDF, Word (.docx) and '
        f"JSON lines. Up to {size(limits.file_bytes)} a file, {limits.files:,} files and "
        f"{size(limits.total_bytes)} in all. They stay on this machine.</p>"
        '<p class="qa-sending" role="status"></p></div>'
    )


def name_form(deed: str, label: str, value: str, button: str, doc_id: str = "") -> str:
    """A line to type a name on. `value` and `doc_id` are text."""
    return (
        f'<form class="qa-form" data-do="{deed}" data-doc="{escape(doc_id)}">'
        f'<label><span>{label}</span><input name="words" type="text" maxlength="300" required '
        f'autocomplete="off" value="{escape(value)}" data-focus></label>'
        f'<button type="submit" class="qa-pill qa-solid">{button}</button>'
        f"{_button('', 'Cancel')}</form>"
    )


def confirmation(question: str, deed: str, doc_id: str = "") -> str:
    """A question before something is lost. `question` is HTML."""
    return (
        f'<div class="qa-confirm" role="group" aria-label="Please confirm"><p>{question}</p>'
        f'<button type="button" class="qa-pill qa-danger" data-do="{deed}" '
        f'data-doc="{escape(doc_id)}">Remove</button>'
        '<button type="button" class="qa-pill" data-do="" data-focus>Keep</button></div>'
    )


def _button(deed: str, words: str) -> str:
    return f'<button type="button" class="qa-pill" data-do="{deed}">{words}</button>'
