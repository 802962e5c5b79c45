"""Thresholds, bounds and calibration, each against a plain second way to compute it."""

from __future__ import annotations

import math
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.evaluation.abstention import (
    best_threshold,
    calibration_error,
    reliability,
    risk_bound,
    risk_coverage,
)

# Few values, so that some are equal; quarters, so that sums are exact.
quarters = st.integers(-4, 4).map(lambda n: n / 4)
asked = st.lists(st.tuples(quarters, quarters, quarters), min_size=1, max_size=12)
judged = st.lists(
    st.tuples(st.integers(0, 4).map(lambda n: n / 4), st.booleans()), min_size=1, max_size=40
)


@given(asked)
def test_no_threshold_is_better_than_the_best_and_none_as_good_is_higher(
    rows: list[tuple[float, float, float]],
) -> None:
    def worth(threshold: float) -> float:
        worths = [answered if score >= threshold else silent for score, answered, silent in rows]
        return sum(worths) / len(rows)

    scores, answered, silent = zip(*rows, strict=True)
    threshold, mean = best_threshold(scores, answered, silent)
    candidates = [math.inf, *scores]
    best = max(map(worth, candidates))
    assert mean == pytest.approx(best)
    assert threshold == max(one for one in candidates if worth(one) == best)


def official_search(scores: list[float], f1: list[float], has_answer: list[bool]) -> float:
    """The search as the SQuAD 2.0 script describes it: from silence on, one question at a time."""
    current = best = float(has_answer.count(False))
    for place in sorted(range(len(scores)), key=lambda n: -scores[n]):
        current += f1[place] if has_answer[place] else -1
        best = max(best, current)
    return best / len(scores)


@given(st.lists(st.tuples(st.integers(0, 4), st.booleans()), min_size=1, max_size=20))
def test_the_best_mean_is_the_official_one(rows: list[tuple[int, bool]]) -> None:
    scores = Random(3).sample([float(n) for n in range(len(rows))], len(rows))
    has_answer = [answerable for _, answerable in rows]
    f1 = [part / 4 if answerable else 0.0 for part, answerable in rows]
    silent = [float(not answerable) for answerable in has_answer]
    _, mean = best_threshold(scores, f1, silent)
    assert mean == pytest.approx(official_search(scores, f1, has_answer))


def test_it_can_be_best_never_to_answer_and_best_always_to() -> None:
    assert best_threshold([2.0, 1.0], [0.0, 0.0], [1.0, 1.0]) == (math.inf, 1.0)
    assert best_threshold([2.0, 1.0], [1.0, 1.0], [0.0, 0.0]) == (1.0, 1.0)


def chance_of_at_most(wrong: int, answered: int, share: Fraction) -> Fraction:
    """The binomial distribution, summed up exactly."""
    terms = (
        math.comb(answered, n) * share**n * (1 - share) ** (answered - n) for n in range(wrong + 1)
    )
    return sum(terms, Fraction(0))


@pytest.mark.parametrize("level", [0.95, 0.5])
@pytest.mark.parametrize(("wrong", "answered"), [(0, 1), (0, 29), (1, 10), (9, 10), (12, 200)])
def test_at_the_bound_so_few_errors_are_just_so_unlikely(
    wrong: int, answered: int, level: float
) -> None:
    bound = Fraction(risk_bound(wrong, answered, level))
    assert float(chance_of_at_most(wrong, answered, bound)) == pytest.approx(1 - level)


def test_the_bound_knows_nothing_of_no_answers_and_refuses_more_wrong_than_answered() -> None:
    assert risk_bound(0, 0) == risk_bound(7, 7) == 1.0
    for wrong, answered in ((-1, 5), (6, 5)):
        with pytest.raises(ValueError, match="cannot be"):
            risk_bound(wrong, answered)


@given(judged)
def test_each_point_of_the_curve_counts_what_its_threshold_lets_through(
    rows: list[tuple[float, bool]],
) -> None:
    points = risk_coverage([c for c, _ in rows], [wrong for _, wrong in rows])
    assert [p.threshold for p in points] == sorted({c for c, _ in rows}, reverse=True)
    for point in points:
        through = [wrong for confidence, wrong in rows if confidence >= point.threshold]
        assert (point.answered, point.wrong) == (len(through), sum(through))
        assert point.coverage == len(through) / len(rows)
        assert point.risk == sum(through) / len(through)


def test_a_reliability_diagram_by_hand() -> None:
    confidences = [0.9, 0.1, 0.5, 0.6, 0.2]
    right = [True, False, True, False, False]
    # Sorted: 0.1 0.2 0.5 | 0.6 0.9; the first bins are the larger ones.
    low, high = reliability(confidences, right, bins=2)
    assert (low.questions, high.questions) == (3, 2)
    assert (low.confidence, high.confidence) == pytest.approx((0.8 / 3, 0.75))
    assert (low.right, high.right) == pytest.approx((1 / 3, 0.5))
    expected = (3 * (1 / 3 - 0.8 / 3) + 2 * 0.25) / 5
    assert calibration_error(confidences, right, bins=2) == pytest.approx(expected)


@given(judged, st.integers(1, 20), st.randoms(use_true_random=False))
def test_calibration_counts_everyone_once_in_any_order(
    rows: list[tuple[float, bool]], bins: int, chooser: Random
) -> None:
    found = reliability([c for c, _ in rows], [right for _, right in rows], bins)
    sizes = [part.questions for part in found]
    assert len(sizes) == min(bins, len(rows))
    assert max(sizes) - min(sizes) <= 1
    assert sum(p.questions * p.right for p in found) == pytest.approx(sum(r for _, r in rows))
    assert sum(p.questions * p.confidence for p in found) == pytest.approx(sum(c for c, _ in rows))
    shuffled = chooser.sample(rows, len(rows))
    again = reliability([c for c, _ in shuffled], [right for _, right in shuffled], bins)
    assert again == found


def test_confidence_that_says_what_happens_has_no_error_and_its_opposite_has_all() -> None:
    assert calibration_error([1.0, 0.0, 1.0], [True, False, True]) == 0.0
    assert calibration_error([1.0, 0.0, 1.0], [False, True, False]) == 1.0
    assert calibration_error([0.25] * 8, [True, True, *[False] * 6]) == 0.0


def test_no_questions_and_lists_of_different_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="as many of each"):
        best_threshold([], [], [])
    with pytest.raises(ValueError, match="as many of each"):
        best_threshold([1.0], [1.0], [])
    with pytest.raises(ValueError, match="as many of each"):
        risk_coverage([0.5], [])
    with pytest.raises(ValueError, match="as many of each"):
        calibration_error([], [])
