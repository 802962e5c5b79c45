"""`qa eval lint`, `stamp`, `suggest` and `new`."""

from __future__ import annotations

import argparse
import io
import json
from pathlib import Path
from typing import Any

import pytest

from qa.evaluation.questions import load_questions
from qa.surfaces.cli.parser import make_parser
from tests.cli.conftest import Cli

GOOD = {"id": "q1", "question": "How many?", "answers": ["530"], "doc_ids": ["expo.md"]}
# `built` is made by the command, with the real encoder.
real = pytest.mark.real


def write(path: Path, *lines: object) -> Path:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def read(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_every_command_below_has_help(cli: Cli) -> None:
    commands = next(
        action
        for action in make_parser()._actions
        if isinstance(action, argparse._SubParsersAction)
    )
    below = next(
        action
        for action in commands.choices["eval"]._actions
        if isinstance(action, argparse._SubParsersAction)
    )
    assert list(below.choices) == [
        "compare",
        "sweep",
        "lint",
        "stamp",
        "suggest",
        "new",
        "from-feedback",
    ]
    for name, command in below.choices.items():
        assert cli("eval", name, "--help").out.startswith(f"usage: qa eval {name}")
        for action in command._actions:
            assert action.help, f"{name}: {action.dest}"
    assert cli("eval", "answer").code == 2


def test_lint_names_every_bad_line(cli: Cli, tmp_path: Path) -> None:
    done = cli("eval", "lint", write(tmp_path / "good.jsonl", GOOD))
    assert (done.code, done.err) == (0, "")
    assert "1 questions, 1 with an answer, 0 tied" in done.out
    bad = write(tmp_path / "bad.jsonl", GOOD, GOOD, {"id": "\x1b[31m"}, {**GOOD, "draft": True})
    done = cli("eval", "lint", bad)
    assert (done.code, done.out) == (2, "")
    for number in (2, 3, 4):
        assert f"bad.jsonl, line {number}: " in done.err
    assert "\nhint: " in done.err
    assert "\x1b" not in done.err
    assert cli("eval", "lint", tmp_path / "missing.jsonl").code == 2


@real
def test_stamp_ties_what_stands_and_names_what_does_not(
    cli: Cli, built: Path, tmp_path: Path
) -> None:
    lost = {**GOOD, "id": "q2", "answers": ["531"]}
    path = write(tmp_path / "q.jsonl", {**GOOD, "note": 1}, lost)
    done = cli("eval", "stamp", path, "--index", built)
    assert done.code == 0
    assert "question q2: no place in expo.md holds an answer" in done.err
    (tied, untied) = map(json.loads, done.out.splitlines())
    assert tied["gold"][0]["answer"] == "530"
    assert (tied["note"], untied) == (1, lost)
    assert cli("eval", "stamp", path, "--index", built, "--out", path).out == ""
    assert read(path) == [tied, untied]
    assert [question.gold != () for question in load_questions(path)] == [True, False]
    assert not [other for other in tmp_path.iterdir() if other != path]


@real
def test_suggest_writes_drafts_that_nothing_takes(cli: Cli, built: Path, tmp_path: Path) -> None:
    out = tmp_path / "drafts.jsonl"
    done = cli("eval", "suggest", "--index", built, "--count", "2", "--out", out)
    assert (done.code, done.out) == (0, "")
    assert "2 drafts" in done.err
    assert [line["draft"] for line in read(out)] == [True, True]
    done = cli("eval", "--questions", out, "--index", built)
    assert done.code == 2
    assert "a draft: reword its question" in done.err
    accepted = [{k: v for k, v in line.items() if k != "draft"} for line in read(out)]
    assert cli("eval", "lint", write(tmp_path / "q.jsonl", *accepted)).code == 0
    printed = cli("eval", "suggest", "--index", built, "--count", "2").out
    assert not any(sign in printed for sign in "\x1b\x9b\u2028")
    assert [json.loads(line) for line in printed.splitlines()] == read(out)
    for arguments in (["--out", out], ["--count", "0"], ["--out", tmp_path / "none" / "x"]):
        assert cli("eval", "suggest", "--index", built, *arguments).code == 2


@real
def test_new_records_what_is_typed(
    cli: Cli, built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "mine.jsonl"
    out.write_text(json.dumps(GOOD), encoding="utf-8")  # without a line end
    # Whichever passage comes up, only the one about the park says 2018; others are left again.
    typed = "When did it open?\n2018\n\n" * 9
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    done = cli("eval", "new", "--index", built, "--out", out, "--seed", "3", "--split", "dev")
    assert done.code == 0
    assert "\x1b" not in done.out
    first, made = load_questions(out)
    assert (first.id, made.id, made.split) == ("q1", "q2", "dev")
    assert (made.answers, made.doc_ids) == (("2018",), ("park.txt",))
    assert "kept as q2" in done.out
    assert cli("eval", "stamp", out, "--index", built).code == 0
    for bad in (tmp_path / "none" / "x.jsonl", tmp_path / "x.jsonl.gz", tmp_path):
        assert cli("eval", "new", "--index", built, "--out", bad).code == 2
    (tmp_path / "bad.jsonl").write_text("{")
    assert cli("eval", "new", "--index", built, "--out", tmp_path / "bad.jsonl").code == 2
