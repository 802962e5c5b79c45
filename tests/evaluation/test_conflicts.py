"""Questions on which articles differ: what is measured of them, and how others are made."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from eval.conflicts import exchanged
from qa.evaluation.questions import Question
from qa.evaluation.runner import evaluate
from qa.evaluation.table import summary_lines
from qa.types import Answer, Candidate
from tests.evaluation.fakes import DictionaryBot, cite, say

SIDES = (("530", "530 projects"), ("two",))
ANSWERS = tuple(wording for side in SIDES for wording in side)
DIFFERING = Question("q1", "How many?", ANSWERS, ("expo.md", "park.md"), "conflict", sides=SIDES)
OTHER = Question("q2", "Where?", ("Lijia",), ("park.md",), "no-conflict")

PLAIN = say(cite("park.md", "two"))
BOTH = replace(
    PLAIN, conflict=True, alternatives=(Candidate("530", 0.8, (cite("expo.md", "530"),)),)
)
HALF = replace(BOTH, alternatives=(Candidate("Expo", 0.8, (cite("expo.md", "Expo"),)),))
FALSE = replace(say(cite("park.md", "Lijia")), conflict=True, alternatives=BOTH.alternatives)


@pytest.mark.parametrize(
    ("differing", "other", "precision", "recall", "shown"),
    [
        (BOTH, say(cite("park.md", "Lijia")), 1.0, 1.0, 1.0),
        (BOTH, FALSE, 0.5, 1.0, 1.0),
        (HALF, None, 1.0, 1.0, 0.0),
        (PLAIN, FALSE, 0.0, 0.0, 0.0),
        (None, None, None, 0.0, 0.0),
    ],
)
def test_the_flag_is_scored_over_all_questions(
    differing: Answer | None,
    other: Answer | None,
    precision: float | None,
    recall: float,
    shown: float,
) -> None:
    said = {DIFFERING.question: differing, OTHER.question: other}
    answers = {question: answer for question, answer in said.items() if answer is not None}
    report = evaluate(DictionaryBot(answers), [DIFFERING, OTHER])
    metrics = report.overall.metrics
    assert metrics["conflict_precision"] == precision
    assert metrics["conflict_recall"] == recall
    assert metrics["conflict_sides_shown"] == shown
    assert any(line.startswith("Conflicts between sources: ") for line in summary_lines(report))


def test_without_a_question_on_a_conflict_none_is_spoken_of() -> None:
    report = evaluate(DictionaryBot({}), [OTHER])
    assert report.overall.metrics["conflict_recall"] is None
    assert not any("Conflicts" in line for line in summary_lines(report))


@pytest.mark.parametrize(
    ("answer", "other"),
    [
        ("in 1822", "in 1852"),
        ("7", "1"),
        ("9 million yuan", "3 million yuan"),
        ("Maren Falk", "Jonas Orre"),
        ("a local man", None),
        ("ninety-two", None),
    ],
)
def test_an_answer_is_exchanged_for_another_of_its_kind(answer: str, other: str | None) -> None:
    assert exchanged(answer, ["Maren Reed", "Jonas Orre"], Random(0)) == other
