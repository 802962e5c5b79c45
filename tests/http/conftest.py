"""A real bot without models, and the service around it in this process."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import TYPE_CHECKING, Any

import httpx2
import pytest
import uvicorn
from starlette.testclient import TestClient

import qa
from qa.protocols import Reader
from qa.surfaces.http import Options, application
from qa.surfaces.serving import address, listen
from qa.types import Source
from tests.fakes import WordEncoder
from tests.readers import OverlapReader

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ARTICLES = (
    qa.Document(
        "expo/2019.md",
        "The expo of 2019",
        "The 2019 expo signed 530 projects. Robots danced at the opening.",
        url="https://example.org/2019",
        date="2019-08-29",
        sources=(Source("City report", "The city", "2019"),),
        source_sha256="ab" * 32,
    ),
    qa.Document("park.txt", "The park", "Lijia park opened in 2018. 机器人 🤖 danced there."),
    qa.Document("scan.pdf", "A scan", "One page.\fAnother page.", page_starts=(0, 10)),
)
SIGNED = "How many projects did the 2019 expo sign?"
UNKNOWN = "Who invented the umbrella in Paris?"


def bot_of(reader: Reader | None = None) -> qa.Bot:
    """A bot over ARTICLES that answers with the sentence that shares most words."""
    return qa.build(ARTICLES, encoder=WordEncoder(), reader=reader or OverlapReader())


@contextmanager
def serving(bot: qa.Bot, **options: Any) -> Iterator[TestClient]:
    """A client of the service, which is ready."""
    with TestClient(application(bot, Options(**options))) as client:
        wait_until_ready(client)
        yield client


def wait_until_ready(client: TestClient) -> None:
    for _ in range(1_000):
        if client.get("/v1/ready").status_code == 200:
            return
        time.sleep(0.01)
    raise AssertionError("the service did not become ready")


@contextmanager
def running(bot: qa.Bot, options: Options | None = None) -> Iterator[str]:
    """The address of the service on a port of this machine, ready."""
    with listen("127.0.0.1", 0) as listener:
        app = application(bot, options)
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, timeout_graceful_shutdown=1))
        thread = Thread(target=server.run, args=([listener],))
        thread.start()
        try:
            while httpx2.get(f"{address(listener)}/v1/ready").status_code != 200:
                time.sleep(0.05)
            yield address(listener)
        finally:
            server.should_exit = True
            thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser for the tests of one module: while it is open, an event loop runs."""
    from playwright.sync_api import sync_playwright

    from tests.web.conftest import FLAGS

    with sync_playwright() as playwright:
        path = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def bot() -> qa.Bot:
    return bot_of()


@pytest.fixture(scope="session")
def client(bot: qa.Bot) -> Iterator[TestClient]:
    with serving(bot) as client:
        yield client
