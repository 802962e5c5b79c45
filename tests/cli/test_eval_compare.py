"""`qa eval --baseline`, its other outputs, and `compare`: 1 where it got worse."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qa.evaluation.gate import report_json
from qa.evaluation.report import Report
from tests.cli.conftest import Cli
from tests.evaluation.outcomes import outcome, report, scored

QUESTIONS = [
    {
        "id": f"q{number}",
        "question": asked,
        "answers": ["530"] if number < 6 else ["531"],
        "doc_ids": ["expo.md"],
    }
    for number, asked in enumerate(["The 2019 expo signed how many projects?"] * 8)
]


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    path = tmp_path / "questions.jsonl"
    path.write_text("\n".join(map(json.dumps, QUESTIONS)), encoding="utf-8")
    return path


def written(path: Path, content: Report) -> Path:
    path.write_text(report_json(content), encoding="utf-8")
    return path


def test_compare_exits_with_1_where_it_got_worse(cli: Cli, tmp_path: Path) -> None:
    good = written(tmp_path / "good.json", scored(*[1] * 12))
    bad = written(tmp_path / "bad.json", scored(*[1] * 4, *[0] * 8))
    assert cli("eval", "compare", good, good).code == 0
    assert cli("eval", "compare", bad, good).code == 0
    done = cli("eval", "compare", good, bad, "--json", tmp_path / "out.json")
    assert done.code == 1
    assert "Newly wrong: 8" in done.out
    record = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert len(record["newly_wrong"]) == 8


def test_options_before_a_command_are_refused_not_forgotten(cli: Cli, tmp_path: Path) -> None:
    good = written(tmp_path / "good.json", scored(1, 1))
    for option in ("--json", "--html", "--questions", "--mode=open", "--sample=1"):
        value = [] if "=" in option else [tmp_path / "out"]
        done = cli("eval", option, *value, "compare", good, good)
        assert done.code == 2
        name = option.partition("=")[0]
        assert done.err.startswith(f"qa: options of 'compare' go behind its name: {name} ")


def test_reports_that_cannot_be_compared_are_told(cli: Cli, tmp_path: Path) -> None:
    good = written(tmp_path / "good.json", scored(1, 1))
    other = written(tmp_path / "other.json", report(outcome("x")))
    (tmp_path / "bad.json").write_text("{}")
    for arguments in (
        [good],
        [good, other],
        [good, tmp_path / "missing.json"],
        [tmp_path / "bad.json", good],
        [good, good, "--json", tmp_path / "missing" / "out.json"],
    ):
        done = cli("eval", "compare", *arguments)
        assert (done.code, done.out) == (2, "")
        assert "\nhint: " in done.err


@pytest.mark.real
def test_a_run_is_held_against_an_earlier_one(
    cli: Cli, built: Path, questions: Path, tmp_path: Path
) -> None:
    evaluate = ["eval", "--questions", questions, "--index", built]
    first, page, units = tmp_path / "1.json", tmp_path / "1.html", tmp_path / "1.xml"
    outputs = ["--json", first, "--html", page, "--junit", units]
    assert cli(*evaluate, *outputs).code == 0
    assert "<html" in page.read_text(encoding="utf-8")
    assert "<testsuite" in units.read_text(encoding="utf-8")
    done = cli(*evaluate, "--baseline", first, "--json", tmp_path / "2.json")
    assert done.code == 0
    assert "Compared with the baseline:" in done.out
    assert "Newly wrong: 0\nNewly right: 0" in done.out
    one, two = (
        json.loads(path.read_text(encoding="utf-8")) for path in (first, tmp_path / "2.json")
    )
    del one["timing"], two["timing"]
    assert one == two

    worse = [{**line, "answers": ["531"]} for line in QUESTIONS]
    questions.write_text("\n".join(map(json.dumps, worse)), encoding="utf-8")
    done = cli(*evaluate, "--baseline", first)
    assert done.code == 1
    assert "Newly wrong: 6" in done.out
    assert "6 questions have other words or other gold answers now" in done.out
    assert "A significant drop." in done.out


@pytest.mark.real
def test_what_is_at_fault_is_told_before_anything_is_asked(
    cli: Cli, built: Path, questions: Path, tmp_path: Path
) -> None:
    (tmp_path / "bad.json").write_text("[]")
    strange = written(tmp_path / "strange.json", report(outcome("x")))
    for option, path in (
        ("--baseline", tmp_path / "missing.json"),
        ("--baseline", tmp_path / "bad.json"),
        ("--baseline", strange),
        ("--junit", tmp_path / "missing" / "r.xml"),
        ("--html", tmp_path),
    ):
        done = cli("eval", "--questions", questions, "--index", built, option, path)
        assert (done.code, done.out) == (2, ""), option
        assert "\nhint: " in done.err
