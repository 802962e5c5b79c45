"""Names in `Host`: a page whose own name points to this machine (DNS rebinding) gets nothing."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest

import qa
from qa.errors import InputError
from qa.surfaces.host_names import host_name
from qa.surfaces.http import Options
from tests.http.conftest import SIGNED, serving
from tests.http.test_problems import check
from tests.http.test_server import started


def asked(client: Any, host: str) -> Any:
    return client.post("/v1/ask", json={"question": SIGNED}, headers={"Host": host})


def test_only_named_hosts_are_answered_for(bot: qa.Bot) -> None:
    with serving(bot, hosts=("testserver", "Answers.example", "[::1]")) as client:
        for host in ("testserver", "answers.example", "ANSWERS.EXAMPLE:8000", "[::1]:80"):
            assert asked(client, host).status_code == 200
        for host in ("evil.example", "answers.example.evil.example", "x@testserver", "", "::1"):
            problem = check(asked(client, host), 421, "host")
            assert "--allow-host" in problem["hint"]
            for path in ("/v1/documents", "/metrics", "/widget.js", "/openapi.json"):
                assert client.get(path, headers={"Host": host}).status_code == 421


def test_two_names_are_none(bot: qa.Bot) -> None:
    with serving(bot, hosts=("testserver",)) as client:
        twice = [("Host", "testserver"), ("Host", "evil.example")]
        assert client.get("/v1/health", headers=twice).status_code == 421


@pytest.mark.parametrize("hosts", [(), ("*",), ("testserver", "*")])
def test_any_if_the_operator_says_so(bot: qa.Bot, hosts: tuple[str, ...]) -> None:
    with serving(bot, hosts=hosts) as client:
        assert asked(client, "evil.example").status_code == 200


@pytest.mark.slow
def test_on_this_machine_alone_the_server_answers_to_no_other_name() -> None:
    with started() as (_, client):
        port = client.base_url.port
        for host in (f"127.0.0.1:{port}", f"localhost:{port}", "localhost", f"[::1]:{port}"):
            assert client.get("/v1/health", headers={"Host": host}).status_code == 200
        check(client.get("/v1/health", headers={"Host": f"evil.example:{port}"}), 421, "host")
        httpx2.get(client.base_url.join("/v1/health")).raise_for_status()


@pytest.mark.slow
def test_a_proxy_may_be_named() -> None:
    with started("named") as (_, client):
        for host in ("answers.example", "localhost"):
            assert client.get("/v1/health", headers={"Host": host}).status_code == 200
        assert client.get("/v1/health", headers={"Host": "evil.example"}).status_code == 421


@pytest.mark.parametrize(
    "host", ["", "http://a.example", "a.example:80", "a example", "a/b", "::1"]
)
def test_what_is_no_host(host: str) -> None:
    with pytest.raises(InputError, match="is no name of a host") as error:
        Options(hosts=(host,))
    assert error.value.hint


@pytest.mark.parametrize(
    ("authority", "name"),
    [
        ("a.example", "a.example"),
        ("A.example:80", "a.example"),
        ("[FE80::1]:8000", "[fe80::1]"),
        ("a.example:http", ""),
        ("a.example:", ""),
        ("[::1", ""),
        ("a.example, b.example", ""),
    ],
)
def test_the_host_of_an_authority(authority: str, name: str) -> None:
    assert host_name(authority) == name
