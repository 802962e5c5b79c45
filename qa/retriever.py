"""Hybrid retrieval: what either retriever brings up, scored by both, in one order."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from qa.dense import Vectors, nearest, similarity
from qa.fusion import fuse
from qa.index import Index
from qa.text import terms
from qa.types import Hit, Policy


def retrieve(index: Index, query: str, vector: Vectors, policy: Policy) -> list[Hit]:
    """All candidates of both retrievers (at most twice `policy.depth`), best fused score first.

    `vector` is the query's, float32 (d,). Ties are ordered by passage id.
    """
    lexical_scores = index.lexical.score(terms(query))
    lexical_rows = _top(index, lexical_scores, policy.depth)
    dense_rows = nearest(index.vectors, vector, policy.depth)
    dense_scores = similarity(index.vectors, vector, dense_rows)
    dense_rows = _by_score(index, dense_rows, dense_scores)[: policy.depth]
    rows = np.union1d(lexical_rows, dense_rows)
    lexical, dense = lexical_scores[rows], similarity(index.vectors, vector, rows)
    lexical_ranks, dense_ranks = _ranks(rows, lexical_rows), _ranks(rows, dense_rows)
    fused = fuse(lexical, dense, lexical_ranks, dense_ranks, policy)
    hits = [
        Hit(
            passage=index.passages[row],
            score=float(fused[n]),
            ranks={"lexical": int(lexical_ranks[n]) or None, "dense": int(dense_ranks[n]) or None},
            scores={"lexical": float(lexical[n]), "dense": float(dense[n])},
        )
        for n, row in enumerate(rows)
    ]
    return sorted(hits, key=lambda hit: (-hit.score, hit.passage.id))


def _top(index: Index, scores: NDArray[np.float64], depth: int) -> NDArray[np.int64]:
    """The rows of the `depth` best positive scores, best first."""
    rows = np.flatnonzero(scores > 0)
    if len(rows) > depth:
        # Everything level with the last place stays in until ids have broken the tie.
        last = np.partition(scores[rows], -depth)[-depth]
        rows = rows[scores[rows] >= last]
    return _by_score(index, rows, scores[rows])[:depth]


def _by_score(
    index: Index, rows: NDArray[np.int64], scores: NDArray[np.float64]
) -> NDArray[np.int64]:
    pairs = zip(rows.tolist(), scores.tolist(), strict=True)
    ordered = sorted(pairs, key=lambda pair: (-pair[1], index.passages[pair[0]].id))
    return np.array([row for row, _ in ordered], dtype=np.int64)


def _ranks(rows: NDArray[np.int64], ordered: NDArray[np.int64]) -> NDArray[np.int64]:
    """The 1-based place of each of `rows` in `ordered`, 0 where it is not in there."""
    ranks = np.zeros(len(rows), np.int64)
    ranks[np.searchsorted(rows, ordered)] = np.arange(1, len(ordered) + 1)
    return ranks
