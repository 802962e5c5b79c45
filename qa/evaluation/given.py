"""SQuAD as it was meant: each question is asked of its own paragraph alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from qa.errors import QuestionError
from qa.evaluation.outcome import Outcome
from qa.evaluation.reading import Reading, Score, score
from qa.evaluation.report import Report
from qa.evaluation.runner import Asked, Bot, evaluate
from qa.evaluation.squad import SquadQuestion
from qa.types import Document


def ask_given(
    questions: Sequence[SquadQuestion],
    documents: Sequence[Document],
    bot_of: Callable[[Document], Bot],
    *,
    progress: Asked | None = None,
) -> Report:
    """Ask every question of the bot that `bot_of` makes of its paragraph alone, once a paragraph.

    The outcomes are in the order of the questions. Raises `QuestionError` for no questions.
    """
    if not questions:
        raise QuestionError("there are no questions to ask", hint="choose another file")
    paragraphs = {document.id: document for document in documents}
    about: dict[str, list[SquadQuestion]] = {}
    for question in questions:
        about.setdefault(question.doc_id, []).append(question)
    outcomes: dict[str, Outcome] = {}
    for doc_id, asked in about.items():
        report = evaluate(bot_of(paragraphs[doc_id]), [q.to_question() for q in asked])
        outcomes.update((outcome.question.id, outcome) for outcome in report.outcomes)
        if progress is not None:
            progress(len(outcomes))
    return Report(tuple(outcomes[question.id] for question in questions))


def always_answering(report: Report) -> Score:
    """SQuAD 1.1's measures: the answerable questions, and the best span of each, however unsure."""
    readings = [
        Reading.of(outcome.question.answers, [outcome.best] if outcome.best else [])
        for outcome in report.outcomes
        if outcome.question.answerable
    ]
    return score(readings, "answerable, best span always given")
