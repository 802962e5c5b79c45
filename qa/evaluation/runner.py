"""Ask a bot every question and keep one record of each: none is dropped, silence included."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from qa.answerer import Trace, Turn
from qa.errors import QuestionError
from qa.evaluation.citations import (
    answer_in_quote,
    citation_fault,
    citations_correct,
    is_verbatim,
    shown_citations,
)
from qa.evaluation.gold import staleness
from qa.evaluation.metrics import contains_answer, exact_match, is_right, token_f1
from qa.evaluation.outcome import Order, Outcome
from qa.evaluation.questions import Question
from qa.evaluation.report import Report
from qa.types import Document, Hit, Passage, Retriever

RETRIEVERS: tuple[Retriever, ...] = ("lexical", "dense")


Asked = Callable[[int], None]
"""Told of the number of questions done, after each of them."""


class Passages(Protocol):
    """An index, as far as evaluation looks into it."""

    @property
    def passages(self) -> Sequence[Passage]: ...


class Bot(Protocol):
    """What is evaluated: anything that answers, shows how it came to it and holds its documents."""

    @property
    def documents(self) -> Mapping[str, Document]: ...

    @property
    def index(self) -> Passages: ...

    def trace(self, question: str, history: Sequence[Turn] = ()) -> Trace: ...

    def warm(self) -> None: ...


def evaluate(
    bot: Bot,
    questions: Sequence[Question],
    *,
    progress: Asked | None = None,
) -> Report:
    """Ask every question once, in order, each after its own history and after nothing else.

    `progress` is called with the number of questions done after each of them.

    Raises `QuestionError` if there are no questions, or if they are about documents that the bot
    does not hold: their citations could never be right. Only a document that a gold answer is tied
    to may be gone, if others are there: that question is stale.
    """
    asker = Asker(bot, questions)
    bot.warm()  # no question waits for the models, or its time would not be that of the others
    outcomes = []
    for done, question in enumerate(questions, start=1):
        outcomes.append(asker.ask(question))
        if progress is not None:
            progress(done)
    return Report(tuple(outcomes))


class Asker:
    """Asks questions of a bot one at a time, and judges each answer.

    Raises `QuestionError` as `evaluate` does, when it is made; that loads no model.
    """

    def __init__(self, bot: Bot, questions: Sequence[Question]) -> None:
        if not questions:
            raise QuestionError(
                "there are no questions to ask", hint="choose another file or split"
            )
        _check_documents(bot, questions)
        self._bot = bot
        self._passages: dict[str, list[Passage]] = defaultdict(list)
        for passage in bot.index.passages:
            self._passages[passage.doc_id].append(passage)

    def ask(self, question: Question) -> Outcome:
        """What comes of one of the questions."""
        return _ask(self._bot, question, self._passages)


def _check_documents(bot: Bot, questions: Sequence[Question]) -> None:
    named = {doc_id for question in questions for doc_id in question.doc_ids}
    held = named & set(bot.documents)
    untied = {
        doc_id
        for question in questions
        for doc_id in set(question.doc_ids) - {place.doc_id for place in question.gold}
    }
    unknown = sorted(untied - held if held else named)
    if unknown:
        listed = ", ".join(map(repr, unknown[:5])) + (", ..." if len(unknown) > 5 else "")
        raise QuestionError(
            f"the questions name {len(unknown)} documents that the index does not hold: {listed}",
            hint="build the index from the articles that the questions are about",
        )


def _ask(bot: Bot, question: Question, passages: Mapping[str, Sequence[Passage]]) -> Outcome:
    trace = bot.trace(question.question, question.history)
    answer, golds = trace.answer, question.answers
    best = trace.spans[0] if trace.spans else None
    right = is_right(answer.text, golds)
    answered = answer.text is not None
    shown = shown_citations(answer)
    held = {
        doc_id: sum(contains_answer(golds, passage.text) for passage in passages.get(doc_id, ()))
        for doc_id in question.doc_ids
    }
    return Outcome(
        question=question,
        answer=answer,
        best=best,
        best_right=right if answered else best is not None and is_right(best.text, golds),
        exact_match=exact_match(answer.text, golds),
        f1=token_f1(answer.text, golds),
        right=right,
        answer_in_quote=answer_in_quote(question, answer),
        citation_correct=citations_correct(question, answer, bot.documents),
        citation_fault=citation_fault(question, answer, bot.documents) if answered else None,
        citations=len(shown),
        verbatim=sum(is_verbatim(citation, bot.documents) for citation in shown),
        ranks=_ranks(question, trace.candidates),
        passages_with_answer=sum(held.values()),
        documents_with_answer=sum(
            count > 0 or contains_answer(golds, bot.documents[doc_id].text)
            for doc_id, count in held.items()
            if doc_id in bot.documents
        ),
        read=len(answer.hits),
        stale=staleness(question, bot.documents),
        seconds=dict(trace.seconds),
    )


def _ranks(question: Question, candidates: Sequence[Hit]) -> dict[Order, int | None]:
    """The rank of the first passage, of a right document, that holds an answer, in each order."""
    right = [
        (rank, hit)
        for rank, hit in enumerate(candidates, start=1)
        if hit.passage.doc_id in question.doc_ids
        and contains_answer(question.answers, hit.passage.text)
    ]
    ranks: dict[Order, int | None] = {"fused": right[0][0] if right else None}
    for retriever in RETRIEVERS:
        theirs = (hit.ranks[retriever] for _, hit in right)
        ranks[retriever] = min((rank for rank in theirs if rank is not None), default=None)
    return ranks
