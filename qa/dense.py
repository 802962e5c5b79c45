"""Dense retrieval: exact inner products of unit vectors, by FAISS over a memory-mapped array."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


def nearest(vectors: Vectors, query: Vectors, depth: int) -> NDArray[np.int64]:
    """The rows of `vectors` (n, d) nearest to `query` (d,), best first, at most `depth` of them.

    >>> nearest(np.eye(3, dtype=np.float32), np.array([0.1, 0.9, 0.0], dtype=np.float32), 2)
    array([1, 0])
    """
    if not len(vectors):
        return np.zeros(0, np.int64)
    import faiss

    _, rows = faiss.knn(
        query[np.newaxis], vectors, min(depth, len(vectors)), metric=faiss.METRIC_INNER_PRODUCT
    )
    found: NDArray[np.int64] = rows[0]
    return found


def similarity(vectors: Vectors, query: Vectors, rows: NDArray[np.int64]) -> NDArray[np.float64]:
    """The cosine of `query` with the unit vectors in `rows`, float64 of shape (len(rows),)."""
    return (vectors[rows] @ query).astype(np.float64)
