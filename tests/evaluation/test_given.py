"""SQuAD questions, each asked of its own paragraph alone."""

import pytest

from qa.answerer import Bot
from qa.errors import QuestionError
from qa.evaluation.given import always_answering, ask_given
from qa.evaluation.squad import SquadQuestion
from qa.types import Document
from tests.evaluation.planted import KnowingReader, UnsureReader, make

DOCUMENTS = [Document("d/1", "One", "It was 530 then."), Document("d/2", "Two", "Ada Chen ran it.")]
QUESTIONS = [
    SquadQuestion("q1", "How many?", ("530",), (7,), "d/1"),
    SquadQuestion("q2", "Who?", ("Ada Chen",), (0,), "d/2"),
    SquadQuestion("q3", "How many?", ("530", "53"), (7,), "d/1"),
    SquadQuestion("q4", "Why?", (), (), "d/2"),
]


def test_a_bot_is_made_once_for_each_paragraph() -> None:
    made: list[str] = []
    told: list[int] = []

    def alone(document: Document) -> Bot:
        made.append(document.id)
        return make([document])

    report = ask_given(QUESTIONS, DOCUMENTS, alone, progress=told.append)
    assert made == ["d/1", "d/2"]
    assert told == [2, 4]
    assert [outcome.question.id for outcome in report.outcomes] == ["q1", "q2", "q3", "q4"]
    for outcome, question in zip(report.outcomes, QUESTIONS, strict=True):
        assert {hit.passage.doc_id for hit in outcome.answer.hits} == {question.doc_id}
    assert [outcome.right for outcome in report.outcomes] == [True, True, True, False]


@pytest.mark.parametrize("reader", [KnowingReader(), UnsureReader()])
def test_the_best_span_counts_even_where_the_bot_is_silent(reader: KnowingReader) -> None:
    report = ask_given(QUESTIONS, DOCUMENTS, lambda document: make([document], reader=reader))
    always = always_answering(report)
    assert (always.questions, always.exact_match, always.f1) == (3, 1.0, 1.0)


def test_no_questions_are_no_evaluation() -> None:
    with pytest.raises(QuestionError, match="no questions"):
        ask_given([], DOCUMENTS, lambda document: make([document]))
    with pytest.raises(QuestionError, match="no questions"):
        ask_given([], [], lambda document: make([document]))
