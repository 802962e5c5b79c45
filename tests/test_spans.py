"""The joint search over starts and ends, against looking at every pair."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from qa.spans import LONGEST, best_spans

# From few values, so that there are ties; and from any.
LOGITS = st.one_of(
    st.sampled_from([-2.0, -0.5, 0.0, 0.5, 2.0]),
    st.floats(-1e6, 1e6, width=32),
)
PAIRS = st.lists(st.tuples(LOGITS, LOGITS), max_size=14)


def every_pair(
    starts: NDArray[np.float32], ends: NDArray[np.float32], longest: int
) -> list[tuple[int, int, float]]:
    """All spans of at most `longest` tokens, best first, then from the left, then short ones."""
    found = [
        (first, last, float(starts[first] + ends[last]))
        for first in range(len(starts))
        for last in range(first, len(ends))
        if last - first < longest
    ]
    return sorted(found, key=lambda span: (-span[2], span[0], span[1]))


def logits(*values: float) -> NDArray[np.float32]:
    return np.array(values, np.float32)


@given(PAIRS, st.integers(1, 120), st.integers(1, 16))
def test_the_best_are_those_that_looking_at_every_pair_finds(
    pairs: list[tuple[float, float]], count: int, longest: int
) -> None:
    starts, ends = logits(*(a for a, _ in pairs)), logits(*(b for _, b in pairs))
    expected = every_pair(starts, ends, longest)[:count]
    assert best_spans(starts, ends, count, longest) == expected


@given(PAIRS)
def test_one_more_span_changes_nothing_before_it(pairs: list[tuple[float, float]]) -> None:
    starts, ends = logits(*(a for a, _ in pairs)), logits(*(b for _, b in pairs))
    everything = best_spans(starts, ends, count=1000)
    for count in (1, 2, 5, 40):
        assert best_spans(starts, ends, count) == everything[:count]


def test_where_the_best_end_comes_before_the_best_start_neither_is_taken_blindly() -> None:
    assert best_spans(logits(0, 0, 5), logits(6, 0, 0)) == [(0, 0, 6.0)]
    assert best_spans(logits(0, 1, 5), logits(3, 0, 0)) == [(2, 2, 5.0)]


def test_a_span_is_at_most_so_many_tokens_long() -> None:
    starts, ends = np.zeros(60, np.float32), np.zeros(60, np.float32)
    starts[0] = ends[LONGEST - 1] = 10
    assert best_spans(starts, ends) == [(0, LONGEST - 1, 20.0)]
    ends[LONGEST - 1], ends[LONGEST] = 0, 10
    assert best_spans(starts, ends) == [(0, 0, 10.0)]
    assert best_spans(starts, ends, longest=LONGEST + 1) == [(0, LONGEST, 20.0)]
    assert {last - first for first, last, _ in best_spans(starts, ends, 9999, 1)} == {0}


@pytest.mark.parametrize("tokens", [0, 1, 2, 3])
def test_there_are_no_more_spans_than_pairs(tokens: int) -> None:
    flat = np.zeros(tokens, np.float32)
    assert len(best_spans(flat, flat, count=100)) == tokens * (tokens + 1) // 2
    assert all(np.isfinite(score) for _, _, score in best_spans(flat, flat, count=100))
