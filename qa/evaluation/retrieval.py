"""Which fusion of the two retrievers finds the right documents? A grid of policies, measured.

One half of the queries is for choosing a policy ("tune"), the other for reporting it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from qa.errors import InputError
from qa.evaluation.metrics import recall_at, reciprocal_rank
from qa.evaluation.report import mean
from qa.types import Hit, Policy, Retriever

Half = Literal["tune", "report"]
Scores = NDArray[np.float64]
Ranks = NDArray[np.int64]
Fuse = Callable[[Scores, Scores, Ranks, Ranks, Policy], Scores]
"""`qa.fusion.fuse`: raw scores and 1-based ranks (0: not brought up) to fused scores."""


@dataclass(frozen=True, slots=True)
class FusionScore:
    """One policy on one half of the queries, in terms of documents.

    A document ranks where its best passage does. See `metrics` for the measures.
    """

    policy: Policy
    half: Half
    queries: int
    recall_at_1: float
    recall_at_5: float
    recall_at_20: float
    reciprocal_rank_at_10: float


def grid() -> list[Policy]:
    """Both fusions with lexical weights of 0, 0.1, ... 1: 0 is dense only, 1 lexical only.

    >>> len(grid()), grid()[3].weights["lexical"]
    (22, 0.3)
    """
    return [
        Policy(fusion=fusion, weights={"lexical": tenths / 10, "dense": (10 - tenths) / 10})
        for fusion in ("min-max", "reciprocal-rank")
        for tenths in range(11)
    ]


def half_of(query_id: str) -> Half:
    """The half that a query belongs to: by its id alone, so it is the same on every machine.

    >>> half_of("q2"), half_of("q1")
    ('tune', 'report')
    """
    even = hashlib.sha256(query_id.encode()).digest()[0] % 2 == 0
    return "tune" if even else "report"


def compare_fusions(
    queries: Mapping[str, str],
    relevant: Mapping[str, Collection[str]],
    rank: Callable[[str], Sequence[Hit]],
    fuse: Fuse,
    policies: Sequence[Policy] | None = None,
) -> list[FusionScore]:
    """Measure every policy (by default those of `grid`) on both halves of the queries.

    `queries` are texts by id and `relevant` the ids of right documents by query id; queries
    without any are left out. `rank` is asked once per query; it must return the candidates of
    both retrievers with their scores and ranks, and its own order does not matter.

    Raises `InputError` if no query has relevant documents.
    """
    if not any(relevant.get(query_id) for query_id in queries):
        raise InputError("no query has relevant documents", hint="check the qrels file")
    tried = grid() if policies is None else policies
    halves: dict[Half, list[str]] = {"tune": [], "report": []}
    rankings: dict[str, list[list[str]]] = {}
    for query_id, query in queries.items():
        if relevant.get(query_id):
            halves[half_of(query_id)].append(query_id)
            hits = rank(query)
            rankings[query_id] = [fused_documents(hits, fuse, policy) for policy in tried]
    return [
        _score(policy, half, [(rankings[q][place], relevant[q]) for q in query_ids])
        for place, policy in enumerate(tried)
        for half, query_ids in halves.items()
        if query_ids
    ]


def fused_documents(hits: Sequence[Hit], fuse: Fuse, policy: Policy) -> list[str]:
    """The ids of the hits' documents, best first, as this policy fuses the scores."""

    def scores(retriever: Retriever) -> Scores:
        return np.array([hit.scores[retriever] for hit in hits], dtype=np.float64)

    def ranks(retriever: Retriever) -> Ranks:
        return np.array([hit.ranks[retriever] or 0 for hit in hits], dtype=np.int64)

    fused = fuse(scores("lexical"), scores("dense"), ranks("lexical"), ranks("dense"), policy)
    ordered = sorted(zip(fused.tolist(), hits, strict=True), key=lambda x: (-x[0], x[1].passage.id))
    return list(dict.fromkeys(hit.passage.doc_id for _, hit in ordered))


def _score(
    policy: Policy, half: Half, judged: Sequence[tuple[list[str], Collection[str]]]
) -> FusionScore:
    def average(measure: Callable[[int, list[str], Collection[str]], float], cutoff: int) -> float:
        return mean(measure(cutoff, ranked, wanted) for ranked, wanted in judged) or 0.0

    return FusionScore(
        policy=policy,
        half=half,
        queries=len(judged),
        recall_at_1=average(recall_at, 1),
        recall_at_5=average(recall_at, 5),
        recall_at_20=average(recall_at, 20),
        reciprocal_rank_at_10=average(reciprocal_rank, 10),
    )
