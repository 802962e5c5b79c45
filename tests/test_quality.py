"""The bundled questions: what they are held against, and the one that is asked first."""

from __future__ import annotations

import pytest

import qa
from eval.__main__ import defaults
from qa.evaluation.gate import Gate
from qa.evaluation.questions import load_questions
from qa.evaluation.report import load_report
from qa.evaluation.thresholds import load_thresholds
from tests.conftest import ROOT


def test_what_the_known_questions_are_held_against_can_be_read() -> None:
    """`make eval`, a part of `make test`, asks them; here only its files are looked at."""
    asked = load_questions(ROOT / "eval" / "questions" / "expo.jsonl")
    before = load_report(ROOT / "eval" / "baselines" / "expo.json.gz")
    Gate(baseline=before).check(asked)
    assert load_thresholds(ROOT / "eval" / "thresholds.toml")


@pytest.mark.parametrize(
    ("arguments", "added"),
    [
        ([], {"--questions", "--thresholds", "--index"}),
        (["--split", "dev"], {"--questions", "--thresholds", "--index"}),
        (["--corpus", "docs"], {"--questions", "--thresholds"}),
        (["--questions", "mine.jsonl", "--index=ix"], {"--thresholds"}),
        (["--beir", "cranfield"], set()),
        (["--squad", "dev.json"], set()),
        (["lint", "mine.jsonl"], set()),
    ],
)
def test_the_bundled_files_are_taken_where_no_others_are_named(
    arguments: list[str], added: set[str]
) -> None:
    assert set(defaults(arguments)[::2]) == added


@pytest.mark.real
def test_the_first_question_anyone_asks_is_answered(real_bot: qa.Bot) -> None:
    """The figure of 2019, not the neighbouring one of 2018."""
    answer = real_bot.ask("How many projects were signed at the 2019 expo?")
    assert answer.text is not None
    assert "530" in answer.text
    citation = answer.citations[0]
    text = real_bot.documents[citation.doc_id].text
    assert text[citation.start : citation.end] == citation.quote
    assert text[citation.answer_start : citation.answer_end] == answer.text
