"""The Library and Quality tabs on a small page of their own."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from threading import Thread

from playwright.sync_api import Page

from qa.surfaces.web import server
from qa.surfaces.web.page import application

FOLDER = Path(server.__file__).parent


def start_tab(name: str, build: Callable[[], object]) -> str:
    """Serve a page with one tab until the tests end, and say where."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    import gradio as gr

    sheets = [FOLDER / f"{sheet}.css" for sheet in ("page", "library", "quality")]
    css = "\n".join(sheet.read_text("utf-8") for sheet in sheets if sheet.exists())
    with gr.Blocks(title=name, analytics_enabled=False, fill_width=True) as page:
        gr.HTML(f"<style>{css}</style>", js_on_load=None)
        with gr.Tabs():
            with gr.Tab("Ask"):
                gr.HTML("Something else is shown first.", js_on_load=None)
            with gr.Tab(name):
                build()
    page.queue(default_concurrency_limit=4)
    listener = server.listen("127.0.0.1", 0)
    served = application(page, max_file_bytes=2**20)
    Thread(target=server.run, args=(served, listener), daemon=True).start()
    return server.address(listener)


def open_tab(window: Page, url: str, name: str) -> None:
    """Open the page at `url` in a window and choose the tab."""
    window.goto(url)
    window.get_by_role("tab", name=name).click()
