"""Other sites' pages: no browser lets them read answers, but those that were named."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

import qa
from tests.http.conftest import SIGNED, bot_of, serving
from tests.http.readers import BreakingReader
from tests.http.test_keys import KEY
from tests.http.test_problems import check

FRIEND, STRANGER = "https://example.org", "https://example.org.evil.example"
PREFLIGHT = {"Access-Control-Request-Method": "POST"}


@pytest.fixture(scope="module")
def allowing(bot: qa.Bot) -> Iterator[TestClient]:
    with serving(bot, origins=(FRIEND, "http://localhost:8080"), keys=(KEY,)) as client:
        yield client


def asked(client: TestClient, origin: str) -> str | None:
    headers = {"Origin": origin, "X-API-Key": KEY}
    response = client.post("/v1/ask", json={"question": SIGNED}, headers=headers)
    assert response.status_code == 200
    assert "access-control-allow-credentials" not in response.headers
    return response.headers.get("access-control-allow-origin")


def test_by_default_no_page_may_read(client: TestClient) -> None:
    assert asked(client, FRIEND) is None
    refused = client.options("/v1/ask", headers={"Origin": FRIEND, **PREFLIGHT})
    check(refused, 405, "method")
    assert "access-control-allow-origin" not in refused.headers


def test_a_named_origin_may_read(allowing: TestClient) -> None:
    assert asked(allowing, FRIEND) == FRIEND
    assert asked(allowing, "http://localhost:8080") == "http://localhost:8080"


@pytest.mark.parametrize("origin", [STRANGER, "http://example.org", "null", FRIEND + ":8443"])
def test_no_other_may(allowing: TestClient, origin: str) -> None:
    assert asked(allowing, origin) is None
    refused = allowing.options("/v1/ask", headers={"Origin": origin, **PREFLIGHT})
    check(refused, 400, "malformed")
    assert "access-control-allow-origin" not in refused.headers


def test_a_named_origin_is_asked_about_first_and_needs_no_key_for_that(
    allowing: TestClient,
) -> None:
    wanted = {"Access-Control-Request-Headers": "authorization,content-type,x-request-id"}
    response = allowing.options("/v1/ask", headers={"Origin": FRIEND, **PREFLIGHT, **wanted})
    assert response.status_code == 200
    assert response.headers["access-control-allow-origin"] == FRIEND
    assert "POST" in response.headers["access-control-allow-methods"]
    assert "authorization" in response.headers["access-control-allow-headers"].lower()


def test_a_page_can_read_a_problem_too(allowing: TestClient) -> None:
    response = allowing.post("/v1/ask", json={"question": SIGNED}, headers={"Origin": FRIEND})
    check(response, 401, "no-key")
    assert response.headers["access-control-allow-origin"] == FRIEND
    assert "X-Request-ID" in response.headers["access-control-expose-headers"]


def test_a_page_can_read_of_a_mistake_of_ours() -> None:
    with serving(bot_of(BreakingReader()), origins=(FRIEND,)) as client:
        response = client.post("/v1/ask", json={"question": "a bug?"}, headers={"Origin": FRIEND})
        check(response, 500, "broken")
        assert response.headers["access-control-allow-origin"] == FRIEND


def test_all_origins_if_the_operator_says_so(bot: qa.Bot) -> None:
    with serving(bot, origins=("*",)) as client:
        assert asked(client, STRANGER) == "*"
