"""docs/http.md tells the truth: its requests are sent, and what they print is what it shows."""

from __future__ import annotations

import json
import re
import runpy
import shlex
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

import qa
from qa.surfaces.http import application
from qa.surfaces.http.problems import KINDS
from tests.conftest import ROOT
from tests.http.conftest import bot_of, running
from tests.pages import assert_shown

PAGE = (ROOT / "docs/http.md").read_text("utf-8")
SHOWN = "http://localhost:8000"
EXAMPLES = [
    (command.replace("\\\n", " "), output)
    for command, output in re.findall(r"```console\n\$ (curl .*?)\n(\{\n.*?)```", PAGE, re.DOTALL)
]


@pytest.fixture(scope="module")
def where(real_bot: qa.Bot) -> Iterator[str]:
    """The address of a server that asks the bundled articles."""
    with running(real_bot) as url:
        yield url


def sent(command: str, where: str) -> httpx2.Response:
    """The response to a `curl` command as the page has them."""
    _, *words = shlex.split(command)
    url, headers, body = "", {}, None
    while words:
        match words.pop(0):
            case "-s":
                continue
            case "-H":
                name, _, value = words.pop(0).partition(": ")
                headers[name] = value
            case "-d":
                body = words.pop(0).encode()
            case word:
                assert word.startswith(SHOWN), f"the test does not know {word}"
                url = word.replace(SHOWN, where)
    method = "GET" if body is None else "POST"
    return httpx2.request(method, url, headers=headers, content=body, timeout=60)


def test_there_are_examples() -> None:
    assert len(EXAMPLES) == PAGE.count("```console") > 5


@pytest.mark.real
@pytest.mark.parametrize(("command", "output"), EXAMPLES, ids=range(len(EXAMPLES)))
def test_an_example_prints_what_is_shown(where: str, command: str, output: str) -> None:
    response = sent(command, where)
    printed = json.dumps(response.json(), indent=4, ensure_ascii=False) + "\n"
    assert_shown(output, printed)


@pytest.mark.real
def test_the_client_runs(where: str, tmp_path: Path) -> None:
    """The block runs as it stands, its own assertion included."""
    block = re.search(r"```python\n(.*?)```", PAGE, re.DOTALL)
    assert block is not None
    script = tmp_path / "client.py"
    script.write_text(block[1].replace(SHOWN, where), "utf-8")
    ran = runpy.run_path(str(script))
    assert "530" in ran["answer"]["answer"]
    wrong = {**ran["answer"]["citations"][0], "start": 0}
    assert not ran["holds"](wrong)


def test_every_problem_is_listed() -> None:
    listed = re.findall(r"^\| (\d+) \| `([a-z-]+)` \|", PAGE, re.MULTILINE)
    assert {int(status): kind for status, kind in listed} == {
        status: kind for status, (kind, _) in KINDS.items()
    }


def test_every_route_is_listed() -> None:
    listed = set(re.findall(r"`((?:GET|POST) /[^`]+)`", PAGE.split("## Ask")[0]))
    paths = application(bot_of()).openapi()["paths"]
    described = {f"{method.upper()} {path}" for path in paths for method in paths[path]}
    assert listed == described | {"GET /openapi.json", "GET /widget.js"}
