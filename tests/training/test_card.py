"""The model card says what the run and the measurements say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from training.card import card, main, read_log

RUN: dict[str, Any] = {
    "name": "run",
    "recipe": {"epochs": 1, "learning_rate": 1e-4, "batch": 32, "loss": "window", "seed": 7},
    "base": ["reader-warm-start"],
    "examples": {"train.json.gz": 98123, "retrieved negatives": 40000, "contrasts": 777},
    "windows": 138888,
    "share": {"train.json.gz": 0.5},
    "dev": {"file": "dev-v1.1.json.gz", "questions": 1500, "exact_match": 0.8},
    "device": "cpu",
    "precision": "bfloat16",
    "python": "3.11.7",
    "versions": {"torch": "2.13.0"},
}
LOG = [
    {"step": 100, "steps": 500, "seconds": 1000, "loss": 2.0},
    {"step": 200, "steps": 500, "seconds": 1060, "loss": 1.0, "exact_match": 0.7, "f1": 0.75},
    {"step": 300, "steps": 500, "seconds": 9999, "loss": 7.0, "exact_match": 0.7, "f1": 0.75},
    {"step": 300, "steps": 500, "seconds": 1120, "loss": 0.8, "exact_match": 0.7, "f1": 0.75},
    {"step": 400, "steps": 500, "seconds": 1180, "loss": 0.6, "exact_match": 0.71, "f1": 0.76},
    {"step": 500, "steps": 500, "seconds": 5000, "loss": 0.5, "exact_match": 0.71, "f1": 0.76},
]
MEASURED = {
    "title": "SQuAD",
    "questions": 10570,
    "spans": {"widened": [{"name": "all", "f1": 0.5}]},
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "run.json").write_text(json.dumps(RUN))
    (tmp_path / "log.jsonl").write_text("".join(json.dumps(line) + "\n" for line in LOG))
    (tmp_path / "reading.json").write_text(json.dumps(MEASURED))
    (tmp_path / "speed.json").write_text(json.dumps({"median_ms": 45.25}))
    return tmp_path


def written(folder: Path, *arguments: str) -> str:
    out = folder / "CARD.md"
    main([str(folder), *arguments, "--out", str(out)])
    return out.read_text(encoding="utf-8")


def test_the_card_holds_what_the_run_and_the_commands_wrote(folder: Path) -> None:
    measured = ["--measured", str(folder / "reading.json"), str(folder / "speed.json")]
    text = written(folder, "--source", "train.json.gz=squad", *measured)
    assert "| 98,123 |" in text
    assert "| 40,000 |" in text
    assert "138,888 windows" in text
    assert "| learning rate | 0.0001 |" in text
    assert "| seed | 7 |" in text
    assert "torch 2.13.0" in text
    assert "1,500 questions of `dev-v1.1.json.gz`" in text
    assert "### SQuAD\n\n| measure | value |\n|---|---|\n| questions | 10570 |" in text
    assert "| spans, widened, all, f1 | 0.5 |" in text
    assert "### speed" in text
    assert "| median_ms | 45.25 |" in text
    assert "{" not in text


def test_licences_and_the_warm_start_are_said(folder: Path) -> None:
    log = read_log(folder / "log.jsonl")
    text = card([(RUN, log)], {"train.json.gz": "squad"}, [])
    for words in ("CC BY-SA 4.0", "CC BY-SA 3.0", "Apache-2.0", "Rajpurkar", "Wikipedia"):
        assert words in text
    assert "had seen every training article once" in text
    cold = card([(RUN | {"base": []}, log)], {"train.json.gz": "squad"}, [])
    assert "did not start from the base model" not in cold
    other = card([(RUN | {"base": ["mine"]}, log)], {"train.json.gz": "squad"}, [])
    assert "`mine`" in other


def test_each_run_is_told_and_the_first_says_where_it_began(folder: Path) -> None:
    log = read_log(folder / "log.jsonl")
    recipe = {"seed": 8, "loss": "shared"}
    later = RUN | {"name": "run-2", "base": ["run", "run-1"], "recipe": recipe, "windows": 7}
    text = card([(RUN, log), (later, log)], {"train.json.gz": "squad"}, [], ["run", "second"])
    assert "the mean of those of `run` and `second`" in text
    assert "exported anew" not in text
    assert "exported anew" in card([(RUN, log)], {"train.json.gz": "squad"}, [], again=True)
    first, second = text.split("### run-2")
    assert "had seen every training article once" in first
    assert "### run\n" in first
    assert "| started from | reader-warm-start |" in first
    assert "| loss | cross-entropy of each window |" in first
    assert "| seed | 8 |" in second
    assert "| started from | run and run-1 |" in second
    assert "of each question" in second
    assert "\n7 windows" in second


def test_the_log_has_a_row_for_each_scoring(folder: Path) -> None:
    text = card([(RUN, read_log(folder / "log.jsonl"))], {"train.json.gz": "squad"}, [])
    rows = [line for line in text.splitlines() if "%) |" in line]
    assert rows == [
        "| 200 (40%) | 1.500 | 0.700 | 0.750 |  |",
        "| 400 (80%) | 0.700 | 0.710 | 0.760 |  |",
        "| 500 (100%) | 0.500 | 0.710 | 0.760 |  |",
    ]


def test_a_pause_does_not_count_as_training(folder: Path) -> None:
    text = card([(RUN, read_log(folder / "log.jsonl"))], {"train.json.gz": "squad"}, [])
    assert "about 5 minutes" in text


def test_a_file_of_unknown_origin_is_asked_about(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        written(folder)
    assert "say what 'train.json.gz' is: --source 'train.json.gz=NAME'" in capsys.readouterr().err


def test_files_of_one_source_are_one_row_and_a_run_that_was_stopped_says_so() -> None:
    examples = {"fairs.json": 1200, "culture.json": 34}
    stopped = RUN | {"examples": examples, "share": dict.fromkeys(examples, 1.0)}
    text = card([(stopped, LOG[:2])], dict.fromkeys(examples, "written"), [])
    assert "| Apache-2.0 | 1,234 |" in text
    assert "100% (written)" in text
    assert "about 2 minutes. Ended after step 200 of 500." in text
