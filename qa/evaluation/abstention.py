"""When to answer, how much goes wrong where one does, and what a confidence is worth.

Throughout, a question is answered where its score or confidence is at least the threshold.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


def best_threshold(
    scores: Sequence[float], answered: Sequence[float], silent: Sequence[float]
) -> tuple[float, float]:
    """The threshold with the highest mean worth, and that mean; of equally good ones the highest.

    `answered[i]` is what question i is worth if it is answered, `silent[i]` if it is not. The
    threshold is infinite where it is best never to answer. This is `find_best_thresh` of the
    official SQuAD 2.0 evaluation script (evaluate-v2.0.py, Rajpurkar et al., 2018), except that
    questions of equal score go together: no threshold parts them.

    Raises ValueError for no questions, and for lists of different lengths.

    >>> best_threshold([3.0, 2.0, 1.0], [1.0, 0.0, 1.0], [0.0, 1.0, 0.0])
    (3.0, 0.6666666666666666)
    """
    _check(scores, answered, silent)
    ordered = np.array(scores)
    order = np.argsort(-ordered, kind="stable")
    ordered = ordered[order]
    gains = np.cumsum((np.array(answered) - np.array(silent))[order])
    last = _last_of_equals(ordered.tolist())
    thresholds = [np.inf, *ordered[last].tolist()]
    totals = np.sum(silent) + np.array([0.0, *gains[last].tolist()])
    best = int(np.argmax(totals))
    return thresholds[best], float(totals[best] / len(ordered))


@dataclass(frozen=True, slots=True)
class RiskPoint:
    """What happens at one threshold: how many are `answered`, and how many of these are `wrong`.

    `coverage` is the share of all questions that is answered, `risk` the share of wrong ones
    among them.
    """

    threshold: float
    answered: int
    wrong: int
    coverage: float
    risk: float


def risk_coverage(confidences: Sequence[float], wrong: Sequence[bool]) -> list[RiskPoint]:
    """The risk-coverage curve: one point for each confidence there is, the highest first.

    The curve is that of El-Yaniv and Wiener (2010), "On the foundations of noise-free selective
    classification". Raises ValueError for no questions, and for lists of different lengths.

    >>> [(p.coverage, p.risk) for p in risk_coverage([0.9, 0.5, 0.5, 0.1], [False, True, False, 1])]
    [(0.25, 0.0), (0.75, 0.3333333333333333), (1.0, 0.5)]
    """
    _check(confidences, wrong)
    order = np.argsort(-np.array(confidences), kind="stable")
    ordered = np.array(confidences)[order].tolist()
    errors = np.cumsum(np.array(wrong, np.int64)[order]).tolist()
    return [
        RiskPoint(
            threshold=ordered[place],
            answered=place + 1,
            wrong=errors[place],
            coverage=(place + 1) / len(ordered),
            risk=errors[place] / (place + 1),
        )
        for place in _last_of_equals(ordered)
    ]


def risk_bound(wrong: int, answered: int, level: float = 0.95) -> float:
    """What the true share of wrong answers is below, with confidence `level`: a one-sided bound.

    The exact bound of Clopper and Pearson (1934), as a quantile of the beta distribution. It
    holds for questions drawn like these, at a threshold that these did not choose.

    Raises ValueError unless `0 <= wrong <= answered`.

    >>> round(risk_bound(0, 29), 4), round(risk_bound(5, 100), 4), risk_bound(0, 0)
    (0.0981, 0.1023, 1.0)
    """
    if not 0 <= wrong <= answered:
        raise ValueError(f"{wrong} wrong among {answered} answered cannot be")
    if wrong == answered:
        return 1.0
    from scipy.special import betaincinv  # scipy.stats would take seconds to load

    return float(betaincinv(wrong + 1, answered - wrong, level))


@dataclass(frozen=True, slots=True)
class Bin:
    """Questions of similar confidence: how many, their mean confidence, the share that is right."""

    questions: int
    confidence: float
    right: float


def reliability(confidences: Sequence[float], right: Sequence[bool], bins: int = 15) -> list[Bin]:
    """The reliability diagram: bins of equally many questions, the least confident first.

    Bins of equal mass after Nguyen and O'Connor (2015), "Posterior calibration and exploratory
    analysis for NLP models". Where equal confidences fall into several bins, each of them counts
    as right by their mean, so that the order of the questions does not matter.

    Raises ValueError for no questions, and for lists of different lengths.

    >>> reliability([0.2, 0.9, 0.4, 0.7], [False, True, False, False], bins=2)[1]
    Bin(questions=2, confidence=0.8, right=0.5)
    """
    _check(confidences, right)
    ordered, place, equals = np.unique(confidences, return_inverse=True, return_counts=True)
    share = np.bincount(place, weights=np.array(right, np.float64)) / equals
    by_rank = np.repeat(np.arange(len(ordered)), equals)
    return [
        Bin(len(part), float(ordered[part].mean()), float(share[part].mean()))
        for part in np.array_split(by_rank, min(bins, len(by_rank)))
    ]


def calibration_error(confidences: Sequence[float], right: Sequence[bool], bins: int = 15) -> float:
    """The expected calibration error over the bins of `reliability`, from 0 (best) to 1.

    The mean distance of confidence and share of right ones, each bin by its questions (Naeini et
    al., 2015; Guo et al., 2017, "On calibration of modern neural networks").

    >>> calibration_error([0.75, 0.75, 0.75, 0.75], [True, True, True, False])
    0.0
    """
    found = reliability(confidences, right, bins)
    apart = sum(part.questions * abs(part.confidence - part.right) for part in found)
    return apart / len(confidences)


def _last_of_equals(ordered: Sequence[float]) -> list[int]:
    """Where each run of equal values ends."""
    following = [*ordered[1:], None]
    pairs = zip(ordered, following, strict=True)
    return [place for place, (value, after) in enumerate(pairs) if value != after]


def _check(*lists: Sequence[float]) -> None:
    if not lists[0] or len({len(values) for values in lists}) > 1:
        raise ValueError(f"expected as many of each, and some: {[len(v) for v in lists]}")
