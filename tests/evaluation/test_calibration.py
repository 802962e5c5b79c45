"""Confidence against being right, over all questions: what was held back counts too."""

from __future__ import annotations

import pytest

from qa.evaluation.abstention import risk_coverage
from qa.evaluation.calibration import POINTS, thinned
from qa.evaluation.runner import evaluate
from tests.evaluation.planted import (
    QUESTIONS,
    BlindReader,
    UnsureReader,
    UnsureWrongReader,
    WrongReader,
    make,
)


def test_a_confidence_speaks_for_the_best_span_given_or_not() -> None:
    """Both are silent at 40%; one would have been right about two of the three questions."""
    unsure = evaluate(make(reader=UnsureReader()), QUESTIONS).calibration
    assert unsure.questions == 3
    assert unsure.error == pytest.approx(2 / 3 - 0.4)
    wrong = evaluate(make(reader=UnsureWrongReader()), QUESTIONS).calibration
    assert wrong.error == pytest.approx(0.4)
    assert (wrong.answered, wrong.wrong, wrong.wrong_below) == (0, 0, 1.0)


def test_an_answer_where_there_is_none_is_wrong() -> None:
    calibration = evaluate(make(reader=WrongReader()), QUESTIONS).calibration
    assert (calibration.answered, calibration.wrong) == (3, 3)
    assert calibration.error == pytest.approx(0.9)
    healthy = evaluate(make(), QUESTIONS).calibration
    assert (healthy.answered, healthy.wrong) == (2, 0)
    # Two of two right: with 95% confidence no more than 1 - 0.05 ** (1 / 2) are wrong.
    assert healthy.wrong_below == pytest.approx(1 - 0.05**0.5)


def test_no_span_at_all_is_rightly_worth_nothing() -> None:
    calibration = evaluate(make(reader=BlindReader()), QUESTIONS).calibration
    assert calibration.error == 0.0
    assert [point.risk for point in calibration.curve] == [1.0]


def test_the_curve_covers_every_threshold() -> None:
    curve = evaluate(make(), QUESTIONS).calibration.curve
    assert [(p.threshold, p.coverage, p.risk) for p in curve] == [
        (0.9, pytest.approx(2 / 3), 0.0),
        (0.2, 1.0, pytest.approx(1 / 3)),
    ]


@pytest.mark.parametrize("count", [1, 2, POINTS - 1, POINTS, POINTS + 1, 99, 1000])
def test_a_thinned_curve_keeps_its_ends_and_order(count: int) -> None:
    curve = risk_coverage([n / count for n in range(count)], [n % 3 == 0 for n in range(count)])
    kept = thinned(curve)
    assert len(kept) == min(count, POINTS)
    assert (kept[0], kept[-1]) == (curve[0], curve[-1])
    places = [curve.index(point) for point in kept]
    assert places == sorted(set(places))
