"""`qa mcp`: what is refused before it serves."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from qa.surfaces.cli import main
from tests.conftest import ROOT


def refused(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    """What a command says that ends with 2: a line and a hint, on standard error alone."""
    assert main(["mcp", *map(str, arguments)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert re.fullmatch(r"qa: [^\n]+\nhint: [^\n]+\n", said.err), said.err
    return said.err


@pytest.mark.parametrize("option", ["--host=127.0.0.1", "--port=1", "--allow-host=a.example"])
def test_options_of_http_need_http(capsys: pytest.CaptureFixture[str], option: str) -> None:
    assert "hint: add --http" in refused(capsys, option)


@pytest.mark.parametrize("seconds", ["-1", "nan", "inf"])
def test_seconds_that_cannot_be_waited(capsys: pytest.CaptureFixture[str], seconds: str) -> None:
    assert "--watch 0" in refused(capsys, "--watch", seconds)


def test_there_must_be_an_index(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    for http in ([], ["--http", "--port=0"]):
        assert "build one: qa build" in refused(capsys, "--index", tmp_path / "index", *http)


@pytest.mark.real
@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ("--host 0.0.0.0 --port 0", "--allow-host answers.example"),
        ("--allow-host http://a.example", "without scheme and port"),
        ("--allow-host *", "without scheme and port"),
        ("--allow-host=", "without scheme and port"),
        ("--port 70000", "ports end at"),
    ],
)
def test_addresses_that_cannot_be_served(
    capsys: pytest.CaptureFixture[str], real_index: Path, arguments: str, told: str
) -> None:
    assert told in refused(capsys, "--index", real_index, "--http", *arguments.split())


def test_every_option_is_documented_and_the_other_way_round(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit):
        main(["mcp", "--help"])
    usage = capsys.readouterr().out.split("options:")[1]
    options = set(re.findall(r"^ +(?:-h, )?(--[a-z-]+)", usage, re.MULTILINE)) - {"--help"}
    page = (ROOT / "docs" / "mcp.md").read_text("utf-8")
    assert options == set(re.findall(r"^\| `(--[a-z-]+)", page, re.MULTILINE))
