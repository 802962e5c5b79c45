"""The page: a conversation with a bot, built with Gradio and served from this machine alone.

Text of articles and questions reaches the page only as the escaped value of one `gr.HTML`, never
as a label, a template or a script: what Gradio interprets is all constant.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from qa.errors import QAError
from qa.surfaces.web import html, server
from qa.types import Answer, Document

if TYPE_CHECKING:
    import gradio as gr

LOG = logging.getLogger(__name__)

QUEUE = 64  # questions that may wait; further ones are turned away at once

# Gradio's names for the colours that the page uses: light and dark, on one accent, a highlighter's.
COLOURS = {
    "body_background_fill": ("#fbfaf6", "#171512"),
    "background_fill_primary": ("#ffffff", "#211e1a"),
    "body_text_color": ("#1f1c17", "#ece7dc"),
    "body_text_color_subdued": ("#69635a", "#a8a091"),
    "border_color_primary": ("#e2dccf", "#3a352d"),
    "link_text_color": ("#8a5606", "#e9b44c"),
    "color_accent_soft": ("#fbe2a0", "#5f4510"),
}

# After an answer has come in: put its question at the top of the window.
SHOW_NEWEST = """watch('value', () =>
    element.querySelector('.qa-turn:last-child')?.scrollIntoView({block: 'start'}))"""


class Bot(Protocol):
    """What the page needs of a bot."""

    @property
    def documents(self) -> Mapping[str, Document]: ...

    def ask(self, question: str) -> Answer: ...

    def warm(self) -> None: ...


def build_page(bot: Bot, *, title: str = "Footnote", examples: Sequence[str] = ()) -> gr.Blocks:
    """The page, not yet served. `title` and `examples` are the operator's own words."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # some of it asks only here
    import gradio as gr

    def ask(question: str, turns: list[html.Turn]) -> Iterator[tuple[Any, ...]]:
        pending = html.conversation(turns, bot.documents, title=title, pending=question)
        yield "", gr.skip(), pending, gr.update(visible=False), gr.update(interactive=False)
        turns = [*turns, html.Turn(question, _outcome(bot, question))]
        shown = html.conversation(turns, bot.documents, title=title)
        yield gr.skip(), turns, shown, gr.skip(), gr.update(visible=True, interactive=True)

    def clear() -> tuple[Any, ...]:
        empty = html.conversation([], bot.documents, title=title)
        return [], empty, gr.update(visible=True), gr.update(visible=False)

    page = gr.Blocks(title=title, analytics_enabled=False)
    with page:
        turns = gr.State([])
        shown = gr.HTML(
            html.conversation((), bot.documents, title=title),
            js_on_load=SHOW_NEWEST,
            apply_default_css=False,
        )
        with gr.Column(elem_classes="qa-examples") as suggestions:
            buttons = [gr.Button(example, size="sm") for example in examples]
        with gr.Row(elem_classes="qa-composer"):
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
            again = gr.Button("Clear", visible=False, size="sm", elem_classes="qa-clear")
        view = [turns, shown, suggestions, again]
        for trigger, source in ((box.submit, box), *((b.click, b) for b in buttons)):
            # One question at a time, in turn: together they would only compete for the same cores,
            # and each adds to the conversation as the one before it left it.
            trigger(
                ask,
                [source, turns],
                [box, *view],
                concurrency_id="ask",
                concurrency_limit=1,
                trigger_mode="multiple",
                show_progress="hidden",
                api_visibility="private",
            )
        again.click(clear, None, view, show_progress="hidden", api_visibility="private")
    page.queue(max_size=QUEUE, default_concurrency_limit=1, api_open=False)
    return page


def application(page: gr.Blocks) -> server.Application:
    """The page as an ASGI application.

    Gradio's own `launch` asks its server for a page before it returns, through a proxy where the
    environment names one. Mounted, it opens no connection at all.
    """
    import gradio as gr
    from fastapi import FastAPI

    mounted: server.Application = gr.mount_gradio_app(
        FastAPI(docs_url=None, redoc_url=None, openapi_url=None),
        page,
        path="/",
        footer_links=[],
        run_history=False,
        show_error=False,
        max_file_size=1,
        ssr_mode=False,
        enable_monitoring=False,
        pwa=False,
        mcp_server=False,
        theme=_theme(),
        css_paths=Path(__file__).with_name("page.css"),
    )
    return mounted


def serve(
    bot: Bot,
    *,
    host: str = "127.0.0.1",
    port: int = 7860,
    title: str = "Footnote",
    examples: Sequence[str] = (),
    open_browser: bool = False,
) -> None:
    """Serve the page until interrupted. Raises `InputError` where the port is taken."""
    with server.listen(host, port) as listener:
        bot.warm()
        page = application(build_page(bot, title=title, examples=examples))
        print(f"{title} is at {server.address(listener)} (Ctrl+C stops it)", flush=True)
        if open_browser:
            import webbrowser

            webbrowser.open(server.address(listener))
        server.run(page, listener)


def _outcome(bot: Bot, question: str) -> Answer | QAError:
    try:
        return bot.ask(question)
    except QAError as error:
        return error
    except Exception:
        LOG.exception("a question could not be answered")
        return QAError(
            "something went wrong while looking for an answer",
            hint="try again; the log of the server says what happened",
        )


def _theme() -> gr.themes.Base:
    import gradio as gr

    # Fonts that the reader's system has: named as text, Gradio serves or fetches none.
    theme = gr.themes.Base(
        font=("system-ui", "sans-serif"), font_mono=("ui-monospace", "monospace")
    )
    light = {name: shades[0] for name, shades in COLOURS.items()}
    dark = {f"{name}_dark": shades[1] for name, shades in COLOURS.items()}
    return theme.set(**light, **dark)
