"""One server and one browser for all tests of the page; each test has a window of its own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from threading import Thread

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, sync_playwright

from qa.surfaces.web import page, server
from tests.web.fakes import HOSTILE, SIGNING, fake_bot

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


def start(bot: page.Bot) -> str:
    """Serve the page for `bot` until the tests end, and say where."""
    listener = server.listen("127.0.0.1", 0)
    served = page.application(page.build_page(bot, examples=(SIGNING, HOSTILE)))
    Thread(target=server.run, args=(served, listener), daemon=True).start()
    return server.address(listener)


@pytest.fixture(scope="session")
def url() -> str:
    """Where the page of the fake bot is."""
    return start(fake_bot())


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
    page.set_default_timeout(20_000)
    requests: list[str] = []
    misbehaviour: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("pageerror", lambda error: misbehaviour.append(f"error: {error}"))

    def on_console(line: ConsoleMessage) -> None:
        if line.type == "error":
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
    assert [url for url in requests if not url.startswith((home, "data:"))] == []
    page.context.close()
