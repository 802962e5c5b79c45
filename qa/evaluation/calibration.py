"""What confidences are worth: how often what they speak for is right, and what silence saves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from qa.evaluation.abstention import (
    Bin,
    RiskPoint,
    calibration_error,
    reliability,
    risk_bound,
    risk_coverage,
)
from qa.evaluation.outcome import Outcome

POINTS = 50
"""At most so many points of the risk-coverage curve are kept."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """Confidence against being right, over all questions, answered or not.

    A confidence is that of the best span, which is right or wrong whether it was given as the
    answer or held back; of no span at all it is wrong. Where there is no answer, none is right.
    `error` is the expected calibration error over `bins`.

    `curve` says what would have been answered, and how much of it wrong, at each threshold;
    `answered` and `wrong` count what was, and the true share of wrong ones is below `wrong_below`
    with 95% confidence.
    """

    questions: int
    error: float
    bins: tuple[Bin, ...]
    curve: tuple[RiskPoint, ...]
    answered: int
    wrong: int
    wrong_below: float

    @classmethod
    def of(cls, outcomes: Sequence[Outcome]) -> Calibration:
        """Of at least one outcome, else ValueError."""
        confidences = [outcome.answer.confidence for outcome in outcomes]
        right = [outcome.best_right for outcome in outcomes]
        curve = risk_coverage(confidences, [not one for one in right])
        given = [outcome for outcome in outcomes if outcome.answered]
        wrong = sum(not outcome.right for outcome in given)
        return cls(
            questions=len(outcomes),
            error=calibration_error(confidences, right),
            bins=tuple(reliability(confidences, right)),
            curve=tuple(thinned(curve)),
            answered=len(given),
            wrong=wrong,
            wrong_below=risk_bound(wrong, len(given)),
        )

    def to_dict(self) -> dict[str, object]:
        """For JSON."""
        return {
            "over": "all questions, answered or not: the confidence in the best span",
            "questions": self.questions,
            "expected_calibration_error": self.error,
            "bins": [asdict(part) for part in self.bins],
            "risk_coverage": [asdict(point) for point in self.curve],
            "answered": self.answered,
            "wrong": self.wrong,
            "wrong_below": self.wrong_below,
        }


def thinned(points: Sequence[RiskPoint], most: int = POINTS) -> list[RiskPoint]:
    """At most so many of the points, evenly chosen, the first and the last among them.

    >>> curve = risk_coverage([0.9, 0.8, 0.7, 0.6, 0.5], [False] * 5)
    >>> [point.threshold for point in thinned(curve, 3)]
    [0.9, 0.7, 0.5]
    """
    if len(points) <= most:
        return list(points)
    last = len(points) - 1
    return [points[round(step * last / (most - 1))] for step in range(most)]
