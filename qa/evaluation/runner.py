"""Ask a bot every question and keep one record of each: none is dropped, silence included."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from qa.errors import QuestionError
from qa.evaluation.citations import (
    answer_in_quote,
    citations_correct,
    is_verbatim,
    shown_citations,
)
from qa.evaluation.metrics import contains_answer, exact_match, is_right, token_f1
from qa.evaluation.questions import Question
from qa.evaluation.report import Outcome, Report
from qa.types import Answer, Document, Hit

RETRIEVED = 20
"""How many passages are retrieved for each question to see where the answer stands."""


class Bot(Protocol):
    """What is evaluated: anything that answers, shows its retrieval and holds its documents."""

    @property
    def documents(self) -> Mapping[str, Document]: ...

    def ask(self, question: str) -> Answer: ...

    def retrieve(self, query: str, *, passages: int = 10) -> list[Hit]: ...


def evaluate(
    bot: Bot,
    questions: Sequence[Question],
    *,
    progress: Callable[[int], None] | None = None,
) -> Report:
    """Ask every question, in order, each as the first of a conversation.

    `progress` is called with the number of questions done after each of them.

    Raises `QuestionError` if there are no questions, or if one names a document that the bot
    does not hold: its citations could never be right.
    """
    if not questions:
        raise QuestionError("there are no questions to ask", hint="choose another file or split")
    _check_documents(bot, questions)
    outcomes = []
    for done, question in enumerate(questions, start=1):
        outcomes.append(_ask(bot, question))
        if progress is not None:
            progress(done)
    return Report(tuple(outcomes))


def _check_documents(bot: Bot, questions: Sequence[Question]) -> None:
    named = {doc_id for question in questions for doc_id in question.doc_ids}
    unknown = sorted(named - set(bot.documents))
    if unknown:
        listed = ", ".join(map(repr, unknown[:5])) + (", ..." if len(unknown) > 5 else "")
        raise QuestionError(
            f"the questions name {len(unknown)} documents that the index does not hold: {listed}",
            hint="build the index from the articles that the questions are about",
        )


def _ask(bot: Bot, question: Question) -> Outcome:
    began = time.perf_counter()
    answer = bot.ask(question.question)
    seconds = time.perf_counter() - began
    shown = shown_citations(answer)
    return Outcome(
        question=question,
        answer=answer,
        exact_match=exact_match(answer.text, question.answers),
        f1=token_f1(answer.text, question.answers),
        right=is_right(answer.text, question.answers),
        answer_in_quote=answer_in_quote(question, answer),
        citation_correct=citations_correct(question, answer, bot.documents),
        citations=len(shown),
        verbatim=sum(is_verbatim(citation, bot.documents) for citation in shown),
        rank=_rank(bot, question) if question.answerable else None,
        seconds=seconds,
    )


def _rank(bot: Bot, question: Question) -> int | None:
    """The 1-based rank of the first passage of a right document that holds an answer."""
    hits = bot.retrieve(question.question, passages=RETRIEVED)
    for rank, hit in enumerate(hits[:RETRIEVED], start=1):
        of_right_document = hit.passage.doc_id in question.doc_ids
        if of_right_document and contains_answer(question.answers, hit.passage.text):
            return rank
    return None
