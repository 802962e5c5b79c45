"""Samples are the same everywhere and one within the other."""

from __future__ import annotations

from qa.evaluation.questions import Question
from qa.evaluation.sampling import sample

QUESTIONS = [Question(f"q{number}", "Who?", (), ()) for number in range(50)]


def test_a_sample_depends_on_the_ids_alone_and_begins_the_larger_one() -> None:
    ten = sample(QUESTIONS, 10)
    assert sample(QUESTIONS[::-1], 10) == ten == sample(QUESTIONS, 30)[:10]
    assert ten != QUESTIONS[:10]
    assert len({question.id for question in ten}) == 10


def test_all_of_them() -> None:
    assert sample(QUESTIONS) == QUESTIONS
    assert sorted(sample(QUESTIONS, 99), key=QUESTIONS.index) == QUESTIONS
    assert sample(QUESTIONS, 0) == []
