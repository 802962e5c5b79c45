"""Outcomes made by hand, for reports that are held against each other."""

from __future__ import annotations

from dataclasses import replace

from qa.evaluation.outcome import Outcome
from qa.evaluation.questions import Question
from qa.evaluation.report import Report
from qa.types import Answer, Hit, Span
from tests.evaluation.fakes import DOCUMENTS, cite, passages_of

HIT = Hit(
    passages_of(DOCUMENTS["expo.md"])[0],
    1.0,
    {"lexical": 1, "dense": 1},
    {"lexical": 1, "dense": 1},
)


def outcome(
    name: str, f1: float = 1.0, *, said: str | None = "2018", asked: str = "When?", gold: str = ""
) -> Outcome:
    """An answer, right exactly if its F1 is 1."""
    right = f1 == 1.0
    citations = () if said is None else (cite("expo.md", "2018"),)
    answer = Answer(asked, asked, said, 0.5, citations=citations, hits=(HIT,))
    if said is None:
        answer = replace(answer, reason="no span is convincing", signal="no-convincing-span")
    return Outcome(
        question=Question(name, asked, (gold or "2018",), ("expo.md",)),
        answer=answer,
        best=Span(HIT.passage, 28, 32, "2018", 1.0),
        best_right=right,
        exact_match=float(right),
        f1=f1,
        right=right,
        answer_in_quote=right,
        citation_correct=right,
        citation_fault=None,
        citations=len(citations),
        verbatim=len(citations),
        ranks={"fused": 1, "lexical": 1, "dense": 1},
        passages_with_answer=1,
        documents_with_answer=1,
        read=1,
        stale=None,
        seconds={},
    )


def report(*outcomes: Outcome) -> Report:
    return Report(outcomes)


def scored(*scores: float) -> Report:
    """A report of questions q0, q1, ... with these F1."""
    return report(*(outcome(f"q{n}", score) for n, score in enumerate(scores)))
