"""The articles and questions that we wrote to train on are whole, and tell nothing of the tests."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from qa.evaluation.questions import load_questions
from qa.evaluation.squad import Squad, load_squad
from qa.text import terms

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "training" / "articles").glob("*.json"))
LONGEST = 22  # words of an answer


@pytest.fixture(scope="module")
def squads() -> list[Squad]:
    return [load_squad(path) for path in FILES]


def test_there_are_many_of_each(squads: list[Squad]) -> None:
    questions = [question for squad in squads for question in squad.questions]
    unanswerable = [question for question in questions if not question.answers]
    assert len(squads) == 28
    assert sum(len(squad.documents) for squad in squads) > 750
    assert len(questions) > 15_000
    assert 0.15 < len(unanswerable) / len(questions) < 0.3


def test_titles_and_ids_are_their_own(squads: list[Squad]) -> None:
    titles = Counter(document.title for squad in squads for document in squad.documents)
    ids = Counter(question.id for squad in squads for question in squad.questions)
    assert [name for name, count in (titles | ids).items() if count > 1] == []


def test_answers_are_short_and_not_cut_out_of_words(squads: list[Squad]) -> None:
    cut = []
    for squad in squads:
        texts = {document.id: document.text for document in squad.documents}
        for question in squad.questions:
            for answer, start in zip(question.answers, question.answer_starts, strict=True):
                around = texts[question.doc_id][max(start - 1, 0) : start + len(answer) + 1]
                inner = around.removeprefix(answer) if start == 0 else around[1:]
                assert len(answer.split()) <= LONGEST
                if around[0].isalnum() and answer[0].isalnum() and start:
                    cut.append(question.id)
                if inner[len(answer) :].isalnum() and answer[-1].isalnum():
                    cut.append(question.id)
    assert cut == []


def test_they_share_no_question_and_no_subject_with_the_known_questions(
    squads: list[Squad],
) -> None:
    known = load_questions(ROOT / "eval" / "questions" / "expo.jsonl")
    asked = {tuple(terms(question.question)) for question in known}
    written = {tuple(terms(q.question)) for squad in squads for q in squad.questions}
    assert asked.isdisjoint(written)
    for squad in squads:
        for document in squad.documents:
            for subject in ("Liangjiang", "Yubei", "Smart China Expo"):
                assert subject not in document.text
