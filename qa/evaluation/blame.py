"""Blame: every failed question is put down to the one thing that has to be mended first.

A question failed if its answer is not right or a citation is not correct. Its cause is the first of
these that holds. That is the way from the question to the answer: a later stage is not blamed for
what an earlier one lost.

gold-stale              the gold answer no longer stands where the question says: mend the question
not-in-any-passage      no passage of a right document holds the answer
missed-by-both          some do, none was read, and neither retriever brought one up (its depth)
missed-by-lexical       ... and of the two only dense retrieval brought one up
missed-by-dense         ... and of the two only lexical retrieval brought one up
ranked-too-low          ... though both brought one up: fusion, or how many passages are read
wrong-span              one was read, and the reader's best span, given or not, is not right
wrongly-abstained       one was read, and nothing given: the best span is right, or there is none
answered-unanswerable   there is no answer, and one was given
citation-at-fault       one was read and the answer is right, so it is the citation that is not

Silence over a wrong best span is a wrong span: with a lower threshold it would be a wrong answer. A
right answer is put down to retrieval where no right passage was read: its words are right by
chance, and are cited from a document that is not known to hold the answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from qa.evaluation.outcome import Outcome

Cause = Literal[
    "gold-stale",
    "not-in-any-passage",
    "missed-by-lexical",
    "missed-by-dense",
    "missed-by-both",
    "ranked-too-low",
    "wrong-span",
    "wrongly-abstained",
    "answered-unanswerable",
    "citation-at-fault",
]

CAUSES: Mapping[Cause, str] = {
    "gold-stale": "gold stale",
    "not-in-any-passage": "not in any passage",
    "missed-by-lexical": "missed by lexical retrieval",
    "missed-by-dense": "missed by dense retrieval",
    "missed-by-both": "missed by both retrievers",
    "ranked-too-low": "ranked too low to be read",
    "wrong-span": "wrong span",
    "wrongly-abstained": "wrongly abstained",
    "answered-unanswerable": "answered the unanswerable",
    "citation-at-fault": "citation at fault",
}
"""Every cause in words, in the order in which reports list them."""

_SHOWN = 80


def cause(outcome: Outcome) -> Cause | None:
    """What a failed question is put down to (see above); None for one that did not fail."""
    if not outcome.failed:
        return None
    if outcome.stale is not None:
        return "gold-stale"
    if not outcome.question.answerable:
        return "answered-unanswerable"
    if not outcome.passages_with_answer:
        return "not-in-any-passage"
    if outcome.rank is None or outcome.rank > outcome.read:
        return _lost(outcome)
    if outcome.right:
        return "citation-at-fault"
    if not outcome.answered and (outcome.best is None or outcome.best_right):
        return "wrongly-abstained"
    return "wrong-span"


def _lost(outcome: Outcome) -> Cause:
    lexical, dense = (outcome.ranks[retriever] is not None for retriever in ("lexical", "dense"))
    if lexical and dense:
        return "ranked-too-low"
    if lexical or dense:
        return "missed-by-dense" if lexical else "missed-by-lexical"
    return "missed-by-both"


def explain(outcome: Outcome) -> str | None:
    """One line on what happened, for people; None for a question that did not fail.

    It quotes documents and questions, so it is as hostile as they are, but for control characters.
    """
    found = cause(outcome)
    if found is None:
        return None
    if found == "gold-stale":
        return outcome.stale
    if found == "citation-at-fault":
        return f"The answer is right, but: {outcome.citation_fault}"
    if found == "not-in-any-passage":
        return _nowhere(outcome)
    if found == "wrong-span":
        return _wrong_span(outcome)
    if found == "wrongly-abstained":
        return _abstained(outcome)
    if found == "answered-unanswerable":
        given = f"Answered {_said(outcome.answer.text)} with a confidence of {_sure(outcome)}"
        return f"{given}, and the documents do not answer this."
    return _ranked(outcome)


def _nowhere(outcome: Outcome) -> str:
    if outcome.documents_with_answer:
        return "The answer stands in a right document, but whole in none of its passages."
    return "No right document says it in these words."


def _ranked(outcome: Outcome) -> str:
    count = outcome.passages_with_answer
    hold = "1 passage holds" if count == 1 else f"{count} passages hold"
    places = [
        f"{retriever} retrieval " + ("brought none up" if rank is None else f"ranked it {rank}")
        for retriever, rank in outcome.ranks.items()
        if retriever != "fused"
    ]
    fused = "" if outcome.rank is None else f"; fused rank {outcome.rank}, and {outcome.read} read"
    chance = " The answer's words are right, but from elsewhere." if outcome.right else ""
    return f"{hold} the answer: {', '.join(places)}{fused}.{chance}"


def _wrong_span(outcome: Outcome) -> str:
    where = f"the passage of rank {outcome.rank} holds the answer"
    if outcome.answered:
        return f"Answered {_said(outcome.answer.text)}, but {where}."
    best = outcome.best.text if outcome.best else None
    return f"Silent ({_sure(outcome)}), its best span was {_said(best)}, but {where}."


def _abstained(outcome: Outcome) -> str:
    if outcome.best is None:
        return f"The reader pointed at nothing, but the passage of rank {outcome.rank} was read."
    return f"Silent ({_sure(outcome)}), but its best span {_said(outcome.best.text)} is right."


def _sure(outcome: Outcome) -> str:
    return f"{outcome.answer.confidence:.0%}"


def _said(text: str | None) -> str:
    """Quoted on one line; `repr` also takes the sting out of control characters."""
    line = " ".join((text or "").split())
    return repr(line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…")
