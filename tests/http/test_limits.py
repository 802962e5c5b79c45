"""The limits hold: on bodies while they arrive, on batches, on how many are answered at once."""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

import qa
from qa.errors import InputError
from qa.surfaces.http import Options, application
from tests.http.conftest import SIGNED, bot_of, serving
from tests.http.readers import WaitingReader
from tests.http.test_problems import JSON, check


def test_a_body_of_the_limit_is_read_and_no_more(bot: qa.Bot) -> None:
    body = b'{"question": "Robots?"}'
    with serving(bot, body_bytes=100) as client:
        within = client.post("/v1/ask", content=body.ljust(100), headers=JSON)
        assert within.status_code == 200
        beyond = client.post("/v1/ask", content=body.ljust(101), headers=JSON)
        assert "100 bytes" in check(beyond, 413, "too-large")["detail"]
        assert beyond.headers["connection"] == "close"


def test_a_body_of_unsaid_length_is_measured_while_it_arrives(bot: qa.Bot) -> None:
    def chunks(count: int) -> Iterator[bytes]:
        yield b'{"question": "Robots?"}'
        for _ in range(count):
            yield b" " * 10

    with serving(bot, body_bytes=100) as client:
        assert client.post("/v1/ask", content=chunks(5), headers=JSON).status_code == 200
        check(client.post("/v1/ask", content=chunks(50), headers=JSON), 413, "too-large")


def asked_with(
    app: Any, messages: list[Any], headers: list[tuple[bytes, bytes]]
) -> tuple[int, int]:
    """The status of a request whose body is `messages`, and how many of them were taken.

    A message that is a number is waited for so many seconds.
    """
    taken = 0
    statuses: list[int] = []

    async def receive() -> dict[str, Any]:
        nonlocal taken
        taken += 1
        message = messages[taken - 1]
        if isinstance(message, int):
            await asyncio.sleep(message)
            return {"type": "http.disconnect"}
        return {"type": "http.request", "body": message, "more_body": True}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    scope = {
        "type": "http",
        "method": "POST",
        "path": "/v1/ask",
        "query_string": b"",
        "headers": [(b"content-type", b"application/json"), *headers],
    }
    asyncio.run(app(scope, receive, send))
    return statuses[0], taken


def test_nothing_is_taken_of_a_body_that_says_it_is_too_large(bot: qa.Bot) -> None:
    app = application(bot, Options(body_bytes=100))
    for length in (b"101", b"9" * 30):
        assert asked_with(app, [b"{"] * 9, [(b"content-length", length)]) == (413, 0)


@pytest.mark.parametrize("length", [[], [(b"content-length", b"50")], [(b"content-length", b"?")]])
def test_no_more_is_taken_than_the_limit(bot: qa.Bot, length: list[tuple[bytes, bytes]]) -> None:
    app = application(bot, Options(body_bytes=100))
    assert asked_with(app, [b"x" * 40] * 9, length) == (413, 3)


def test_a_body_that_does_not_arrive_is_given_up(bot: qa.Bot) -> None:
    app = application(bot, Options(body_seconds=0.05))
    assert asked_with(app, [b"{", 60], []) == (408, 2)


def test_a_client_that_goes_away_breaks_nothing(bot: qa.Bot) -> None:
    assert asked_with(application(bot), [b"{", 0], []) == (400, 2)


def test_a_batch_has_a_limit(bot: qa.Bot) -> None:
    lines = [{"id": number, "question": "Robots?"} for number in range(3)]
    with serving(bot, batch=2) as client:
        assert client.post("/v1/ask/batch", json={"questions": lines[:2]}).status_code == 200
        problem = check(client.post("/v1/ask/batch", json={"questions": lines}), 422, "invalid")
        assert problem["detail"] == "a batch has at most 2 questions, not 3"
        assert problem["errors"][0]["pointer"] == "/questions"
        schemas = client.get("/openapi.json").json()["components"]["schemas"]
        assert schemas["Batch"]["properties"]["questions"]["maxItems"] == 2


def test_a_batch_may_not_bring_endless_history(bot: qa.Bot) -> None:
    """Earlier questions without an answer have to be asked as well."""

    def line(answer: str | None) -> dict[str, Any]:
        turn = {"question": "What is Lijia park?", "answer": answer}
        return {"id": 1, "question": "When did it open?", "history": [turn] * 10}

    with serving(bot, batch=4) as client:
        for lines, status in (
            ([line("A park.")] * 4, 200),
            ([line(None)], 200),
            ([line(None)] * 2, 422),
        ):
            response = client.post("/v1/ask/batch", json={"questions": lines})
            assert response.status_code == status
        assert "20 earlier questions" in check(response, 422, "invalid")["detail"]


def test_two_are_answered_at_once_one_waits_and_the_next_is_sent_away() -> None:
    reader = WaitingReader()
    with (
        serving(bot_of(reader), places=2, line=1) as client,
        ThreadPoolExecutor(3) as threads,
    ):

        def ask() -> int:
            return client.post("/v1/ask", json={"question": SIGNED}).status_code

        asked = [threads.submit(ask) for _ in range(3)]
        try:
            for _ in range(2):
                assert reader.entered.acquire(timeout=10)
            until(lambda: "qa_http_in_flight 4.0" in client.get("/metrics").text)
            for path, body in (
                ("/v1/ask", {"question": SIGNED}),
                ("/v1/search", {"query": "robots"}),
                ("/v1/ask/batch", {"questions": []}),
            ):
                turned_away = client.post(path, json=body)
                problem = check(turned_away, 429, "busy")
                assert problem["detail"] == "2 requests are being answered and 1 wait"
                assert 1 <= int(turned_away.headers["retry-after"]) <= 60
            # Nothing else waits for the bot.
            assert client.get("/v1/health").status_code == 200
            assert client.get("/v1/documents/park.txt").status_code == 200
            # The third waits outside: it has not reached the bot.
            assert not reader.entered.acquire(blocking=False)
        finally:
            reader.leave.set()
        assert [future.result(10) for future in asked] == [200, 200, 200]
        assert ask() == 200
        assert 'qa_http_rejected_total{kind="busy"} 3.0' in client.get("/metrics").text


def until(true: Any) -> None:
    for _ in range(1_000):
        if true():
            return
        threading.Event().wait(0.01)
    raise AssertionError("it did not happen")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"body_bytes": 0}, "body_bytes must be at least 1, not 0"),
        ({"batch": 0}, "batch must be at least 1"),
        ({"places": 0}, "places must be at least 1"),
        ({"line": -1}, "line must be at least 0"),
        ({"body_seconds": 0}, "seconds"),
        ({"watch_seconds": float("nan")}, "seconds"),
        ({"origins": ("https://example.org/",)}, "is no origin"),
        ({"origins": ("null",)}, "is no origin"),
        ({"root_path": "answers/"}, "is no path"),
        ({"with_chat": True, "keys": ("0123456789abcdef",)}, "the chat would let in everyone"),
    ],
)
def test_options_out_of_range(options: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match=re.escape(said)) as error:
        Options(**options)
    assert error.value.hint
