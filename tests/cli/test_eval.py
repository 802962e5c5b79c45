"""`qa eval --questions FILE`: 0 where the thresholds are reached, 1 where not, 2 for bad input."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Cli

pytestmark = pytest.mark.real

QUESTION = {
    "id": "q1",
    "question": "The 2019 expo signed how many projects?",
    "answers": ["530"],
    "doc_ids": ["expo.md"],
    "kind": "number",
    "split": "test",
}


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    path = tmp_path / "questions.jsonl"
    path.write_text(json.dumps(QUESTION) + "\n", encoding="utf-8")
    return path


def thresholds(folder: Path, line: str) -> Path:
    path = folder / "thresholds.toml"
    path.write_text(f"[overall]\n{line}\n", encoding="utf-8")
    return path


def test_exit_codes_follow_the_thresholds(
    cli: Cli, built: Path, questions: Path, tmp_path: Path
) -> None:
    evaluate = ["eval", "--questions", questions, "--index", built]
    assert cli(*evaluate).code == 0
    assert cli(*evaluate, "--thresholds", thresholds(tmp_path, "right = 0.0")).code == 0
    questions.write_text(json.dumps({**QUESTION, "answers": ["531"]}), encoding="utf-8")
    done = cli(*evaluate, "--thresholds", thresholds(tmp_path, "right = 0.5"))
    assert done.code == 1
    assert "right is 0.0000, at least 0.5000 is needed" in done.out
    report = tmp_path / "report.json"
    assert cli(*evaluate, "--json", report).code == 0
    assert json.loads(report.read_text(encoding="utf-8"))["run"]["questions"] == questions.name


def test_bad_input_is_told(cli: Cli, built: Path, questions: Path, tmp_path: Path) -> None:
    evaluate = ["eval", "--index", built, "--questions"]
    (tmp_path / "bad.jsonl").write_text("{}\n")
    for arguments in (
        [tmp_path / "missing.jsonl"],
        [tmp_path],
        [tmp_path / "bad.jsonl"],
        [questions, "--split", "nowhere"],
        [questions, "--thresholds", tmp_path / "missing.toml"],
        [questions, "--json", tmp_path / "missing" / "report.json"],
        [questions, "--json", tmp_path],
    ):
        done = cli(*evaluate, *arguments)
        assert done.code == 2, arguments
        assert done.err.startswith("qa: ")
        assert "\nhint: " in done.err
