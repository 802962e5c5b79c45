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

from playwright.sync_api import FilePayload, Page, expect, sync_playwright

import app
import qa
from qa.surfaces.web.collections import Collections
from qa.surfaces.web.feedback import Feedback
from tests.conftest import ROOT
from tests.web.conftest import FLAGS, ask, start_over

IMAGES = ROOT / "docs" / "images"
SIZES = {"wide": (1280, 800), "phone": (360, 740)}
ANSWERED = "How many projects were signed at the 2019 expo?"
SILENT = "Who visited Lijia Smart Park?"
MISQUOTED = "At the Smart China Expo 2019, 520 projects were signed."
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


def quotation(window: Page) -> None:
    """A quotation with a wrong figure."""
    ask(window, ANSWERED)
    window.get_by_role("button", name="Check a quotation").click()
    window.get_by_label("Passage to check").fill(MISQUOTED)
    window.get_by_role("button", name="Check", exact=True).click()
    expect(window.locator(".qa-checked")).to_be_visible()


def payload(name: str, content: bytes) -> FilePayload:
    """A file to bring."""
    return {"name": name, "mimeType": "", "buffer": content}


def library(window: Page) -> None:
    """Articles of one's own, some of which could not be read."""
    window.get_by_role("tab", name="Library").click()
    articles = sorted((ROOT / "corpus").glob("*.md"))[:4]
    files = [payload(path.name, path.read_bytes()) for path in articles]
    window.locator("input[type=file]").set_input_files([*files, payload("scan.pdf", b"%PDF-1.4")])
    expect(window.locator(".qa-done")).to_be_visible()


def quality(window: Page) -> None:
    """The latest evaluation."""
    window.get_by_role("tab", name="Quality").click()
    known = (ROOT / "eval" / "questions" / "expo.jsonl").read_bytes().splitlines(keepends=True)
    window.locator("input[type=file]").set_input_files(payload("known.jsonl", b"".join(known[:40])))
    expect(window.locator(".qa-notice")).to_be_visible()
    window.get_by_role("button", name="Run now").click()
    expect(window.locator(".qa-report .hero")).to_be_visible()


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
    "quotation": (quotation, "wide", "light"),
    "library": (library, "wide", "light"),
    "quality-dark": (quality, "wide", "dark"),
    "phone-conflict-dark": (conflict, "phone", "dark"),
    "phone-library": (library, "phone", "light"),
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
        feedback = Feedback(Path(folder) / "feedback.sqlite")
        path = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        for name in names or SHOTS:
            state, size, scheme = SHOTS[name]
            width, height = SIZES[size]
            collections = Collections(Path(folder) / name, bundled=bot)
            url = start_over(collections, feedback, app.EXAMPLES)
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
