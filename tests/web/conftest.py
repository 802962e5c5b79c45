"""One server and one browser for all tests of the page; each test has a window of its own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Thread
from typing import cast

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, expect, sync_playwright

from qa import Bot
from qa.surfaces.web import page, server
from qa.surfaces.web.collections import Collections
from qa.surfaces.web.feedback import Feedback
from tests.web.fakes import HOSTILE, SIGNING, FakeBot, fake_bot

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


FORGOTTEN = "Error reading from localStorage"  # what Gradio says of a memory that is not its own
PATIENCE = 60_000  # milliseconds: a machine may be busy with other things
expect.set_options(timeout=PATIENCE)


def start(
    bot: FakeBot | Bot, data: Path | None = None, examples: Sequence[str] = (SIGNING, HOSTILE)
) -> str:
    """Serve the page for `bot` until the tests end, and say where. Feedback is kept in `data`."""
    feedback = Feedback(data and data / "feedback.sqlite")
    return start_over(Collections(None, bundled=cast(Bot, bot)), feedback, examples)


def start_over(
    collections: Collections, feedback: Feedback | None = None, examples: Sequence[str] = ()
) -> str:
    """Serve the page over `collections` until the tests end, and say where."""
    listener = server.listen("127.0.0.1", 0)
    built = page.build_page(collections, examples=examples, feedback=feedback)
    served = page.application(built, max_file_bytes=2**20)
    Thread(target=server.run, args=(served, listener), daemon=True).start()
    return server.address(listener)


@pytest.fixture(scope="session")
def url() -> str:
    """Where the page of the fake bot is."""
    return start(fake_bot())


def ask(window: Page, question: str) -> None:
    """Type a question, send it with Enter and wait for what comes of it."""
    expect(window.locator("[data-ready]")).to_have_count(1)
    before = window.locator(".qa-turn").count()
    window.get_by_label("Your question").fill(question)
    window.get_by_label("Your question").press("Enter")
    expect(window.locator(".qa-turn")).to_have_count(before + 1)
    expect(window.locator(".qa-working")).to_have_count(0)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        path = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def window(browser: Browser) -> Iterator[Page]:
    """A fresh window that fails its test if the page misbehaved, whatever else was tested."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.set_default_timeout(PATIENCE)
    requests: list[str] = []
    misbehaviour: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("pageerror", lambda error: misbehaviour.append(f"error: {error}"))

    def on_console(line: ConsoleMessage) -> None:
        if line.type == "error" and not line.text.startswith(FORGOTTEN):
            misbehaviour.append(line.text)

    def on_dialog(dialog: Dialog) -> None:
        misbehaviour.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    page.on("console", on_console)
    page.on("dialog", on_dialog)
    yield page
    assert misbehaviour == []
    assert page.evaluate("window.__pwned") is None
    home = page.evaluate("location.origin + '/'")
    assert [url for url in requests if not url.startswith((home, "data:", f"blob:{home}"))] == []
    page.context.close()
