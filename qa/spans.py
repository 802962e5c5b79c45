"""From the logits of one window to its best spans: the joint search over starts and ends."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

# In tokens. 99% of SQuAD's answers are shorter.
LONGEST = 30


def best_spans(
    starts: NDArray[np.float32], ends: NDArray[np.float32], count: int = 1, longest: int = LONGEST
) -> list[tuple[int, int, float]]:
    """The `count` best pairs `(first, last, score)` of tokens, best first.

    `starts` and `ends` are logits, float32 (n,). A score is the sum of a start's and an end's
    logit with `first <= last < first + longest`: the joint maximum (Devlin et al., 2019, 4.2).
    Ties go to the earlier start, then to the shorter span.

    >>> best_spans(np.array([0.0, 3, 1]), np.array([5.0, 0, 2]), count=2)
    [(0, 0, 5.0), (1, 2, 5.0)]
    """
    n = len(starts)
    if not n:
        return []
    reach = min(longest, n)
    # Row i holds the ends i, i + 1, ... of start i; what lies beyond the window scores -inf.
    padded = np.concatenate([ends, np.full(reach - 1, -np.inf, ends.dtype)])
    scores = starts[:, None] + np.lib.stride_tricks.sliding_window_view(padded, reach)
    flat = scores.ravel()
    kept = np.argpartition(-flat, min(count, len(flat)) - 1)[:count] if count < len(flat) else None
    places = np.arange(len(flat)) if kept is None else np.flatnonzero(flat >= flat[kept].min())
    ordered = places[np.argsort(-flat[places], kind="stable")][:count]
    return [
        (int(place // reach), int(place // reach + place % reach), float(flat[place]))
        for place in ordered
        if np.isfinite(flat[place])
    ]
