"""Two opinions on the same passages made into one score. Which way is best is measured:
docs/decisions/0004-fusion.md."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from qa.types import Policy

Scores = NDArray[np.float64]
Ranks = NDArray[np.int64]

# The constant of reciprocal rank fusion: G. Cormack, C. Clarke and S. Buettcher, Reciprocal Rank
# Fusion outperforms Condorcet and individual rank learning methods, SIGIR 2009.
RANK_CONSTANT = 60


def fuse(
    lexical: Scores, dense: Scores, lexical_ranks: Ranks, dense_ranks: Ranks, policy: Policy
) -> Scores:
    """The fused scores, in [0, 1], of n candidates whose four arrays all have shape (n,).

    Scores are raw (BM25; cosine) and known for every candidate, whichever retriever brought it
    up, so that none is punished for missing from a list. Ranks are 1-based, 0 beyond the depth.

    >>> fuse(np.array([4.0, 0.0]), np.array([0.2, 0.6]), np.array([1, 0]), np.array([2, 1]),
    ...      Policy("min-max", {"lexical": 0.25, "dense": 0.75})).tolist()
    [0.25, 0.75]
    """
    shares = policy.weights["lexical"], policy.weights["dense"]
    if policy.fusion == "reciprocal-rank":
        return shares[0] * _reciprocal(lexical_ranks) + shares[1] * _reciprocal(dense_ranks)
    if policy.fusion == "min-max":
        return shares[0] * _min_max(lexical) + shares[1] * _min_max(dense)
    # The logistic function keeps the order and brings the sum of deviations into [0, 1].
    fused: Scores = 1 / (
        1 + np.exp(-(shares[0] * _standard(lexical) + shares[1] * _standard(dense)))
    )
    return fused


def _reciprocal(ranks: Ranks) -> Scores:
    """(k + 1) / (k + rank): 1 for the first, 0 for what was not brought up."""
    return np.where(ranks > 0, (RANK_CONSTANT + 1) / (RANK_CONSTANT + ranks), 0.0)


def _min_max(scores: Scores) -> Scores:
    """Scores moved and stretched to [0, 1] over the candidates; 0 where they are all alike."""
    if not len(scores):
        return scores
    low, high = scores.min(), scores.max()
    if high <= low:
        return np.zeros_like(scores)
    stretched: Scores = (scores - low) / (high - low)
    return stretched


def _standard(scores: Scores) -> Scores:
    """Scores in standard deviations from the candidates' mean; 0 where they are all alike."""
    if not len(scores):
        return scores
    spread = scores.std()
    # Equal scores may leave a spread of rounding errors, which is not one.
    if spread <= 1e-12 * max(1.0, float(np.abs(scores).max())):
        return np.zeros_like(scores)
    deviations: Scores = (scores - scores.mean()) / spread
    return deviations
