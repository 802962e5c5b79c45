"""Outcomes summed up: every metric, and how far it may be off."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum

import numpy as np

from qa.evaluation.intervals import Interval, ratio_intervals
from qa.evaluation.metrics import is_right
from qa.evaluation.outcome import Order, Outcome

Share = Callable[[Outcome], tuple[float, float]]
"""What one question adds to a metric: so much, out of so much; out of 0 where it does not count."""

Test = Callable[[Outcome], bool]


def mean(values: Iterable[float]) -> float | None:
    """The mean; None of no values, which is not 0.

    >>> mean([1.0, 0.0]), mean([])
    (0.5, None)
    """
    known = list(values)
    return fsum(known) / len(known) if known else None


def _every(value: Callable[[Outcome], float]) -> Share:
    return lambda outcome: (value(outcome), 1.0)


def _among(counts: Test, value: Callable[[Outcome], float]) -> Share:
    return lambda outcome: (value(outcome), 1.0) if counts(outcome) else (0.0, 0.0)


def _answered(outcome: Outcome) -> bool:
    return outcome.answered


def _silent(outcome: Outcome) -> bool:
    return not outcome.answered


def _answerable(outcome: Outcome) -> bool:
    return outcome.question.answerable


def _unanswerable(outcome: Outcome) -> bool:
    return not outcome.question.answerable


def _differing(outcome: Outcome) -> bool:
    return outcome.answer.conflict


def _sided(outcome: Outcome) -> bool:
    return bool(outcome.question.sides)


def _sides_shown(outcome: Outcome) -> bool:
    shown = [outcome.answer.text, *(other.text for other in outcome.answer.alternatives)]
    return all(any(is_right(text, side) for text in shown) for side in outcome.question.sides)


def _recall(order: Order, cutoff: int) -> Share:
    def found(outcome: Outcome) -> bool:
        rank = outcome.ranks[order]
        return rank is not None and rank <= cutoff

    return _among(_answerable, found)


def _reciprocal_rank(order: Order) -> Share:
    def value(outcome: Outcome) -> float:
        rank = outcome.ranks[order]
        return 1 / rank if rank is not None and rank <= 10 else 0.0

    return _among(_answerable, value)


def _retrieval(prefix: str, order: Order) -> dict[str, Share]:
    recalls = {f"{prefix}recall_at_{cutoff}": _recall(order, cutoff) for cutoff in (1, 5, 20)}
    return {**recalls, f"{prefix}reciprocal_rank_at_10": _reciprocal_rank(order)}


METRICS: Mapping[str, Share] = {
    "exact_match": _every(lambda outcome: outcome.exact_match),
    "f1": _every(lambda outcome: outcome.f1),
    "right": _every(lambda outcome: outcome.right),
    "answer_in_quote": _every(lambda outcome: outcome.answer_in_quote),
    "citation_correct": _every(lambda outcome: outcome.citation_correct),
    "citation_verbatim": lambda outcome: (outcome.verbatim, outcome.citations),
    "right_when_answered": _among(_answered, lambda outcome: outcome.right),
    "citation_correct_when_answered": _among(_answered, lambda outcome: outcome.citation_correct),
    "answerable_answered": _among(_answerable, _answered),
    "abstention_precision": _among(_silent, _unanswerable),
    "abstention_recall": _among(_unanswerable, _silent),
    "conflict_precision": _among(_differing, _sided),
    "conflict_recall": _among(_sided, _differing),
    "conflict_sides_shown": _among(_sided, _sides_shown),
    **_retrieval("", "fused"),
    **_retrieval("lexical_", "lexical"),
    **_retrieval("dense_", "dense"),
}
"""Every metric by name. All are in [0, 1], and more is better."""


@dataclass(frozen=True, slots=True)
class Summary:
    """Some outcomes summed up: how many, and every metric of `METRICS`.

    A metric is None where there was nothing to measure. `intervals` are 95% bootstrap intervals by
    metric (see `qa.evaluation.intervals`), and empty where they were not asked for.
    """

    questions: int
    answerable: int
    answered: int
    right: int
    citations: int
    metrics: Mapping[str, float | None]
    intervals: Mapping[str, Interval | None]

    @classmethod
    def of(cls, outcomes: Sequence[Outcome], *, intervals: bool = False) -> Summary:
        """The summary of these outcomes."""
        shape = (len(outcomes), len(METRICS), 2)
        listed = [[share(outcome) for share in METRICS.values()] for outcome in outcomes]
        shares = np.array(listed, np.float64).reshape(shape)
        amounts, totals = shares[:, :, 0], shares[:, :, 1]
        metrics = {
            name: fsum(amounts[:, column]) / fsum(totals[:, column])
            if totals[:, column].any()
            else None
            for column, name in enumerate(METRICS)
        }
        ranges = ratio_intervals(amounts, totals) if intervals and outcomes else ()
        return cls(
            questions=len(outcomes),
            answerable=sum(outcome.question.answerable for outcome in outcomes),
            answered=sum(outcome.answered for outcome in outcomes),
            right=sum(outcome.right for outcome in outcomes),
            citations=sum(outcome.citations for outcome in outcomes),
            metrics=metrics,
            intervals=dict(zip(METRICS, ranges, strict=True)) if ranges else {},
        )

    def to_dict(self) -> dict[str, object]:
        """For JSON: a metric with nothing to measure is null, and so is its interval."""
        return {
            "questions": self.questions,
            "answerable": self.answerable,
            "answered": self.answered,
            "right": self.right,
            "citations": self.citations,
            "metrics": dict(self.metrics),
            "intervals": {
                name: None if interval is None else list(interval)
                for name, interval in self.intervals.items()
            },
        }
