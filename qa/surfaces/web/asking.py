"""The Ask tab: its parts and its events. What they do is in `chat`, what they show in `screen`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from qa.errors import QAError
from qa.surfaces.web.chat import Chat
from qa.surfaces.web.deed import Deed
from qa.surfaces.web.opening import Opening, first_of
from qa.surfaces.web.screen import Screen
from qa.surfaces.web.talk import Talk
from qa.surfaces.web.turn import places
from qa.surfaces.web.view import View
from qa.surfaces.web.welcome import OPENED

if TYPE_CHECKING:
    import gradio as gr

HERE = Path(__file__).parent
ANSWERS, PANELS = 32, 8  # events that run at the same time; the gate of the chat is narrower
MEMORY = "footnote-conversation"  # the name under which the browser keeps the questions

Function = TypeVar("Function", bound=Callable[..., Any])


def build_asking(page: gr.Blocks, chat: Chat, screen: Screen) -> Callable[[gr.State], None]:
    """Make the tab inside the current block of `page`.

    Gives a function to call with a state, at whose changes the choice of collection is renewed.
    """
    import gradio as gr

    def html(value: str, script: str, name: str) -> gr.HTML:
        javascript = (HERE / script).read_text(encoding="utf-8")
        return gr.HTML(value, js_on_load=javascript, elem_classes=name, apply_default_css=False)

    # Of Gradio's states each window has its own.
    start = Talk(first_of(chat))
    talk, view = gr.State(start), gr.State(None)
    memory = gr.BrowserState([], storage_key=MEMORY, secret=MEMORY)
    with gr.Row(elem_classes="qa-ask"):
        with gr.Column(elem_classes="qa-left"):
            shown = html(screen.conversation(start), "chat.js", "qa-shown")
            with gr.Column(elem_classes="qa-composer"):
                choice = html("", "chooser.js", "qa-choice")
                box = gr.Textbox(
                    label="Your question",
                    placeholder="Ask a question",
                    show_label=False,
                    container=False,
                    lines=1,
                    max_lines=4,
                    submit_btn="Ask",
                    autofocus=True,
                )
        panel = html("", "panel.js", "qa-right")
    courier = html("", "courier.js", "qa-courier")
    # What `step` gives, in this order.
    everything = [box, talk, view, shown, panel, choice, memory, courier]

    def step(
        now: Talk, seen: View | None, *, typed: Any = None, pending: str | None = None
    ) -> list[Any]:
        return [
            gr.skip() if typed is None else typed,
            now,
            seen,
            screen.conversation(now, pending=pending),
            screen.panel(now, seen),
            screen.chooser(now),
            gr.skip() if pending is not None else now.to_remember(),
            gr.skip(),
        ]

    def act(typed: str, now: Talk, seen: View | None, event: Any) -> Iterator[list[Any]]:
        """Whatever changes the conversation."""
        deed = Deed.of(event._data)
        if (asked := chat.asked(now, deed, typed)) is not None:
            before, question = asked
            emptied = "" if deed.name == "" else None
            yield step(before, seen, typed=emptied, pending=question.question)
            after = chat.answer(before, question)
            yield step(after, _followed(after, seen))
        elif deed.name in ("markdown", "json"):
            yield [*[gr.skip()] * 7, screen.parcel(now, deed.name)]
        else:
            after, opened = _done(chat, now, seen, deed)
            yield step(after, opened, typed=chat.refill(now, deed))

    def look(now: Talk, seen: View | None, event: Any) -> tuple[View | None, str]:
        """Whatever changes the panel alone."""
        opened = chat.look(now, seen, Deed.of(event._data))
        return opened, screen.panel(now, opened)

    def begin(remembered: Any, request: Any) -> Iterator[list[Any]]:
        """The conversation of the last visit, and what the address asks for."""
        opening = Opening.of(chat, remembered, dict(request.query_params))
        if opening.is_empty and start.collection == first_of(chat):
            # Nothing is touched: somebody may have asked something meanwhile.
            yield [*[gr.skip()] * 5, screen.chooser(start), gr.skip(), gr.skip()]
            return
        closed = gr.update(interactive=False)
        yield [closed, gr.skip(), gr.skip(), OPENED, *[gr.skip()] * 4]
        yield step(*opening.carried_out(), typed=gr.update(interactive=True))

    def renew(now: Talk) -> tuple[Talk, str, str]:
        """The collections after some were made, changed or removed."""
        every = [collection.id for collection in chat.collections.all()]
        if now.collection not in every:
            now = replace(now, collection=first_of(chat))
        return now, screen.chooser(now), screen.conversation(now)

    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    # One event for all that change the conversation, so that none starts before another has ended;
    # of what is done meanwhile the last is carried out.
    gr.on(
        [box.submit, shown.click, panel.click, choice.click],
        _told(act, "event", gr.EventData),
        [box, talk, view],
        everything,
        concurrency_limit=ANSWERS,
        trigger_mode="always_last",
        **quiet,
    )
    gr.on(
        [shown.select, panel.select],
        _told(look, "event", gr.EventData),
        [talk, view],
        [view, panel],
        concurrency_limit=PANELS,
        trigger_mode="always_last",
        **quiet,
    )
    page.load(_told(begin, "request", gr.Request), [memory], everything, **quiet)

    def renewed_by(changes: gr.State) -> None:
        changes.change(renew, [talk], [talk, choice, shown], **quiet)

    return renewed_by


def _done(chat: Chat, talk: Talk, view: View | None, deed: Deed) -> tuple[Talk, View | None]:
    """What a deed that asks nothing makes of the conversation and the panel."""
    if deed.name == "clear":
        return Talk(talk.collection), None
    if deed.name == "undo" and talk.turns:
        return talk.without_last(), None
    if deed.name == "choose":
        every = [collection.id for collection in chat.collections.all()]
        return (replace(talk, collection=deed.words) if deed.words in every else talk), view
    try:
        return chat.judge(talk, view, deed)
    except QAError as error:
        told = f"{error}: {error.hint}"
        return talk, view and replace(view, complaint=told)


def _followed(talk: Talk, view: View | None) -> View | None:
    """After an answer an open source gives way to the first one of the new answer."""
    number = len(talk.turns) - 1
    outcome = talk.turns[number].outcome
    if view is None or view.kind != "source" or isinstance(outcome, QAError) or not outcome.text:
        return None
    return View("source", number, places(talk.turns[number]))


def _told(function: Function, parameter: str, kind: type) -> Function:
    """Have Gradio give `function` a `kind` as that parameter.

    It goes by annotations, which could not name what is imported inside functions only.
    """
    function.__annotations__ = {parameter: kind}
    return function
