"""What a span reader found, question by question, and the official SQuAD measures of it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from qa.evaluation.abstention import best_threshold, risk_bound
from qa.evaluation.metrics import exact_match, token_f1
from qa.evaluation.summary import mean
from qa.types import Document, Passage, Span

WRONG_BELOW = 0.5
"""Token F1. An answer that shares less with every gold answer is wrong."""


class Pointer(Protocol):
    """A reader that is shown passages: the best spans of each, best first."""

    def point(
        self, question: str, passages: Sequence[Passage], *, widened: bool = True
    ) -> list[list[Span]]: ...


@dataclass(frozen=True, slots=True)
class Reading:
    """The best span for one question: its words, None where there is no span, and its score.

    `golds` are empty where the question has no answer. `score` is what a threshold is held
    against: the reader's score or its confidence.
    """

    golds: tuple[str, ...]
    text: str | None
    score: float

    @classmethod
    def of(cls, golds: tuple[str, ...], spans: Sequence[Span]) -> Reading:
        """The first span with its score; nothing scores minus infinity."""
        return cls(golds, spans[0].text, spans[0].score) if spans else cls(golds, None, -math.inf)

    @property
    def exact_match(self) -> float:
        """1.0 or 0.0, if the span is given as the answer."""
        return exact_match(self.text, self.golds)

    @property
    def f1(self) -> float:
        """From 0 to 1, if the span is given as the answer."""
        return token_f1(self.text, self.golds)

    @property
    def silence(self) -> float:
        """What exact match and F1 are if nothing is answered."""
        return float(not self.golds)

    def above(self, threshold: float) -> bool:
        """Whether there is a span, and it scores at least so much."""
        return self.text is not None and self.score >= threshold


@dataclass(frozen=True, slots=True)
class Score:
    """Mean exact match and F1, from 0 to 1; None of no questions.

    `threshold` is the score from which questions were answered; None where all of them were.
    """

    name: str
    questions: int
    exact_match: float | None
    f1: float | None
    threshold: float | None = None

    def to_dict(self) -> dict[str, object]:
        """For JSON, which has no infinity: a threshold that nothing reaches is "inf" there."""
        infinite = self.threshold is not None and math.isinf(self.threshold)
        return {
            "name": self.name,
            "questions": self.questions,
            "exact_match": self.exact_match,
            "f1": self.f1,
            "threshold": str(self.threshold) if infinite else self.threshold,
        }


def whole(document: Document) -> Passage:
    """A document as one passage.

    >>> whole(Document("a.txt", "A", "Robots danced.")).id
    'a.txt#0-14'
    """
    text = document.text
    return Passage(document.id, "", 0, len(text), text, document.title)


def scores(readings: Sequence[Reading]) -> list[Score]:
    """The measures of SQuAD 1.1 and, where some questions have no answer, those of SQuAD 2.0.

    1.1 gives the best span of every answerable question. 2.0 gives it where it scores 0 or more
    (better than "no answer"), and again where it reaches the threshold that is best for exact
    match or for F1: chosen on these very questions, as the official script does.
    """
    having = [reading for reading in readings if reading.golds]
    lacking = [reading for reading in readings if not reading.golds]
    found = [score(having, "answerable, best span always given")]
    if lacking:
        found += [
            score(readings, "all, given from 0", 0.0),
            score(having, "answerable, given from 0", 0.0),
            score(lacking, "unanswerable, given from 0", 0.0),
        ]
        worth = {"EM": [r.exact_match for r in readings], "F1": [r.f1 for r in readings]}
        for measure, answered in worth.items():
            threshold, _ = best_threshold(
                [r.score for r in readings], answered, [r.silence for r in readings]
            )
            found.append(score(readings, f"all, threshold best for {measure}", threshold))
    return found


def score(readings: Sequence[Reading], name: str, threshold: float | None = None) -> Score:
    """Every question counts, answered or not; all are answered where `threshold` is None.

    >>> score([Reading((), "Ada", -1.0), Reading(("Ada",), "Ada", 2.0)], "all", 0.0).exact_match
    1.0
    """
    given = [threshold is None or reading.above(threshold) for reading in readings]
    pairs = list(zip(readings, given, strict=True))
    return Score(
        name=name,
        questions=len(readings),
        exact_match=mean(r.exact_match if answered else r.silence for r, answered in pairs),
        f1=mean(r.f1 if answered else r.silence for r, answered in pairs),
        threshold=threshold,
    )


@dataclass(frozen=True, slots=True)
class Risk:
    """What goes wrong from a threshold on: counts, and the upper bound of wrong among answered."""

    questions: int
    answered: int
    wrong: int
    bound: float

    @classmethod
    def of(cls, readings: Sequence[Reading], threshold: float) -> Risk:
        """Wrong is an F1 below `WRONG_BELOW`; the bound is `risk_bound` at its default level."""
        answered = [reading for reading in readings if reading.above(threshold)]
        wrong = sum(reading.f1 < WRONG_BELOW for reading in answered)
        return cls(len(readings), len(answered), wrong, risk_bound(wrong, len(answered)))
