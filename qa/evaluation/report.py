"""What came of every question, summed up over all of them and per kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum
from statistics import median

from qa.evaluation.questions import KINDS, Question
from qa.types import Answer


@dataclass(frozen=True, slots=True)
class Outcome:
    """One question asked. For what is measured see eval/README.md.

    `citations` counts the citations shown, those of alternatives included, and `verbatim` how
    many of them stand where they say. `rank` is the 1-based rank of the first passage with the
    answer, None where retrieval did not bring one up or the question has no answer. `seconds`
    is how long the answer took.
    """

    question: Question
    answer: Answer
    exact_match: float
    f1: float
    right: bool
    answer_in_quote: bool
    citation_correct: bool
    citations: int
    verbatim: int
    rank: int | None
    seconds: float

    @property
    def answered(self) -> bool:
        """Whether the bot gave an answer, right or wrong."""
        return self.answer.text is not None

    def to_dict(self) -> dict[str, object]:
        """Everything but the time, for JSON."""
        return {
            "id": self.question.id,
            "kind": self.question.kind,
            "question": self.question.question,
            "answers": list(self.question.answers),
            "doc_ids": list(self.question.doc_ids),
            "answer": self.answer.text,
            "confidence": self.answer.confidence,
            "reason": self.answer.reason,
            "citations": [
                {"doc_id": c.doc_id, "start": c.start, "end": c.end, "quote": c.quote}
                for c in self.answer.citations
            ],
            "exact_match": self.exact_match,
            "f1": self.f1,
            "right": self.right,
            "answer_in_quote": self.answer_in_quote,
            "citation_correct": self.citation_correct,
            "citations_shown": self.citations,
            "citations_verbatim": self.verbatim,
            "rank": self.rank,
        }


def mean(values: Iterable[float]) -> float | None:
    """The mean; None of no values, which is not 0.

    >>> mean([1.0, 0.0]), mean([])
    (0.5, None)
    """
    known = list(values)
    return fsum(known) / len(known) if known else None


def _verbatim(outcomes: Sequence[Outcome]) -> float | None:
    shown = sum(outcome.citations for outcome in outcomes)
    return sum(outcome.verbatim for outcome in outcomes) / shown if shown else None


def _recall(cutoff: int) -> Callable[[Sequence[Outcome]], float | None]:
    return lambda outcomes: mean(
        o.rank is not None and o.rank <= cutoff for o in outcomes if o.question.answerable
    )


METRICS: Mapping[str, Callable[[Sequence[Outcome]], float | None]] = {
    "exact_match": lambda outcomes: mean(o.exact_match for o in outcomes),
    "f1": lambda outcomes: mean(o.f1 for o in outcomes),
    "right": lambda outcomes: mean(o.right for o in outcomes),
    "answer_in_quote": lambda outcomes: mean(o.answer_in_quote for o in outcomes),
    "citation_correct": lambda outcomes: mean(o.citation_correct for o in outcomes),
    "citation_verbatim": _verbatim,
    "right_when_answered": lambda outcomes: mean(o.right for o in outcomes if o.answered),
    "citation_correct_when_answered": lambda outcomes: mean(
        o.citation_correct for o in outcomes if o.answered
    ),
    "answerable_answered": lambda outcomes: mean(
        o.answered for o in outcomes if o.question.answerable
    ),
    "abstention_precision": lambda outcomes: mean(
        not o.question.answerable for o in outcomes if not o.answered
    ),
    "abstention_recall": lambda outcomes: mean(
        not o.answered for o in outcomes if not o.question.answerable
    ),
    "recall_at_1": _recall(1),
    "recall_at_5": _recall(5),
    "recall_at_20": _recall(20),
    "reciprocal_rank_at_10": lambda outcomes: mean(
        1 / o.rank if o.rank is not None and o.rank <= 10 else 0.0
        for o in outcomes
        if o.question.answerable
    ),
}
"""Every metric by name. All are in [0, 1], more is better, None is "nothing to measure"."""


@dataclass(frozen=True, slots=True)
class Summary:
    """Some outcomes summed up: how many, and every metric of `METRICS`."""

    questions: int
    answerable: int
    answered: int
    citations: int
    metrics: Mapping[str, float | None]

    @classmethod
    def of(cls, outcomes: Sequence[Outcome]) -> Summary:
        """The summary of these outcomes."""
        return cls(
            questions=len(outcomes),
            answerable=sum(outcome.question.answerable for outcome in outcomes),
            answered=sum(outcome.answered for outcome in outcomes),
            citations=sum(outcome.citations for outcome in outcomes),
            metrics={name: metric(outcomes) for name, metric in METRICS.items()},
        )

    def to_dict(self) -> dict[str, object]:
        """For JSON; a metric with nothing to measure is null."""
        return {
            "questions": self.questions,
            "answerable": self.answerable,
            "answered": self.answered,
            "citations": self.citations,
            "metrics": dict(self.metrics),
        }


@dataclass(frozen=True, slots=True)
class Report:
    """The outcomes of one evaluation, in the order of the questions."""

    outcomes: tuple[Outcome, ...]

    @property
    def overall(self) -> Summary:
        """All questions together."""
        return Summary.of(self.outcomes)

    @property
    def kinds(self) -> dict[str, Summary]:
        """Each kind on its own: the known kinds in their order, then others by name."""
        present = {outcome.question.kind for outcome in self.outcomes}
        ordered = [kind for kind in KINDS if kind in present] + sorted(present - set(KINDS))
        return {
            kind: Summary.of([o for o in self.outcomes if o.question.kind == kind])
            for kind in ordered
        }

    def to_dict(self) -> dict[str, object]:
        """For JSON; the same outcomes give the same dictionary, whatever time they took."""
        return {
            "version": 1,
            "overall": self.overall.to_dict(),
            "kinds": {kind: summary.to_dict() for kind, summary in self.kinds.items()},
            "outcomes": [outcome.to_dict() for outcome in self.outcomes],
        }

    def timing(self) -> dict[str, float]:
        """Seconds an answer took: median and slowest. Kept apart, as it differs from run to run."""
        seconds = [outcome.seconds for outcome in self.outcomes]
        return {"median_seconds": median(seconds), "slowest_seconds": max(seconds)}
