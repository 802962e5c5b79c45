"""The Ask tab: its parts and its events. What they do is in `doing`, what they show in `screen`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from qa.errors import QAError
from qa.surfaces.web.chat import Chat
from qa.surfaces.web.deed import Deed
from qa.surfaces.web.doing import done, looked
from qa.surfaces.web.html import escape
from qa.surfaces.web.library_view import told
from qa.surfaces.web.opening import Opening, first_of
from qa.surfaces.web.screen import COMPOSER, Screen
from qa.surfaces.web.seen import Seen
from qa.surfaces.web.talk import Talk
from qa.surfaces.web.view import View
from qa.surfaces.web.window import QUIET, Window

if TYPE_CHECKING:
    import gradio as gr

HERE = Path(__file__).parent
ANSWERS, PANELS = 32, 8  # events that run at the same time; the gate of the chat is narrower
MEMORY = "footnote-conversation"  # the name under which the browser keeps the questions

Function = TypeVar("Function", bound=Callable[..., Any])
Drawing = Iterator[list[Any]]


def build_asking(page: gr.Blocks, chat: Chat, screen: Screen) -> Callable[[gr.State], None]:
    """Make the tab inside the current block of `page`.

    Gives a function to call with a state, at whose changes the choice of collection is renewed.
    """
    import gradio as gr

    def html(value: str, script: str, name: str) -> gr.HTML:
        javascript = "".join((HERE / one).read_text("utf-8") for one in ("line.js", script))
        return gr.HTML(value, js_on_load=javascript, elem_classes=name, apply_default_css=False)

    start = Seen(Talk(first_of(chat)))
    window = gr.State(Window(start))
    memory = gr.BrowserState([], storage_key=MEMORY, secret=MEMORY)
    with gr.Row(elem_classes="qa-ask"):
        with gr.Column(elem_classes="qa-left"):
            shown = html(screen.conversation(start, is_ready=False), "chat.js", "qa-shown")
            with gr.Column(elem_classes="qa-below"):
                choice = html("", "chooser.js", "qa-choice")
                composer = html(COMPOSER, "composer.js", "qa-composer")
        panel = html("", "panel.js", "qa-right")
    courier = html("", "courier.js", "qa-courier")
    ack = html("", "ack.js", "qa-courier")
    everything = [shown, panel, choice, memory]
    seeking = {"search": chat.search, "quotation": chat.check}

    def draw(seen: Seen) -> list[Any]:
        remembered = gr.skip() if seen.is_opening else seen.talk.to_remember()
        return [
            screen.conversation(seen),
            screen.panel(seen.talk, seen.view),
            screen.chooser(seen.talk),
            remembered,
        ]

    def draw_panel(seen: Seen) -> list[Any]:
        return [screen.panel(seen.talk, seen.view)]

    def taken(deed: Deed, drawing: Drawing) -> Drawing:
        """The drawing, with word to the browser that the next deed can come."""
        order: Any = str(deed.order)
        for drawn in drawing:
            yield [*drawn, order]
            order = gr.skip()

    def act(now: Window[Seen], event: Any) -> Drawing:
        """Whatever changes the conversation."""
        deed = Deed.of(event._data)
        yield from taken(deed, acted(now, deed))

    def acted(now: Window[Seen], deed: Deed) -> Drawing:
        before, after = now.change(lambda seen: _begun(done(chat, seen, deed)))
        yield from answers(now) if after.is_busy and not before.is_busy else now.drawn(draw)

    @_whole
    def answers(now: Window[Seen]) -> Drawing:
        """Show that something waits, and answer it, in order, until nothing does."""
        yield from now.drawn(draw)
        while (talk := now.change(_ended)[1].talk).waiting:
            asked = talk.waiting[0]
            turn = chat.turn(talk, asked)
            now.change(partial(Seen.answered, asked=asked, turn=turn))
            yield from now.drawn(draw)

    def look(now: Window[Seen], event: Any) -> Drawing:
        """Whatever changes the panel alone."""
        deed = Deed.of(event._data)
        yield from taken(deed, looked_at(now, deed))

    def looked_at(now: Window[Seen], deed: Deed) -> Drawing:
        """The panel after a deed, at once; and what was searched for, when it is found."""
        if (seek := seeking.get(deed.name)) is not None and deed.words:
            kind: Any = deed.name
            waiting = View(kind, deed.turn, words=deed.words, is_waiting=True)
            now.change(lambda seen: seen.looking_at(waiting))
            yield from now.drawn(draw_panel)
            found = seek(now.shown.talk, waiting)
            # Nothing that was opened meanwhile gives way to what was searched for before.
            now.change(lambda seen: seen.looking_at(found) if seen.view is waiting else seen)
        else:
            now.change(lambda seen: looked(chat, seen, deed))
        yield from now.drawn(draw_panel)

    def save(now: Window[Seen], event: Any) -> Any:
        """Whatever the browser is to keep as a file."""
        try:
            return screen.parcel(now.shown.talk, Deed.of(event._data))
        except QAError as error:
            gr.Warning(escape(told(error)))
            return gr.skip()

    @_whole
    def begin(remembered: Any, now: Window[Seen], request: Any) -> Drawing:
        """The conversation of the last visit, and what the address asks for."""
        opening = Opening.of(chat, remembered, dict(request.query_params))
        if opening.is_empty:
            yield from renew(now)
            return
        before, _ = now.change(partial(replace, is_busy=True, is_opening=True))
        yield from now.drawn(draw)
        talk, view = opening.carried_out()
        now.change(partial(Seen.opened, talk=talk, view=view))
        yield from now.drawn(draw)
        if not before.is_busy:
            yield from answers(now)

    def renew(now: Window[Seen]) -> Drawing:
        """What is seen after collections were made, changed or removed."""
        every = [collection.id for collection in chat.collections.all()]

        def settled(seen: Seen) -> Seen:
            known = seen.talk.collection if seen.talk.collection in every else first_of(chat)
            return replace(seen, talk=replace(seen.talk, collection=known))

        now.change(settled)
        yield from now.drawn(draw)

    for function in (act, look, save):
        _given(function, "event", gr.EventData)
    acts = [composer.click, shown.click, panel.click, choice.click]
    looks = [shown.select, panel.select]
    gr.on(acts, act, window, [*everything, ack], concurrency_limit=ANSWERS, **QUIET)
    gr.on(looks, look, window, [panel, ack], concurrency_limit=PANELS, **QUIET)
    shown.input(save, window, courier, **QUIET)
    page.load(_given(begin, "request", gr.Request), [memory, window], everything, **QUIET)

    def renewed_by(changes: gr.State) -> None:
        changes.change(renew, [window], everything, **QUIET)

    return renewed_by


def _begun(seen: Seen) -> Seen:
    """Busy, if something waits."""
    return replace(seen, is_busy=True) if seen.talk.waiting else seen


def _ended(seen: Seen) -> Seen:
    """Busy no more, if nothing waits."""
    return seen if seen.talk.waiting else replace(seen, is_busy=False)


def _whole(steps: Callable[..., Drawing]) -> Callable[..., Drawing]:
    """Have nothing wait for steps that have ended early, as they do when the browser is gone."""

    @wraps(steps)
    def taken(*inputs: Any) -> Drawing:
        now = next(given for given in inputs if isinstance(given, Window))
        try:
            yield from steps(*inputs)
        except BaseException:
            now.change(_abandoned)
            raise

    return taken


def _abandoned(seen: Seen) -> Seen:
    talk = replace(seen.talk, waiting=())
    return replace(seen, talk=talk, is_busy=False, is_opening=False)


def _given(function: Function, parameter: str, kind: type) -> Function:
    """Have Gradio give `function` a `kind` as that parameter.

    It goes by annotations, which could not name what is imported inside functions only.
    """
    function.__annotations__ = {parameter: kind}
    return function
