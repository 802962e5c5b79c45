"""The service as a process: it says where it is, ends in order, and writes nothing but JSON."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import httpx2
import pytest

from qa.errors import InputError
from qa.surfaces.http.server import serve
from qa.surfaces.serving import is_loopback, listen
from tests.conftest import ROOT
from tests.http.conftest import bot_of


@contextmanager
def started(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], httpx2.Client]]:
    """The process and a client of it, which is ready."""
    command = [sys.executable, "-m", "tests.http.served", *arguments]
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        said = process.stdout.readline()
        where = re.search(r"http://127\.0\.0\.1:\d+", said)
        assert where is not None, said
        with httpx2.Client(base_url=where[0], timeout=30) as client:
            while client.get("/v1/ready").status_code != 200:
                time.sleep(0.01)
            yield process, client
    finally:
        process.kill()
        process.communicate()


def ask(client: httpx2.Client, seconds: float) -> Any:
    return client.post("/v1/ask", json={"question": f"Robots danced {seconds}"})


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT], ids=lambda how: how.name)
def test_requests_under_way_are_answered_before_the_end(how: signal.Signals) -> None:
    with started() as (process, client), ThreadPoolExecutor(1) as threads:
        asked = threads.submit(ask, client, 1.5)
        while "qa_http_in_flight 2.0" not in client.get("/metrics").text:
            time.sleep(0.01)
        process.send_signal(how)
        assert asked.result(20).status_code == 200
        out, err = process.communicate(timeout=20)
    assert process.returncode == 0
    assert out == "ended in order\n"
    lines = [json.loads(line) for line in err.splitlines()]
    assert [line["status"] for line in lines if line.get("route") == "/v1/ask"] == [200]


@pytest.mark.slow
def test_the_end_is_not_waited_for_without_end() -> None:
    with started("hasty") as (process, client), ThreadPoolExecutor(1) as threads:
        asked = threads.submit(ask, client, 6)
        while "qa_http_in_flight 2.0" not in client.get("/metrics").text:
            time.sleep(0.01)
        process.send_signal(signal.SIGTERM)
        with pytest.raises(httpx2.HTTPError):
            asked.result(20).raise_for_status()
        process.communicate(timeout=20)


@pytest.mark.slow
def test_a_client_that_sends_anything_else_than_http_harms_nobody() -> None:
    with started() as (process, client):
        port = client.base_url.port
        assert port is not None
        for sent in (
            b"\x00\xff" * 50_000,
            b"GET / HTTP/1.1\r\nX: " + b"x" * 100_000,
            b"POST /v1/ask HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
            b"POST /v1/ask HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            b"POST /v1/ask HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
            b"POST /v1/ask HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            b"Content-Length: 99\r\n\r\n{",
        ):
            with socket.create_connection(("127.0.0.1", port)) as connection:
                try:
                    connection.sendall(sent)
                    connection.shutdown(socket.SHUT_WR)
                    connection.settimeout(20)
                    connection.recv(100)
                except ConnectionError:
                    continue  # it may be cut off before it has sent all
        assert ask(client, 0).status_code == 200
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=20)
    assert "Traceback" not in err
    for line in err.splitlines():
        json.loads(line)


@pytest.mark.slow
def test_a_proxy_may_serve_it_below_a_path() -> None:
    """The proxy takes the path away, the description puts it before the routes."""
    with started("proxied") as (_, client):
        assert ask(client, 0).status_code == 200
        assert client.get("/openapi.json").json()["servers"] == [{"url": "/answers"}]
        assert client.get("/v1/documents/park.txt").json()["id"] == "park.txt"
        assert 'route="/v1/ask"' in client.get("/metrics").text


@pytest.mark.slow
def test_models_that_cannot_be_loaded_end_the_service_with_their_error() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.http.served", "unloadable"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 1
    assert "IndexDamagedError: the model is cut short" in done.stderr.splitlines()[-1]


def test_a_taken_port_is_an_error_that_says_what_to_do() -> None:
    with listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(InputError, match=f"port {port}: another program listens") as error:
            serve(bot_of(), port=port)
    assert "--port" in error.value.hint


@pytest.mark.parametrize(("host", "alone"), [("127.0.0.1", True), ("0.0.0.0", False)])
def test_who_can_reach_an_address(host: str, alone: bool) -> None:
    with listen(host, 0) as listener:
        assert is_loopback(listener) is alone
