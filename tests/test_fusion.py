"""Two opinions made into one score."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.fusion import fuse
from qa.types import Policy


def fused(
    lexical: list[float],
    dense: list[float],
    policy: Policy,
    lexical_ranks: list[int] | None = None,
    dense_ranks: list[int] | None = None,
) -> list[float]:
    first, second = (
        np.array(ranks or [0] * len(lexical), np.int64) for ranks in (lexical_ranks, dense_ranks)
    )
    return [float(s) for s in fuse(np.array(lexical), np.array(dense), first, second, policy)]


STANDARD = Policy("standard-score", {"lexical": 0.25, "dense": 0.75})
MIN_MAX = Policy("min-max", {"lexical": 0.25, "dense": 0.75})
RECIPROCAL = Policy(fusion="reciprocal-rank", weights={"lexical": 0.25, "dense": 0.75})


def test_standard_scores_by_hand() -> None:
    # In standard deviations from the mean: u, 0, -u and 0, -u, u, where u is the root of 3/2.
    unit = math.sqrt(1.5)
    sums = [0.25 * unit, -0.75 * unit, -0.25 * unit + 0.75 * unit]
    assert fused([8.0, 5.0, 2.0], [0.3, 0.1, 0.5], STANDARD) == pytest.approx(
        [1 / (1 + math.exp(-deviation)) for deviation in sums]
    )


def test_min_max_by_hand() -> None:
    assert fused([8.0, 2.0, 0.0], [0.1, 0.5, 0.3], MIN_MAX) == pytest.approx(
        [0.25 * 1 + 0, 0.25 * 0.25 + 0.75 * 1, 0 + 0.75 * 0.5]
    )


def test_reciprocal_rank_by_hand() -> None:
    assert fused([0, 0, 0], [0, 0, 0], RECIPROCAL, [1, 2, 0], [0, 1, 40]) == pytest.approx(
        [0.25 * 1, 0.25 * 61 / 62 + 0.75 * 1, 0.75 * 61 / 100]
    )


@pytest.mark.parametrize("policy", [STANDARD, MIN_MAX, RECIPROCAL])
def test_no_candidates(policy: Policy) -> None:
    assert fused([], [], policy) == []


def test_where_all_are_alike_a_retriever_says_nothing() -> None:
    assert fused([0.0, 0.0], [0.2, 0.4], MIN_MAX) == [0, 0.75]
    assert fused([3.0, 3.0], [0.4, 0.4], MIN_MAX) == [0, 0]
    assert fused([3.0], [0.4], MIN_MAX) == [0]
    assert fused([0.1, 0.1, 0.1], [0.4, 0.4, 0.4], STANDARD) == [0.5, 0.5, 0.5]
    assert fused([3.0], [0.4], STANDARD) == [0.5]


def test_one_candidate_by_rank() -> None:
    assert fused([3.0], [0.4], RECIPROCAL, [1], [1]) == [1]


_finite = st.floats(-1e6, 1e6, allow_nan=False)


@given(
    st.lists(st.tuples(_finite, _finite, st.integers(0, 300), st.integers(0, 300)), max_size=20),
    st.floats(0, 1),
    st.sampled_from(["standard-score", "min-max", "reciprocal-rank"]),
)
def test_scores_are_between_0_and_1(
    candidates: list[tuple[float, float, int, int]], share: float, fusion: str
) -> None:
    weights = {"lexical": share, "dense": 1 - share}
    policy = Policy(fusion=fusion, weights=weights)  # type: ignore[arg-type]
    columns = [list(column) for column in zip(*candidates, strict=True)] or [[], [], [], []]
    scores = fused(columns[0], columns[1], policy, columns[2], columns[3])
    assert len(scores) == len(candidates)
    assert all(0 <= score <= 1 for score in scores)


@given(
    st.lists(st.tuples(_finite, _finite), min_size=2, max_size=20),
    st.floats(0.1, 10),
    st.floats(-100, 100),
)
def test_fused_scores_do_not_depend_on_the_scale_of_raw_ones(
    candidates: list[tuple[float, float]], scale: float, offset: float
) -> None:
    lexical, dense = ([round(x, 3) for x in column] for column in zip(*candidates, strict=True))
    moved = [x * scale + offset for x in lexical]
    for policy in (MIN_MAX, STANDARD):
        assert fused(moved, dense, policy) == pytest.approx(fused(lexical, dense, policy), abs=1e-3)
