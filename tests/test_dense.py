"""FAISS against a dot product."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from qa.dense import nearest, similarity


def unit(rows: int, dimension: int, seed: int) -> NDArray[np.float32]:
    vectors = np.random.default_rng(seed).normal(size=(rows, dimension)).astype(np.float32)
    units: NDArray[np.float32] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return units


@given(st.integers(1, 60), st.integers(1, 80), st.integers(2, 40), st.integers(0, 2**32 - 1))
def test_nearest_is_the_order_of_the_dot_products(
    size: int, depth: int, dimension: int, seed: int
) -> None:
    vectors, query = unit(size, dimension, seed), unit(1, dimension, seed + 1)[0]
    by_hand = [float(sum(a * b for a, b in zip(row, query, strict=True))) for row in vectors]
    rows = nearest(vectors, query, depth)
    assert len(set(rows.tolist())) == len(rows) == min(depth, size)
    assert [by_hand[row] for row in rows] == pytest.approx(
        sorted(by_hand, reverse=True)[:depth], abs=1e-5
    )
    assert similarity(vectors, query, rows) == pytest.approx([by_hand[n] for n in rows], abs=1e-5)


@pytest.mark.parametrize("copies", [2, 7, 150])
@pytest.mark.parametrize("depth", [1, 3, 100])
def test_rows_level_with_the_last_are_there_too(copies: int, depth: int) -> None:
    query = unit(1, 384, 0)[0]
    vectors = np.concatenate([-unit(5, 384, 1), np.repeat(query[np.newaxis], copies, axis=0)])
    rows = nearest(vectors, query, depth)
    assert set(rows.tolist()) >= set(range(5, 5 + copies))
    assert len(rows) == max(copies, min(depth, 5 + copies))


@pytest.mark.parametrize("copies", [3, 17, 101])
@pytest.mark.parametrize("dimension", [7, 256, 384])
def test_equal_rows_are_equally_similar(copies: int, dimension: int) -> None:
    """A matrix product gives some of them another last digit."""
    vectors = np.repeat(unit(1, dimension, 3), copies, axis=0)
    scores = similarity(vectors, unit(1, dimension, 4)[0], np.arange(copies))
    assert len(set(scores.tolist())) == 1
    alone = similarity(vectors, unit(1, dimension, 4)[0], np.array([copies - 1]))
    assert alone[0] == scores[0]


def test_an_index_without_passages_has_none_nearest() -> None:
    nothing, query = np.zeros((0, 1), np.float32), unit(1, 384, 5)[0]
    rows = nearest(nothing, query, 10)
    assert rows.tolist() == []
    assert rows.dtype == np.int64
    assert similarity(nothing, query, rows).shape == (0,)
