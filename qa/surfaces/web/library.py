"""The Library tab: people's own articles. `library_html` and `library_table` draw it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa.surfaces.web import library_work
from qa.surfaces.web.collections import Collections
from qa.surfaces.web.library_html import shelf
from qa.surfaces.web.library_table import table
from qa.surfaces.web.library_view import LibraryDeed, LibraryView, chosen, done
from qa.surfaces.web.library_work import bars
from qa.surfaces.web.window import QUIET, Window

if TYPE_CHECKING:
    import gradio as gr

_SCRIPT = (Path(__file__).parent / "library.js").read_text(encoding="utf-8")
OPENING = '<p class="qa-nothing" role="status">One moment…</p>'
ADDERS = 2  # people whose files are read and encoded at the same time

Drawing = Iterator[list[Any]]


@dataclass(frozen=True, slots=True)
class Work:
    """Files that are being added, or were: what is said of it."""

    number: int
    html: str
    is_done: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Desk:
    """What a window shows of the library, and the files that it is adding or has just added."""

    view: LibraryView = LibraryView()  # noqa: RUF009 - it is frozen
    works: tuple[Work, ...] = ()

    def telling(self, work: Work) -> Desk:
        """The same with news of a work."""
        others = tuple(other for other in self.works if other.number < work.number)
        later = tuple(other for other in self.works if other.number > work.number)
        return replace(self, works=(*others, work, *later))


def build_library(collections: Collections) -> gr.State:
    """Make the tab inside the current block.

    Gives a state whose value changes whenever this window changed a collection.
    """
    import gradio as gr
    from gradio.utils import get_upload_folder

    changes_made, drawings, works = count(1), count(1), count(1)

    def html(name: str, value: str = "") -> gr.HTML:
        return gr.HTML(value, js_on_load=_SCRIPT, elem_classes=name, apply_default_css=False)

    def draw(desk: Desk) -> list[Any]:
        upper = shelf(collections, desk.view, next(drawings))
        return [upper, table(collections, desk.view), *draw_work(desk)[2:]]

    def draw_work(desk: Desk) -> list[Any]:
        return [gr.skip(), gr.skip(), "".join(work.html for work in desk.works), gr.skip()]

    def changed() -> list[Any]:
        return [*[gr.skip()] * 3, next(changes_made)]

    def redraw(now: Window[Desk]) -> Drawing:
        now.change(replace)
        yield from now.drawn(draw)

    def act(now: Window[Desk], event: Any) -> Drawing:
        deed = LibraryDeed.of(event._data)
        has_changed = []

        def acted(desk: Desk) -> Desk:
            view, change = done(collections, _settled(collections, desk.view), deed)
            has_changed.append(change)
            return Desk(view, tuple(work for work in desk.works if not work.is_done))

        now.change(acted)
        yield from now.drawn(draw)
        if any(has_changed):
            yield changed()

    def add(now: Window[Desk], event: Any) -> Drawing:
        folder = Path(get_upload_folder())
        uploads, unsent = library_work.received(event._data, folder, collections.limits.file_bytes)
        number, shown = next(works), LibraryView(LibraryDeed.of(event._data).words)

        def adding(progress: Any) -> Any:
            try:
                into = library_work.target(collections, shown)
                # From then on the window may look at something else.
                now.change(lambda desk: Desk(LibraryView(into), desk.works))
                return collections.add(into, uploads, progress)
            finally:
                for upload in uploads:
                    upload.path.unlink(missing_ok=True)

        for told in library_work.work(adding):
            if isinstance(told, dict):
                work = Work(number, bars(told, len(uploads)))
            else:
                work = Work(number, library_work.result(told, unsent), is_done=True)
            now.change(partial(Desk.telling, work=work))
            yield from now.drawn(draw_work)
        yield from now.drawn(draw)
        yield changed()

    window, version = gr.State(Window(Desk())), gr.State(0)
    with gr.Column(elem_classes="qa-page"):
        top, said, below = html("qa-shelf", OPENING), html("qa-told"), html("qa-list")
    act.__annotations__ = {"event": gr.EventData}
    add.__annotations__ = {"event": gr.EventData}
    outputs = [top, below, said, version]
    gr.on([top.click, below.click], act, window, outputs, **QUIET)
    top.upload(add, window, outputs, concurrency_limit=ADDERS, **QUIET)
    refreshed(redraw, window, outputs)
    return version


def refreshed(function: Any, inputs: Any, outputs: list[Any]) -> None:
    """Have the tab that is being made drawn whenever it is chosen, and not before."""
    import gradio as gr
    from gradio.context import Context

    tab = Context.block
    if not isinstance(tab, gr.Tab):
        raise TypeError("this is made inside a gr.Tab")
    tab.select(function, inputs, outputs, **QUIET)


def _settled(collections: Collections, view: LibraryView) -> LibraryView:
    """The view with the collection named that it shows by default."""
    shown = chosen(collections, view)
    if shown is None or shown.id == view.chosen:
        return view
    return LibraryView(shown.id, wanted=view.wanted)
