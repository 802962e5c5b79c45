"""Request ids, the log and the metrics."""

from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import Iterator
from typing import Any

import pytest

import qa
from qa.surfaces.logs import JSONLines
from tests.http.conftest import SIGNED, UNKNOWN, bot_of, serving
from tests.http.readers import BreakingReader

SECRET = "What is the secret of the robots?"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the service logs, as it would stand on standard error."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JSONLines())
    logger = logging.getLogger("qa.surfaces.http")
    before = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    yield stream
    logger.removeHandler(handler)
    logger.setLevel(before)


def lines(log: io.StringIO) -> list[dict[str, Any]]:
    """The log's lines on requests."""
    found = [json.loads(line) for line in log.getvalue().splitlines()]
    return [line for line in found if line["message"] == "request"]


@pytest.mark.parametrize("given", ["abc-123", "A.b_c:d", "x" * 64])
def test_a_request_keeps_its_id(bot: qa.Bot, given: str) -> None:
    with serving(bot) as client:
        response = client.get("/v1/asking", headers={"X-Request-ID": given})
    assert response.headers["x-request-id"] == response.json()["request_id"] == given


@pytest.mark.parametrize("given", ["", "a b", "x" * 65, "a\tb", '"', "a/b", b"\xc3\xa9", None])
def test_an_id_that_is_none_is_replaced(bot: qa.Bot, given: str | bytes | None) -> None:
    headers: Any = {} if given is None else {"X-Request-ID": given}
    with serving(bot) as client:
        ids = [client.get("/v1/health", headers=headers).headers["x-request-id"] for _ in "ab"]
    assert all(re.fullmatch("[0-9a-f]{32}", each) for each in ids)
    assert ids[0] != ids[1]


def test_each_request_has_a_line_without_what_was_asked(bot: qa.Bot, log: io.StringIO) -> None:
    with serving(bot) as client:
        client.post("/v1/ask", json={"question": SECRET}, headers={"X-Request-ID": "one"})
        client.get("/v1/documents/park.txt?secret=secret", headers={"X-Request-ID": "two"})
        client.get("/secret", headers={"X-Request-ID": "three"})
        client.post("/v1/ask", content=b'{"question": "secret', headers={"X-Request-ID": "four"})
        client.get("/v1/health")
        client.get("/metrics")
    assert "secret" not in log.getvalue()
    times = [line.pop("time") for line in lines(log)]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", time) for time in times)
    assert [
        (line["level"], line["request_id"], line["method"], line["route"], line["status"])
        for line in lines(log)
    ] == [
        ("info", "one", "POST", "/v1/ask", 200),
        ("info", "two", "GET", "/v1/documents/{id:path}", 200),
        ("info", "three", "GET", "none", 404),
        ("info", "four", "POST", "/v1/ask", 415),
    ]
    assert all(0 <= line["milliseconds"] < 60_000 for line in lines(log))


def test_questions_are_logged_where_the_operator_says_so(bot: qa.Bot, log: io.StringIO) -> None:
    with serving(bot, log_questions=True) as client:
        client.post("/v1/ask", json={"question": SECRET + "\n\x1b[31m"})
        questions = [{"id": n, "question": text} for n, text in enumerate((SIGNED, UNKNOWN))]
        client.post("/v1/ask/batch", json={"questions": questions})
        client.post("/v1/search", json={"query": "robots"})
    assert "\x1b" not in log.getvalue()
    asked = [line.get("questions") for line in lines(log)]
    assert asked == [[SECRET + "\n\x1b[31m"], [SIGNED, UNKNOWN], ["robots"]]


def test_a_mistake_of_ours_is_logged_with_its_place(log: io.StringIO) -> None:
    with serving(bot_of(BreakingReader())) as client:
        client.post("/v1/ask", json={"question": "A bug?"}, headers={"X-Request-ID": "one"})
    logged = [json.loads(line) for line in log.getvalue().splitlines()]
    broke = next(line for line in logged if line["level"] == "error" and "traceback" in line)
    assert broke["request_id"] == "one"
    assert "RuntimeError: a mistake in" in broke["traceback"]
    assert [(line["level"], line["status"]) for line in lines(log)] == [("error", 500)]


def test_the_metrics_count(bot: qa.Bot) -> None:
    with serving(bot) as client:
        for question in (SIGNED, SIGNED, UNKNOWN):
            client.post("/v1/ask", json={"question": question})
        signal = client.post("/v1/ask", json={"question": UNKNOWN}).json()["signal"]
        client.post("/v1/ask/batch", json={"questions": [{"id": 1, "question": SIGNED}]})
        client.post("/v1/ask", json={})
        client.request("SPAM", "/v1/spam")
        response = client.get("/metrics")
    assert response.headers["content-type"].startswith("text/plain; version=")
    counted = response.text.splitlines()
    for line in (
        'qa_http_requests_total{method="POST",route="/v1/ask",status="200"} 4.0',
        'qa_http_requests_total{method="POST",route="/v1/ask",status="422"} 1.0',
        'qa_http_requests_total{method="POST",route="/v1/ask/batch",status="200"} 1.0',
        'qa_http_requests_total{method="other",route="none",status="404"} 1.0',
        'qa_http_request_seconds_count{route="/v1/ask"} 5.0',
        'qa_http_request_seconds_bucket{le="+Inf",route="/v1/ask"} 5.0',
        'qa_answers_total{outcome="answered"} 3.0',
        f'qa_answers_total{{outcome="{signal}"}} 2.0',
        'qa_http_rejected_total{kind="invalid"} 1.0',
        'qa_http_rejected_total{kind="not-found"} 1.0',
        "qa_http_in_flight 1.0",
        "qa_index_documents 3.0",
    ):
        assert line in counted, line
    assert "spam" not in response.text.lower()


def test_two_services_count_apart(bot: qa.Bot) -> None:
    with serving(bot) as one, serving(bot) as other:
        one.post("/v1/ask", json={"question": SIGNED})
        assert "qa_answers_total{" not in other.get("/metrics").text
