"""How long the stages of an answer took. Kept apart from the rest: it differs from run to run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from qa.evaluation.outcome import Outcome


@dataclass(frozen=True, slots=True)
class Latency:
    """Seconds that questions took: the median, the 95th percentile and the slowest."""

    median: float
    p95: float
    slowest: float

    @classmethod
    def of(cls, seconds: Sequence[float]) -> Latency | None:
        """Percentiles between two values are interpolated; None of no values.

        >>> Latency.of([1.0, 2.0, 3.0])
        Latency(median=2.0, p95=2.9, slowest=3.0)
        """
        if not seconds:
            return None
        median, p95 = np.quantile(seconds, [0.5, 0.95])
        return cls(float(median), float(p95), max(seconds))

    def to_dict(self) -> dict[str, float]:
        """For JSON."""
        return {
            "median_seconds": self.median,
            "p95_seconds": self.p95,
            "slowest_seconds": self.slowest,
        }


def latencies(outcomes: Sequence[Outcome]) -> dict[str, Latency]:
    """Of the whole answer ("all") and of each stage, in the order in which they are passed."""
    timed = [outcome.seconds for outcome in outcomes if outcome.seconds]
    stages = list(dict.fromkeys(stage for seconds in timed for stage in seconds))
    columns = {"all": [sum(seconds.values()) for seconds in timed]}
    columns |= {stage: [s[stage] for s in timed if stage in s] for stage in stages}
    found = {stage: Latency.of(column) for stage, column in columns.items()}
    return {stage: latency for stage, latency in found.items() if latency is not None}
