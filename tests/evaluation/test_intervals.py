"""Bootstrap intervals: reproducible, as wide as theory says, and of ratios rather than of means."""

from __future__ import annotations

import math

import numpy as np
import pytest

from qa.evaluation.intervals import RESAMPLES, draws, ratio_intervals


def column(*values: float) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    return np.array([[value] for value in values])


def interval(amounts: list[float], totals: list[float]) -> tuple[float, float]:
    (found,) = ratio_intervals(column(*amounts), column(*totals))
    assert found is not None
    return found


def test_every_resample_has_as_many_questions() -> None:
    blocks = list(draws(700))
    assert sum(len(block) for block in blocks) == RESAMPLES
    assert len(blocks) > 1
    for block in blocks:
        assert set(block.sum(axis=1).tolist()) == {700.0}
    # Each question is drawn once on average.
    assert np.concatenate(blocks).mean(axis=0) == pytest.approx(np.ones(700), abs=0.15)


def test_the_same_questions_give_the_same_interval() -> None:
    first = interval([1.0] * 30 + [0.0] * 10, [1.0] * 40)
    assert interval([1.0] * 30 + [0.0] * 10, [1.0] * 40) == first


@pytest.mark.parametrize("share", [0.1, 0.5, 0.8])
def test_an_interval_is_as_wide_as_the_normal_approximation(share: float) -> None:
    count = 1_000
    right = round(share * count)
    low, high = interval([1.0] * right + [0.0] * (count - right), [1.0] * count)
    half = 1.96 * math.sqrt(share * (1 - share) / count)
    assert low == pytest.approx(share - half, abs=0.005)
    assert high == pytest.approx(share + half, abs=0.005)


def test_what_never_varies_has_no_width() -> None:
    assert interval([1.0] * 9, [1.0] * 9) == (1.0, 1.0)
    assert interval([0.0] * 9, [1.0] * 9) == (0.0, 0.0)
    assert interval([1.0], [1.0]) == (1.0, 1.0)


def test_questions_are_resampled_with_all_their_citations() -> None:
    """Ten questions with 100 citations each vary as ten things do, not as a thousand."""
    amounts, totals = [100.0] * 5 + [0.0] * 5, [100.0] * 10
    low, high = interval(amounts, totals)
    assert (low, high) == (0.2, 0.8)
    # A question with many citations weighs more than one with few: 90 of 100, not the mean 0.5.
    low, high = interval([90.0, *[0.0] * 10], [90.0, *[1.0] * 10])
    assert low == 0.0
    assert 0.9 < high < 1.0


def test_what_some_questions_have_nothing_of_is_measured_on_the_others() -> None:
    amounts = np.array([[1.0, 0.0], [0.0, 0.0], [1.0, 0.0]])
    totals = np.array([[1.0, 0.0], [0.0, 0.0], [1.0, 0.0]])
    assert ratio_intervals(amounts, totals) == [(1.0, 1.0), None]
