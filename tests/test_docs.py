"""What the documentation tells people to write works: YAML, TOML, questions and commands."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from qa.evaluation.questions import load_questions, parse_question
from qa.evaluation.thresholds import load_thresholds
from qa.surfaces.cli.parser import make_parser
from tests.conftest import ROOT

PAGES = [ROOT / "docs" / "ci.md", ROOT / "docs" / "evaluation.md", ROOT / "eval" / "README.md"]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


def fenced(page: Path, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", page.read_text("utf-8"), re.DOTALL)


def indented(page: Path) -> Iterator[str]:
    """Every indented line of code."""
    bare = re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)
    yield from (line.strip() for line in bare.splitlines() if line.startswith("    "))


def steps(text: str) -> list[dict[str, Any]]:
    """The steps of a workflow, or of a piece of one."""
    loaded = yaml.safe_load(text)
    if isinstance(loaded, list):
        return loaded
    assert True in loaded or "on" in loaded  # to YAML 1.1, "on" is true
    return [step for job in loaded["jobs"].values() for step in job["steps"]]


def commands(page: Path) -> Iterator[list[str]]:
    """The words of every command that a page shows, as the shell parts them."""
    lines = list(indented(page))
    for block in fenced(page, "yaml"):
        lines += [line for step in steps(block) for line in step.get("run", "").splitlines()]
    for line in lines:
        if re.match(r"(qa|pytest|python -m eval)( |$)", line):
            yield shlex.split(line, comments=True)


@each_page
def test_every_command_is_one(page: Path, pytestconfig: pytest.Config) -> None:
    found = list(commands(page))
    assert found
    for words in found:
        if words[0] == "pytest":
            for word in words:
                if word.startswith("--qa-"):
                    assert pytestconfig.getoption(word.partition("=")[0]) is None
        else:
            arguments = words[1:] if words[0] == "qa" else ["eval", *words[3:]]
            assert make_parser().parse_args(arguments).run


def test_every_workflow_has_steps_that_do_something() -> None:
    texts = [*fenced(PAGES[0], "yaml"), *(path.read_text("utf-8") for path in WORKFLOWS)]
    assert len(texts) == 2 + len(WORKFLOWS)
    for text in texts:
        for step in steps(text):
            assert ("run" in step) != ("uses" in step)
            assert re.fullmatch(r"[\w-]+/[\w-]+@v\d+", step.get("uses", "a/b@v1"))


def test_every_file_that_is_shown_is_read(tmp_path: Path) -> None:
    (toml,) = fenced(PAGES[0], "toml")
    (tmp_path / "thresholds.toml").write_text(toml, "utf-8")
    assert len(load_thresholds(tmp_path / "thresholds.toml")) == 3
    (questions,) = fenced(PAGES[0], "json")
    (tmp_path / "questions.jsonl").write_text(questions, "utf-8")
    assert len(load_questions(tmp_path / "questions.jsonl")) == 2
    for line in indented(ROOT / "eval" / "README.md"):
        if line.startswith('{"id"'):
            parse_question(json.loads(line))


def test_our_own_workflow_keeps_the_report() -> None:
    kept = [
        step["with"]["path"]
        for path in WORKFLOWS
        for step in steps(path.read_text("utf-8"))
        if "upload-artifact" in step.get("uses", "")
    ]
    assert kept == ["reports/"]
