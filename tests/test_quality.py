"""The bundled questions, asked of the bundled articles, reach their thresholds."""

from __future__ import annotations

import pytest

import qa
from qa.evaluation.command import run
from tests.conftest import ROOT


@pytest.mark.real
@pytest.mark.slow
def test_the_known_questions_reach_their_thresholds(real_bot: qa.Bot) -> None:
    """What `make eval` checks, on the same questions."""
    questions = ROOT / "eval" / "questions" / "expo.jsonl"
    assert run(real_bot, questions, thresholds_path=ROOT / "eval" / "thresholds.toml") == 0


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
