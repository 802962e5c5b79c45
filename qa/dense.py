"""Dense retrieval: exact inner products of unit vectors, by FAISS over a memory-mapped array."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


def nearest(vectors: Vectors, query: Vectors, depth: int) -> NDArray[np.int64]:
    """The `depth` rows of `vectors` (n, d) nearest to `query` (d,), best first.

    Rows level with the last of them are there too: which of equals to leave out is not for FAISS
    to say.

    >>> nearest(np.eye(3, dtype=np.float32), np.array([0.1, 0.9, 0.0], dtype=np.float32), 2)
    array([1, 0])
    """
    size = len(vectors)
    if not size:
        return np.zeros(0, np.int64)
    import faiss

    asked = depth
    while True:
        asked = min(2 * asked, size)
        (scores,), (rows,) = faiss.knn(
            query[np.newaxis], vectors, asked, metric=faiss.METRIC_INNER_PRODUCT
        )
        last = scores[min(depth, size) - 1]
        if asked == size or scores[-1] < last:
            found: NDArray[np.int64] = rows[scores >= last]
            return found


def similarity(vectors: Vectors, query: Vectors, rows: NDArray[np.int64]) -> NDArray[np.float64]:
    """The cosine of `query` with the unit vectors in `rows`, float64 of shape (len(rows),).

    Summed row by row: a matrix product may give equal rows different last digits.
    """
    products = vectors[rows].astype(np.float64) * query
    total: NDArray[np.float64] = products.sum(axis=1)
    return total
