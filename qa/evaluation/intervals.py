"""How far a figure may be off by the choice of questions: bootstrap intervals."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
Interval = tuple[float, float]

RESAMPLES = 2_000
SEED = 2018
_AT_ONCE = 1_000_000
_DIGITS = 6


def draws(questions: int, resamples: int = RESAMPLES, seed: int = SEED) -> Iterator[Values]:
    """How often each question is drawn, in resamples of as many questions, with replacement.

    float64 of shape (some, questions), `resamples` rows in all, each adding up to `questions`. The
    same for the same arguments.

    >>> [block] = draws(3, resamples=2)
    >>> block.shape, block.sum(axis=1).tolist()
    ((2, 3), [3.0, 3.0])
    """
    source = np.random.default_rng(seed)
    step = max(1, _AT_ONCE // questions)
    for first in range(0, resamples, step):
        rows = min(step, resamples - first)
        drawn = source.integers(0, questions, size=(rows, questions))
        places = drawn + questions * np.arange(rows)[:, np.newaxis]
        counts = np.bincount(places.ravel(), minlength=rows * questions)
        yield counts.reshape(rows, questions).astype(np.float64)


def ratio_intervals(amounts: Values, totals: Values, level: float = 0.95) -> list[Interval | None]:
    """The interval of each `amounts.sum(axis=0) / totals.sum(axis=0)`, a column being a measure.

    Both are of shape (questions, measures). A mean over some of the questions is such a ratio, with
    a total of 1 for each of these; so is a share of citations, of which a question may have
    several. Questions are resampled whole, so that what varies between them counts.

    The interval is the percentile bootstrap's (B. Efron and R. Tibshirani, An Introduction to the
    Bootstrap, 1993, chapter 13), rounded to six decimals. Resamples without anything to measure are
    left out; the interval is None where no question has anything.

    >>> ones = np.ones((100, 1))
    >>> ratio_intervals(np.array([[1.0]] * 80 + [[0.0]] * 20), ones)
    [(0.72, 0.87)]
    """
    blocks = []
    for counts in draws(len(amounts)):
        above, below = counts @ amounts, counts @ totals
        undefined = np.full_like(above, np.nan)
        blocks.append(np.divide(above, below, out=undefined, where=below > 0))
    ratios = np.concatenate(blocks)
    tail = (1 - level) / 2
    found: list[Interval | None] = []
    for total, column in zip(totals.T, ratios.T, strict=True):
        if not total.any():
            found.append(None)
            continue
        low, high = np.nanquantile(column, [tail, 1 - tail])
        found.append((round(float(low), _DIGITS), round(float(high), _DIGITS)))
    return found


def spoken(interval: Interval | None) -> str:
    """Whole percent. Empty where there was nothing to measure, and where all questions are alike:
    drawn again they always will be, and that says nothing of other questions.

    >>> spoken((0.724, 0.871)), spoken((1.0, 1.0))
    ('72–87', '')
    """
    if interval is None or interval[0] == interval[1]:
        return ""
    return f"{100 * interval[0]:.0f}–{100 * interval[1]:.0f}"
