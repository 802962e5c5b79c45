"""The Library tab: people's own articles. `library_html` and `library_table` draw it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa.errors import QAError
from qa.surfaces.web import library_work
from qa.surfaces.web.collections import Collections
from qa.surfaces.web.library_html import shelf
from qa.surfaces.web.library_table import table
from qa.surfaces.web.library_view import LibraryDeed, LibraryView, chosen, done

if TYPE_CHECKING:
    import gradio as gr

_SCRIPT = (Path(__file__).parent / "library.js").read_text(encoding="utf-8")
OPENING = '<p class="qa-nothing" role="status">One moment…</p>'
ADDERS = 2  # people whose files are read and encoded at the same time


def build_library(collections: Collections) -> gr.State:
    """Make the tab inside the current block.

    Gives a state whose value changes whenever this window changed a collection.
    """
    import gradio as gr
    from gradio.utils import get_upload_folder

    changes_made, drawn = count(1), count(1)

    def html(name: str, value: str = "") -> gr.HTML:
        return gr.HTML(value, js_on_load=_SCRIPT, elem_classes=name, apply_default_css=False)

    def shown(view: LibraryView) -> tuple[str, str]:
        return shelf(collections, view, next(drawn)), table(collections, view)

    def act(view: LibraryView, event: Any) -> tuple[Any, ...]:
        view = _settled(collections, view)
        after, changed = done(collections, view, LibraryDeed.of(event._data))
        version = next(changes_made) if changed else gr.skip()
        return after, *shown(after), "", version

    def add(view: LibraryView, event: Any) -> Iterator[tuple[Any, ...]]:
        folder = Path(get_upload_folder())
        uploads, unsent = library_work.received(event._data, folder, collections.limits.file_bytes)
        try:
            collection_id = library_work.target(collections, view)
        except QAError as error:
            yield view, library_work.result(error, unsent), gr.skip()
            return

        def adding(progress: Any) -> Any:
            try:
                return collections.add(collection_id, uploads, progress)
            finally:
                for upload in uploads:
                    upload.path.unlink(missing_ok=True)

        # From then on the window may look at something else.
        yield LibraryView(collection_id), library_work.bars({}, len(uploads)), gr.skip()
        for told in library_work.work(adding):
            if isinstance(told, dict):
                yield gr.skip(), library_work.bars(told, len(uploads)), gr.skip()
            else:
                yield gr.skip(), library_work.result(told, unsent), next(changes_made)

    view, version = gr.State(LibraryView()), gr.State(0)
    with gr.Column(elem_classes="qa-page"):
        top, said, below = html("qa-shelf", OPENING), html("qa-told"), html("qa-list")
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    act.__annotations__ = {"event": gr.EventData}
    add.__annotations__ = {"event": gr.EventData}
    outputs = [view, top, below, said, version]
    gr.on([top.click, below.click], act, [view], outputs, trigger_mode="multiple", **quiet)
    top.upload(
        add, [view], [view, said, version], concurrency_limit=ADDERS, trigger_mode="once", **quiet
    ).then(shown, [view], [top, below], **quiet)
    refreshed(shown, [view], [top, below])
    return version


def refreshed(function: Any, inputs: list[Any], outputs: list[Any]) -> None:
    """Have the tab that is being made drawn whenever it is chosen, and not before."""
    import gradio as gr
    from gradio.context import Context

    tab = Context.block
    if not isinstance(tab, gr.Tab):
        raise TypeError("this is made inside a gr.Tab")
    tab.select(function, inputs, outputs, show_progress="hidden", api_visibility="private")


def _settled(collections: Collections, view: LibraryView) -> LibraryView:
    """The view with the collection named that it shows by default."""
    shown = chosen(collections, view)
    if shown is None or shown.id == view.chosen:
        return view
    return LibraryView(shown.id, wanted=view.wanted)
