"""Every way to fail ends in problem details that say what to do and nothing of our insides."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from starlette.testclient import TestClient

import qa
from qa.surfaces.http import application
from qa.surfaces.http.openapi import schemas
from tests.conftest import ROOT
from tests.http.conftest import SIGNED, bot_of, serving
from tests.http.readers import BreakingReader

PROBLEM = Draft202012Validator(schemas(batch=1)["Problem"])
JSON = {"Content-Type": "application/json"}
# (method, path, status, the last part of the type, what goes with the request)
CASES: list[tuple[str, str, int, str, dict[str, Any]]] = [
    ("GET", "/", 404, "not-found", {}),
    ("GET", "/v1/asking", 404, "not-found", {}),
    ("GET", "/v1/ask/", 404, "not-found", {}),
    ("GET", "/docs", 404, "not-found", {}),
    ("GET", "/v1/documents/none.md", 404, "not-found", {}),
    ("GET", "/v1/documents/%2e%2e/%2e%2e/etc/passwd", 404, "not-found", {}),
    ("GET", "/v1/documents/%00%ff", 404, "not-found", {}),
    ("GET", "/v1/ask", 405, "method", {}),
    ("DELETE", "/v1/documents/park.txt", 405, "method", {}),
    ("FOO", "/v1/search", 405, "method", {}),
    ("OPTIONS", "/v1/ask", 405, "method", {}),
    ("POST", "/v1/ask", 415, "media-type", {}),
    ("POST", "/v1/ask", 415, "media-type", {"data": {"question": "Who?"}}),
    (
        "POST",
        "/v1/ask",
        415,
        "media-type",
        {"content": b"{}", "headers": {"Content-Type": b"\xff"}},
    ),
    ("POST", "/v1/ask", 415, "media-type", {"content": b"{}"}),
    (
        "POST",
        "/v1/ask",
        415,
        "media-type",
        {"content": b"{}", "headers": {"Content-Type": "application/json; charset=utf-16"}},
    ),
    (
        "POST",
        "/v1/ask",
        415,
        "media-type",
        {"content": b"{}", "headers": {**JSON, "Content-Encoding": "gzip"}},
    ),
    ("GET", "/v1/documents?limit=0", 422, "invalid", {}),
    ("GET", "/v1/documents?limit=many", 422, "invalid", {}),
    ("GET", "/v1/documents?limit=501", 422, "invalid", {}),
    ("GET", "/v1/documents?page=2", 422, "invalid", {}),
]


def check(response: Any, status: int, kind: str) -> dict[str, Any]:
    """The problem in `response`, which is one of this kind."""
    assert (response.status_code, response.headers["content-type"]) == (
        status,
        "application/problem+json",
    ), response.text
    problem: dict[str, Any] = response.json()
    PROBLEM.validate(problem)
    assert (problem["status"], problem["type"]) == (status, f"urn:footnote-qa:problem:{kind}")
    assert problem["request_id"] == response.headers["x-request-id"]
    leaked = re.search(r"Traceback|\.py\b|site-packages|/home|/srv|" + str(ROOT), response.text)
    assert leaked is None, response.text
    return problem


def name(case: tuple[str, str, int, str, dict[str, Any]]) -> str:
    return f"{case[0]} {case[1]} {case[3]}"


@pytest.mark.parametrize("case", CASES, ids=name)
def test_a_request_that_no_route_takes(client: TestClient, case: Any) -> None:
    method, path, status, kind, sent = case
    problem = check(client.request(method, path, **sent), status, kind)
    assert problem["hint"]


def test_a_method_is_told_what_is_allowed(client: TestClient) -> None:
    assert client.get("/v1/ask").headers["allow"] == "POST"
    assert client.post("/v1/documents").headers["allow"] == "GET"


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        (b"", "not JSON"),
        (b"{", "not JSON"),
        (b'{"question": "Who?"} {}', "not JSON"),
        (b"\xef\xbb\xbf{}", "not JSON"),
        (b'{"question": "\xff"}', "not UTF-8 at byte 14"),
        ('{"question": "Who?"}'.encode("utf-16"), "not UTF-8"),
        (b'{"question": "Who?", "threshold": NaN}', "NaN is no number"),
        (b'{"question": "Who?", "threshold": -Infinity}', "-Infinity is no number"),
        (b'{"question": "Who?", "question": "What?"}', "stands twice"),
        (b'{"question": "Who?", "history": [{"question": "a", "question": "b"}]}', "stands twice"),
        (b'{"question": "Who?", "\\u0071uestion": "What?"}', "stands twice"),
        (b'{"question": "\\ud83d"}', "half a character"),
        (b'{"question": "Who?", "\\udd16\\ud83d": 1}', "half a character"),
        (b"[" * 100_000, "nested too deep"),
        (b'{"a":' * 100_000, "nested too deep"),
        (b'{"question": ' + b"9" * 5_000 + b"}", "too many digits"),
        (b'{"question": "a\nb"}', "not JSON"),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_a_body_that_is_no_json(client: TestClient, body: bytes, detail: str) -> None:
    problem = check(client.post("/v1/ask", content=body, headers=JSON), 400, "malformed")
    assert detail in problem["detail"]
    assert problem["hint"]


@pytest.mark.parametrize(
    ("path", "body", "pointers"),
    [
        ("/v1/ask", "null", [""]),
        ("/v1/ask", "[]", [""]),
        ("/v1/ask", "{}", ["/question"]),
        ("/v1/ask", '{"question": 5}', ["/question"]),
        ("/v1/ask", '{"question": ""}', ["/question"]),
        ("/v1/ask", '{"question": " \\u2003\\n"}', ["/question"]),
        ("/v1/ask", '{"question": "\\u001c\\ufeff"}', ["/question"]),
        ("/v1/ask", json.dumps({"question": "x" * 2_001}), ["/question"]),
        ("/v1/ask", '{"question": "Who?", "机~/": 1}', ["/机~0~1"]),
        ("/v1/ask", '{"question": "Who?", "threshold": "0.5"}', ["/threshold"]),
        ("/v1/ask", '{"question": "Who?", "threshold": 1.01}', ["/threshold"]),
        ("/v1/ask", '{"question": "Who?", "threshold": -1e999}', ["/threshold"]),
        ("/v1/ask", '{"question": "Who?", "threshold": true}', ["/threshold"]),
        ("/v1/ask", '{"question": "Who?", "history": null}', ["/history"]),
        ("/v1/ask", '{"question": "Who?", "history": [5, ""]}', ["/history/0", "/history/1"]),
        ("/v1/ask", '{"question": "Who?", "history": [{}]}', ["/history/0/question"]),
        (
            "/v1/ask",
            '{"question": "Who?", "history": [{"question": "a", "answer": 5}]}',
            ["/history/0/answer"],
        ),
        ("/v1/ask/batch", "{}", ["/questions"]),
        ("/v1/ask/batch", '{"questions": [{}]}', ["/questions/0/id", "/questions/0/question"]),
        (
            "/v1/ask/batch",
            '{"questions": [{"id": 1, "question": "a", "history": [{"question": " "}]}]}',
            ["/questions/0/history/0/question"],
        ),
        ("/v1/search", '{"query": "robots", "passages": 0}', ["/passages"]),
        ("/v1/search", '{"query": "robots", "passages": 101}', ["/passages"]),
        ("/v1/search", '{"query": "robots", "passages": 1.5}', ["/passages"]),
        ("/v1/search", '{"query": "robots", "passages": true}', ["/passages"]),
        ("/v1/search", '{"question": "robots"}', ["/query", "/question"]),
        ("/v1/verify", '{"question": "robots"}', ["/version"]),
        ("/v1/verify", "[]", [""]),
        ("/v1/quote", '{"text": "…!"}', ["/text"]),
        ("/v1/quote", json.dumps({"text": "x" * 20_001}), ["/text"]),
        ("/v1/quote", '{"text": "robots", "doc_id": 5}', ["/doc_id"]),
    ],
)
def test_json_that_is_no_request(
    client: TestClient, path: str, body: str, pointers: list[str]
) -> None:
    problem = check(client.post(path, content=body, headers=JSON), 422, "invalid")
    assert [error["pointer"] for error in problem["errors"]] == pointers
    assert problem["hint"]


def test_a_place_in_an_answer_that_is_none_is_pointed_at(client: TestClient) -> None:
    answer = client.post("/v1/ask", json={"question": SIGNED}).json()
    answer["citations"][0]["start"] = -1
    problem = check(client.post("/v1/verify", json=answer), 422, "invalid")
    assert problem["errors"][0]["pointer"] == "/citations/0/start"
    assert "at least 0" in problem["detail"]


def test_a_quote_in_a_document_that_is_not_there(client: TestClient) -> None:
    body = {"text": "robots", "doc_id": "none.md"}
    check(client.post("/v1/quote", json=body), 404, "not-found")


def test_a_thousand_errors_are_not_all_told(client: TestClient) -> None:
    body = {"question": "Who?", "x" * 10_000: 1, **{f"{n}": n for n in range(1_000)}}
    response = client.post("/v1/ask", json=body)
    problem = check(response, 422, "invalid")
    assert len(problem["errors"]) == 20
    assert "1000 more" in problem["detail"]
    assert len(response.content) < 5_000


@given(st.binary(max_size=40) | st.text(alphabet='{}[]":,\\ud8tfn1e- \x00', max_size=40))
def test_no_body_breaks_it(client: TestClient, body: bytes | str) -> None:
    for path in ("/v1/ask", "/v1/ask/batch", "/v1/search", "/v1/verify", "/v1/quote"):
        response = client.post(path, content=body, headers=JSON)
        assert response.status_code in (400, 422)
        PROBLEM.validate(response.json())


def test_a_mistake_of_ours_tells_nothing_but_its_id(caplog: pytest.LogCaptureFixture) -> None:
    with serving(bot_of(BreakingReader())) as client:
        problem = check(client.post("/v1/ask", json={"question": "A bug?"}), 500, "broken")
        assert problem["hint"]
        batch = {"questions": [{"id": 1, "question": "A bug?"}]}
        check(client.post("/v1/ask/batch", json=batch), 500, "broken")
        assert client.post("/v1/ask", json={"question": SIGNED}).status_code == 200
    logged = next(record for record in caplog.records if record.exc_info)
    assert getattr(logged, "fields")["request_id"] == problem["request_id"]  # noqa: B009
    assert "a mistake in" in (caplog.text)


def test_a_damaged_index_is_told_to_the_operator_alone(caplog: pytest.LogCaptureFixture) -> None:
    with serving(bot_of(BreakingReader())) as client:
        response = client.post("/v1/ask", json={"question": "What damage?"})
        problem = check(response, 503, "not-ready")
    assert "secret" not in response.text
    assert int(response.headers["retry-after"]) > 0
    assert "terms.txt is missing" in caplog.text
    assert problem["hint"]


def test_nothing_is_answered_before_the_models_are_loaded(bot: qa.Bot) -> None:
    client = TestClient(application(bot))  # without its lifetime nothing is ever loaded
    for path, body in (("/v1/ask", {"question": SIGNED}), ("/v1/search", {"query": "robots"})):
        response = client.post(path, json=body)
        check(response, 503, "not-ready")
        assert int(response.headers["retry-after"]) > 0
    check(client.get("/v1/ready"), 503, "not-ready")
    assert client.get("/v1/health").status_code == 200
