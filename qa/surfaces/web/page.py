"""The page: asking, the articles, and how good the answers are; built with Gradio.

Text of articles and questions reaches the page only as the escaped value of a `gr.HTML`, never as
a label, a template or a script: what Gradio interprets is all constant.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from qa.surfaces.web.asking import build_asking
from qa.surfaces.web.chat import Chat
from qa.surfaces.web.collections import Collections
from qa.surfaces.web.feedback import Feedback
from qa.surfaces.web.gate import Gate
from qa.surfaces.web.html import escape
from qa.surfaces.web.library import build_library
from qa.surfaces.web.quality import build_quality
from qa.surfaces.web.screen import Screen
from qa.surfaces.web.theme import theme

if TYPE_CHECKING:
    import gradio as gr

    from qa.surfaces.web.access import Users
    from qa.surfaces.web.server import Application

QUEUE = 256  # events that may wait; the gate of the chat is narrower
SHEETS = ("page", "library", "quality")
UPLOADS = (
    600,
    3_600,
)  # seconds: how often files that arrived are looked through, and how old they get
SESSIONS = 1_000  # windows whose conversation is kept; the oldest give way


def build_page(
    collections: Collections,
    *,
    title: str = "Footnote",
    examples: Sequence[str] = (),
    feedback: Feedback | None = None,
    gate: Gate | None = None,
) -> gr.Blocks:
    """The page, not yet served. `title` and `examples` are the operator's own words.

    `feedback` None keeps none and shows no thumbs. `gate` bounds how many ask at a time.
    """
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # some of it asks only here
    import gradio as gr

    chat = Chat(collections, feedback=feedback, examples=examples, gate=gate)
    screen = Screen(chat, title=title, writable=collections.writable)
    page = gr.Blocks(title=title, analytics_enabled=False, fill_width=True, delete_cache=UPLOADS)
    with page:
        gr.HTML(
            f'<h1 class="qa-brand">{escape(title)}</h1>',
            js_on_load=None,
            elem_classes="qa-masthead",
            apply_default_css=False,
        )
        with gr.Tabs(elem_classes="qa-tabs"):
            with gr.Tab("Ask", elem_classes="qa-tab-ask"):
                renewed_by = build_asking(page, chat, screen)
            with gr.Tab("Library"):
                renewed_by(build_library(collections))
            with gr.Tab("Quality"):
                build_quality(collections, feedback)
    page.state_session_capacity = SESSIONS
    page.queue(max_size=QUEUE, default_concurrency_limit=4, api_open=False)
    return page


def application(
    page: gr.Blocks,
    *,
    users: Users | None = None,
    root_path: str | None = None,
    max_file_bytes: int = 0,
) -> Application:
    """The page as an ASGI application. Files of up to `max_file_bytes` are taken; with 0, none.

    Gradio's own `launch` asks its server for a page before it returns, through a proxy where the
    environment names one. Mounted, it opens no connection at all.
    """
    import gradio as gr
    from fastapi import FastAPI
    from fastapi.responses import PlainTextResponse

    # Not by `css_paths`: of those Gradio adds a copy under other selectors.
    sheets = (Path(__file__).with_name(f"{name}.css") for name in SHEETS)
    css = "\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets)
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    if max_file_bytes == 0:
        # Gradio would take them, whether or not the page has anything to send files with.
        refusal = PlainTextResponse("no files are taken here", 403)
        app.add_route("/gradio_api/upload", lambda request: refusal, methods=["POST"])
    mounted: Application = gr.mount_gradio_app(
        app,
        page,
        path="/",
        auth=users and users.admits,
        footer_links=[],
        run_history=False,
        show_error=False,
        max_file_size=max_file_bytes,
        root_path=root_path,
        ssr_mode=False,
        enable_monitoring=False,
        pwa=False,
        mcp_server=False,
        theme=theme(),
        head=f"<style>{css}</style>",
    )
    return mounted
