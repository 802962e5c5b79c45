"""A web site of its own origin whose pages hold the widget, and a bot that it can ask."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Dialog, Locator, Page, expect

import qa
from tests.web.fakes import FakeBot, answer_of, article, fake_bot

SIGNED = "How many projects were signed?"
FIGURES = "How much was added?"
ROBOTS = "What did the robots do?"
ELSEWHERE = "Who invented the umbrella?"
SCRIPTED = "Where does a script lead to?"
SLOW = "What takes long?"
_SIGNED = ("Day four. ", "In 2019 ", "530", " projects were signed.", " In 2018 it was 501.")
_ROBOTS = ("🤖 ", "🤖🤖 Robots ", "danced 🤖", " at the opening.")
_SIDES = (("", "It added ", "33.6 billion", " in 2021."), ("", "It added ", "26 billion", "."))


class AskedBot(FakeBot):
    """Remembers what it is asked; leaves SLOW unanswered until told to `leave`."""

    def __init__(self, documents: Sequence[qa.Document], answers: Any) -> None:
        super().__init__(documents, answers)
        self.index.documents, self.index.build_id = self.documents, None
        self.asked: list[str] = []
        self.histories: list[Any] = []
        self.entered, self.leave = Event(), Event()

    def ask(self, question: str, history: Any = ()) -> qa.Answer:
        self.asked.append(question)
        self.histories.append(list(history))
        if question == SLOW:
            self.entered.set()
            assert self.leave.wait(30)
        return self.trace(question, history).answer


def asked_bot() -> AskedBot:
    """The articles of the web chat's tests, and some that only a widget shows in full."""
    signed = replace(
        article(*_SIGNED, doc_id="2019.md", title="The expo of 2019"),
        url="https://example.org/2019?a=1&b=2",
        date="2019-08-29",
    )
    robots = article(*_ROBOTS, doc_id="robots.pdf", title="机器人")
    sides = [
        replace(article(*side, doc_id=f"{number}.md", title=f"Report {number}"), date="2021-08-31")
        for number, side in enumerate(_SIDES, start=1)
    ]
    script = replace(
        article(*_SIGNED, doc_id="script.md", title="Script"), url="JavaScript:alert(1)//https://"
    )
    first, second = (answer_of(*pair) for pair in ((sides[0], *_SIDES[0]), (sides[1], *_SIDES[1])))
    other = qa.Candidate(second.text or "", 0.6, second.citations)
    danced = answer_of(robots, *_ROBOTS)
    answers = {
        SIGNED: replace(answer_of(signed, *_SIGNED), agreement=3),
        FIGURES: replace(first, conflict=True, alternatives=(other,)),
        ROBOTS: replace(danced, citations=(replace(danced.citations[0], page=7),)),
        ELSEWHERE: qa.Answer("?", "?", None, 0.0, "Nothing near.", "off-topic", hits=danced.hits),
        SCRIPTED: answer_of(script, *_SIGNED),
        **fake_bot().answers,
    }
    return AskedBot([signed, robots, *sides, script], answers)


class Site:
    """Pages of one origin, each sent with a policy that lets nothing but the widget work."""

    def __init__(self, port: int) -> None:
        self.origin = f"http://127.0.0.1:{port}"
        self.pages: dict[str, tuple[str, str]] = {}

    def page(self, service: str, attributes: str = "", scripts: Sequence[str] = ()) -> str:
        """The address of a page with the widget, whose script `scripts` serve, or `service`."""
        scripts = scripts or [service]
        tags = "".join(f'<script src="{each}/widget.js" defer></script>' for each in scripts)
        policy = (
            f"default-src 'none'; script-src {' '.join(scripts)}; connect-src {service}; "
            "base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
        )
        html = (
            '<!doctype html><html lang="en"><meta charset="utf-8"><title>A site</title>'
            '<meta name="viewport" content="width=device-width">'
            '<meta name="color-scheme" content="light dark">'
            f"{tags}<main><h1>A site</h1><footnote-ask {attributes}></footnote-ask></main></html>"
        )
        path = f"/{len(self.pages)}"
        self.pages[path] = (html, policy)
        return self.origin + path


@contextmanager
def site() -> Iterator[Site]:
    """A site that is served until the end."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            html, policy = made.pages.get(self.path, ("", "default-src 'none'"))
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            self.wfile.write(html.encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made = Site(server.server_port)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def opened(browser: Browser, **settings: Any) -> Iterator[Page]:
    """A window that fails its test where a page misbehaves: a dialog, an error, a load too many."""
    context = browser.new_context(**{"viewport": {"width": 1000, "height": 800}, **settings})
    page = context.new_page()
    misbehaviour: list[str] = []
    page.on("pageerror", lambda error: misbehaviour.append(f"error: {error}"))

    def on_console(line: ConsoleMessage) -> None:
        if "Content Security Policy" in line.text or "footnote-ask" in line.text:
            misbehaviour.append(line.text)

    def on_dialog(dialog: Dialog) -> None:
        misbehaviour.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    page.on("console", on_console)
    page.on("dialog", on_dialog)
    yield page
    assert misbehaviour == []
    assert page.evaluate("window.__pwned") is None
    context.close()


def ask(window: Page, question: str) -> Locator:
    """Type a question and send it with Enter; what is shown of it, once that is there."""
    box = window.get_by_role("textbox")
    box.fill(question)
    box.press("Enter")
    expect(window.locator(".working")).to_have_count(0)
    return window.locator(".result")
