"""Bad usage and bad input: a sentence and a hint on standard error, exit code 2, no traceback."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import pytest

import qa
from qa.surfaces.cli.parser import make_parser
from tests.cli.conftest import Cli

COMMANDS = [
    "build",
    "ask",
    "search",
    "info",
    "chat",
    "serve",
    "mcp",
    "verify",
    "quote",
    "certificate",
    "eval",
]


def complained(err: str) -> None:
    """One line that says what is wrong and one that says what to do."""
    assert re.fullmatch(r"qa: [^\n]+\nhint: [^\n]+\n", err), err


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["answer"],
        ["--nonsense"],
        ["ask"],
        ["ask", "Who?", "--batch", "file.jsonl"],
        ["ask", "Who?", "Where?"],
        ["ask", "--batch", "file.jsonl", "--after", "Who?"],
        ["ask", "Who?", "--threshold", "high"],
        ["ask", "Who?", "--threshold", "nan"],
        ["ask", "Who?", "--threshold", "1.1"],
        ["ask", "Who?", "--threshold", "-0.1"],
        ["ask", "Who?", "--json=1"],
        ["build"],
        ["build", "a", "b"],
        ["build", "a", "--passage-tokens", "many"],
        ["build", "a", "--passage-tokens", "15"],
        ["build", "a", "--overlap-sentences", "-1"],
        ["search"],
        ["search", "robots", "--passages", "1.5"],
        ["info", "index"],
        ["chat", "--port", "http"],
        ["serve", "--port", "http"],
        ["serve", "--max-body", "1.5"],
        ["mcp", "--watch", "often"],
        ["mcp", "--watch", "nan"],
        ["mcp", "--port", "8001"],
        ["eval"],
        ["eval", "--questions"],
    ],
    ids=" ".join,
)
def test_bad_usage(cli: Cli, arguments: list[str]) -> None:
    done = cli(*arguments)
    assert (done.code, done.out) == (2, "")
    complained(done.err)


@pytest.mark.parametrize(
    "arguments",
    [
        ["ask", "Who?"],
        ["search", "robots"],
        ["info"],
        ["info", "--check"],
        ["chat", "--port", "0"],
        ["serve", "--port", "0"],
        ["mcp"],
        ["eval", "--questions", "questions.jsonl"],
    ],
    ids=" ".join,
)
def test_a_missing_index(cli: Cli, arguments: list[str], tmp_path: Path) -> None:
    done = cli(*arguments, "--index", tmp_path / "index")
    assert (done.code, done.out) == (2, "")
    complained(done.err)
    assert f"hint: build one: qa build SOURCE --index {tmp_path / 'index'}" in done.err


@pytest.mark.parametrize("name", ["x" * 300, "file", "file/below", "nul\x1b[31m"])
def test_an_impossible_index(cli: Cli, name: str, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for arguments in (["info"], ["ask", "Who?"]):
        done = cli(*arguments, "--index", tmp_path / name)
        assert (done.code, done.out) == (2, "")
        complained(done.err)
        assert "\x1b" not in done.err


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(cli: Cli, command: str) -> None:
    done = cli(command, "--help")
    assert done.code == 0
    assert done.out.startswith(f"usage: qa {command}")


def test_every_option_has_help() -> None:
    parser = make_parser()
    commands = next(a for a in parser._actions if isinstance(a, argparse._SubParsersAction))
    assert list(commands.choices) == COMMANDS
    for name, command in commands.choices.items():
        for action in command._actions:
            told = action.help or action.metavar in ("QUESTION", "QUERY")
            assert told, f"{name}: {action.option_strings or action.dest}"


def test_the_version(cli: Cli) -> None:
    assert cli("--version").out == f"footnote-qa {qa.__version__}\n"


def test_a_file_that_the_system_refuses_is_named_without_a_traceback(
    cli: Cli, built: Path, tmp_path: Path
) -> None:
    (tmp_path / "current").mkdir()
    done = cli("info", "--index", tmp_path)
    assert (done.code, done.out) == (2, "")
    complained(done.err)
    assert str(tmp_path / "current") in done.err
