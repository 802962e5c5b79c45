"""Standard input and output, and HTTP: with the SDK's own client, and byte by byte."""

from __future__ import annotations

import asyncio
import json
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest
from mcp import Client, StdioServerParameters

import qa
from qa.present import answer_to_dict
from qa.surfaces.mcp.transports import BODY_BYTES
from tests.conftest import ROOT
from tests.fakes import WordEncoder
from tests.http.conftest import SIGNED, bot_of
from tests.mcp.clients import MODES, call, talk, text_of, value_of
from tests.mcp.served import NOISE
from tests.readers import OverlapReader

SERVED = [sys.executable, "-m", "tests.mcp.served"]
OVER_STDIO = StdioServerParameters(command=SERVED[0], args=SERVED[1:], cwd=ROOT)
HELLO = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "test", "version": "1"},
    },
}
ASK = {
    "jsonrpc": "2.0",
    "id": 2,
    "method": "tools/call",
    "params": {"name": "ask", "arguments": {"question": SIGNED}},
}
ACCEPT = {"Accept": "application/json, text/event-stream"}


@contextmanager
def running(*command: str, **pipes: Any) -> Iterator[subprocess.Popen[str]]:
    """A process that ends with the block, if not before."""
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **pipes
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """Where a server in another process answers."""
    with running(*SERVED, "--http") as process:
        assert process.stdout is not None
        found = re.search(r"http://127\.0\.0\.1:\d+/mcp", process.stdout.readline())
        assert found is not None
        yield found[0]


@pytest.mark.slow
@pytest.mark.parametrize("mode", MODES)
def test_over_stdio_it_is_all_the_same(mode: str) -> None:
    async def work(client: Client) -> list[Any]:
        listed = (await client.list_resources()).resources
        return [
            await client.call_tool("ask", {"question": SIGNED}),
            await client.call_tool("ask", {"question": ""}),
            (await client.read_resource(listed[0].uri)).contents[0],
        ]

    answer, failed, contents = talk(OVER_STDIO, work, mode)
    bot = bot_of()
    assert value_of(answer) == answer_to_dict(bot.ask(SIGNED))
    assert failed.is_error
    assert text_of(failed).startswith("the question is empty\nhint: ")
    assert contents.text == bot.documents["expo/2019.md"].text


@pytest.mark.slow
def test_over_stdio_nothing_but_the_protocol_is_on_standard_output() -> None:
    messages = [HELLO, {"jsonrpc": "2.0", "method": "notifications/initialized"}, ASK]
    lines = [*map(json.dumps, messages), "no JSON", '{"jsonrpc": "2.0", "id": 3, "method": "x"}']
    with running(*SERVED, stdin=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write("\n".join(lines) + "\n")
        process.stdin.flush()
        said = [process.stdout.readline() for _ in range(3)]
        rest, log = process.communicate(timeout=60)
    replies = [json.loads(line) for line in [*said, *rest.splitlines()]]
    assert all(reply["jsonrpc"] == "2.0" for reply in replies)
    assert {1, 2, 3} <= {reply.get("id") for reply in replies}
    assert NOISE in log
    assert process.returncode == 0
    for line in log.splitlines():
        assert line == NOISE or json.loads(line)["level"]
    assert SIGNED not in log


@pytest.mark.slow
def test_over_stdio_it_can_be_interrupted_while_it_waits() -> None:
    with running(*SERVED, stdin=subprocess.PIPE) as process:
        assert process.stderr is not None
        while '"ready"' not in process.stderr.readline():
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        process.wait(timeout=30)
    assert process.returncode == -signal.SIGINT


@pytest.mark.slow
@pytest.mark.parametrize("mode", MODES)
def test_over_http_it_is_all_the_same(url: str, mode: str) -> None:
    assert value_of(call(url, "ask", mode, question=SIGNED)) == answer_to_dict(bot_of().ask(SIGNED))
    assert call(url, "ask", mode, question="").is_error


@pytest.mark.slow
@pytest.mark.parametrize("mode", MODES)
def test_over_http_clients_do_not_wait_for_each_other(url: str, mode: str) -> None:
    async def ask(client: Client) -> set[str]:
        asked = (client.call_tool("ask", {"question": SIGNED}) for _ in range(10))
        return {value_of(each)["answer"] for each in await asyncio.gather(*asked)}

    assert talk(url, ask, mode) == {bot_of().ask(SIGNED).text}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "localhost:8001"}, 200),
        ({"Host": "[::1]"}, 200),
        ({"Origin": "http://localhost:3000"}, 200),
        ({"Host": "evil.example"}, 421),
        ({"Host": "127.0.0.1.evil.example"}, 421),
        ({"Host": "localhost.evil.example:8001"}, 421),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "http://localhost.evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Content-Type": "text/plain"}, 400),
    ],
)
def test_over_http_it_serves_this_machine_alone(
    url: str, headers: dict[str, str], status: int
) -> None:
    kind = {"Content-Type": "application/json"}
    response = httpx2.post(url, content=json.dumps(HELLO), headers=kind | ACCEPT | headers)
    assert response.status_code == status
    assert (status == 200) == ("footnote" in response.text)


@pytest.mark.slow
def test_over_http_a_body_has_a_limit(url: str) -> None:
    body = json.dumps(HELLO | {"padding": "x" * BODY_BYTES})
    kind = {"Content-Type": "application/json"}
    assert httpx2.post(url, content=body, headers=kind | ACCEPT).status_code == 413


@pytest.mark.slow
def test_over_http_being_terminated_is_an_ordinary_end() -> None:
    with running(*SERVED, "--http") as process:
        assert process.stdout is not None
        found = re.search(r"http:\S+", process.stdout.readline())
        assert found is not None
        assert talk(found[0], lambda client: client.list_tools()).tools
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)
    assert process.returncode == 0


def test_a_newer_index_is_taken_up(tmp_path: Path) -> None:
    def build(*texts: str) -> None:
        qa.build(texts, tmp_path, encoder=WordEncoder(), reader=OverlapReader())

    async def wait_for_two(client: Client) -> None:
        build("Robots danced.", "Drones flew.")
        async with asyncio.timeout(30):
            while len((await client.list_resources()).resources) < 2:
                await asyncio.sleep(0.01)

    from qa.surfaces.mcp import server

    build("Robots danced.")
    bot = qa.open(tmp_path, encoder=WordEncoder(), reader=OverlapReader())
    talk(server(bot, watch_seconds=0.01), wait_for_two)


@pytest.mark.real
@pytest.mark.slow
@pytest.mark.parametrize("transport", ["stdio", "http"])
def test_the_command_serves_an_index(real_index: Path, real_bot: qa.Bot, transport: str) -> None:
    question = "How many projects were signed at the 2019 expo?"
    arguments = ["-m", "qa", "mcp", "--index", str(real_index)]
    if transport == "stdio":
        parameters = StdioServerParameters(command=sys.executable, args=arguments, cwd=ROOT)
        answer = value_of(call(parameters, "ask", question=question))
    else:
        with running(sys.executable, *arguments, "--http", "--port", "0") as process:
            assert process.stdout is not None
            found = re.search(r"http:\S+", process.stdout.readline())
            assert found is not None
            answer = value_of(call(found[0], "ask", question=question))
    assert answer == answer_to_dict(real_bot.ask(question))
