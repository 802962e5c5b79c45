"""Screenshots of each state of the page, for the documentation: `python -m tests.web.screenshots`.

Builds the bundled articles, serves the page, and writes `docs/images/chat-*.png`.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, expect, sync_playwright

import app
import qa
from tests.conftest import ROOT
from tests.web.conftest import FLAGS, ask, start

IMAGES = ROOT / "docs" / "images"
SIZES = {"wide": (1280, 800), "phone": (360, 740)}
ANSWERED = "How many projects were signed at the 2019 expo?"
SILENT = "Who visited Lijia Smart Park?"
DIFFERENT = (
    "By how much did the digital economy of Liangjiang New Area grow in the first half of 2021?"
)


def first(window: Page) -> None:
    """Before anything is asked."""


def answer(window: Page) -> None:
    """An answer with its sentence, confidence and chips."""
    ask(window, ANSWERED)


def source(window: Page) -> None:
    """The source view, opened by a chip."""
    ask(window, ANSWERED)
    window.locator(".qa-chip").first.click()
    expect(window.locator(".qa-article mark").first).to_be_visible()


def why(window: Page) -> None:
    """The drawer that says why."""
    ask(window, ANSWERED)
    window.get_by_role("button", name="Why this?").click()
    expect(window.locator(".qa-found")).to_be_visible()


def silence(window: Page) -> None:
    """No answer, and what can be done instead."""
    ask(window, SILENT)


def conflict(window: Page) -> None:
    """Articles that give different figures."""
    ask(window, DIFFERENT)
    expect(window.locator(".qa-conflict")).to_be_visible()


def following(window: Page) -> None:
    """A follow-up question, and how it was understood."""
    ask(window, ANSWERED)
    ask(window, "What about 2020?")
    window.locator(".qa-understood summary").click()


def marking(window: Page) -> None:
    """Feedback: where the right words are marked."""
    ask(window, ANSWERED)
    window.get_by_role("button", name="This is wrong").click()
    expect(window.locator(".qa-marking")).to_be_visible()


SHOTS: dict[str, tuple[Callable[[Page], None], str, str]] = {
    "first": (first, "wide", "light"),
    "source": (source, "wide", "light"),
    "source-dark": (source, "wide", "dark"),
    "why": (why, "wide", "light"),
    "silence": (silence, "wide", "light"),
    "conflict": (conflict, "wide", "light"),
    "follow-up-dark": (following, "wide", "dark"),
    "phone-answer": (answer, "phone", "light"),
    "phone-source": (source, "phone", "light"),
    "phone-why-dark": (why, "phone", "dark"),
    "phone-silence": (silence, "phone", "light"),
    "phone-marking": (marking, "phone", "light"),
}


def save(shot: bytes, path: Path) -> None:
    """Keep a screenshot with few colours, which is all that the page has."""
    from PIL import Image

    Image.open(BytesIO(shot)).convert("RGB").quantize(96).save(path, optimize=True)


def main(names: list[str]) -> None:
    """Take the shots that are named, or all of them."""
    os.environ["HF_HUB_OFFLINE"] = "1"
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        bot = qa.build(ROOT / "corpus", Path(folder) / "index")
        url = start(bot, Path(folder), examples=app.EXAMPLES)
        path = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        for name in names or SHOTS:
            state, size, scheme = SHOTS[name]
            width, height = SIZES[size]
            window = browser.new_context(
                viewport={"width": width, "height": height},
                color_scheme="dark" if scheme == "dark" else "light",
                reduced_motion="reduce",
            ).new_page()
            window.goto(url)
            expect(window.locator(".qa-welcome h2")).to_be_visible()
            state(window)
            save(window.screenshot(), IMAGES / f"chat-{name}.png")
            window.context.close()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
