"""Keys: where they come from, what they open, what stays open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import qa
from qa.errors import InputError
from qa.surfaces.http.keys import keys_in, read_keys
from tests.http.conftest import SIGNED, serving
from tests.http.test_problems import check

KEY, OTHER = "0123456789abcdef", "another-key-of-24-letters"
ROUTES = [
    ("POST", "/v1/ask"),
    ("POST", "/v1/ask/batch"),
    ("POST", "/v1/search"),
    ("POST", "/v1/verify"),
    ("POST", "/v1/quote"),
    ("GET", "/v1/documents"),
    ("GET", "/v1/documents/park.txt"),
    ("GET", "/metrics"),
]


@pytest.fixture(scope="module")
def guarded(bot: qa.Bot) -> Iterator[TestClient]:
    with serving(bot, keys=(KEY, OTHER)) as client:
        yield client


@pytest.mark.parametrize("key", [KEY, OTHER])
def test_each_key_opens(guarded: TestClient, key: str) -> None:
    for headers in (
        {"Authorization": f"Bearer {key}"},
        {"Authorization": f"bearer {key}"},
        {"X-API-Key": key},
        {"X-API-Key": key, "Authorization": f"Bearer {KEY}"},
        {"X-API-Key": key, "Authorization": "Basic dXNlcjpwYXNzd29yZA=="},  # a proxy's own
    ):
        response = guarded.post("/v1/ask", json={"question": SIGNED}, headers=headers)
        assert response.status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-API-Key": ""},
        {"X-API-Key": KEY[:-1]},
        {"X-API-Key": KEY + "0"},
        {"X-API-Key": KEY.upper()},
        {"X-API-Key": b"\xff\x80"},
        {"X-API-Key": f"{KEY} {OTHER}"},
        {"Authorization": KEY},
        {"Authorization": f"Basic {KEY}"},
        {"Authorization": "Bearer"},
        {"Authorization": f"Bearer {KEY}{OTHER}"},
        {"Cookie": f"X-API-Key={KEY}"},
        {"X-API-Key": KEY, "Authorization": "Bearer wrong-wrong-wrong"},
        {"X-API-Key": "wrong-wrong-wrong", "Authorization": f"Bearer {KEY}"},
    ],
    ids=repr,
)
def test_anything_else_is_refused(guarded: TestClient, headers: dict[str, str | bytes]) -> None:
    response = guarded.post(
        "/v1/ask",
        content=b"not even JSON",
        headers=headers,  # type: ignore[arg-type]
    )
    problem = check(response, 401, "no-key")
    assert response.headers["www-authenticate"] == "Bearer"
    assert "X-API-Key" in problem["hint"]
    assert KEY not in response.text


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_every_route_but_two_needs_a_key(guarded: TestClient, method: str, path: str) -> None:
    check(guarded.request(method, path), 401, "no-key")
    opened = guarded.request(method, path, headers={"X-API-Key": KEY})
    assert opened.status_code in (200, 415)


def test_the_state_and_the_description_stay_open(guarded: TestClient) -> None:
    for path in ("/v1/health", "/v1/ready", "/openapi.json"):
        assert guarded.get(path).status_code == 200


def test_the_description_says_where_keys_are_needed(guarded: TestClient) -> None:
    description = guarded.get("/openapi.json").json()
    assert {scheme["type"] for scheme in description["components"]["securitySchemes"].values()} == {
        "http",
        "apiKey",
    }
    for path, operations in description["paths"].items():
        for operation in operations.values():
            needed = path not in ("/v1/health", "/v1/ready")
            assert ("security" in operation) == needed == ("401" in operation["responses"])


def test_without_keys_the_description_asks_for_none(client: TestClient) -> None:
    description = client.get("/openapi.json").json()
    assert "securitySchemes" not in description["components"]
    for operations in description["paths"].values():
        for operation in operations.values():
            assert "security" not in operation
            assert "401" not in operation["responses"]


def test_keys_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    path.write_text(f"# the site\n{KEY}\n\n  {OTHER}  \r\n")
    assert read_keys(path) == (KEY, OTHER)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "holds no key"),
        (b"# nothing\n\n", "holds no key"),
        (f"{KEY}\nshort\n".encode(), "line 2: this cannot be a key"),
        (f"{KEY} and more\n".encode(), "line 1: this cannot be a key"),
        ("schlüssel-schlüssel\n".encode(), "line 1: this cannot be a key"),
        (b"\xff\xfe", "not UTF-8"),
    ],
)
def test_a_file_without_usable_keys(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "keys"
    path.write_bytes(content)
    with pytest.raises(InputError, match=re.escape(str(path))) as error:
        read_keys(path)
    assert said in str(error.value)
    assert "short" not in str(error.value)
    assert error.value.hint


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read: No such file"):
        read_keys(tmp_path / "keys")


def test_a_variable_without_usable_keys_is_named() -> None:
    assert keys_in("", "QA_KEYS") == ()
    with pytest.raises(InputError, match=r"^QA_KEYS: this cannot be a key$"):
        keys_in(f"{KEY} short", "QA_KEYS")
