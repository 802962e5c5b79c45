"""Which fusion of the two retrievers finds the right documents? A grid of policies, measured.

One half of the queries is for choosing a policy ("tune"), the other for reporting it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from qa.errors import InputError
from qa.evaluation.ranking import Qrels, average, measure
from qa.types import Fusion, Hit, Policy, Retriever

Half = Literal["tune", "report"]
Scores = NDArray[np.float64]
Ranks = NDArray[np.int64]
Fuse = Callable[[Scores, Scores, Ranks, Ranks, Policy], Scores]
"""`qa.fusion.fuse`: raw scores and 1-based ranks (0: not brought up) to fused scores."""


@dataclass(frozen=True, slots=True)
class FusionScore:
    """One policy on one half of the queries: means of the measures of `qa.evaluation.ranking`.

    What is ranked are documents; one ranks where its best passage does.
    """

    policy: Policy
    half: Half
    queries: int
    measures: Mapping[str, float]


def grid() -> list[Policy]:
    """Every fusion with lexical weights of 0, 0.1, ... 1: 0 is dense only, 1 lexical only.

    >>> len(grid()), grid()[3].weights["lexical"]
    (33, 0.3)
    """
    return [
        Policy(fusion=fusion, weights={"lexical": tenths / 10, "dense": (10 - tenths) / 10})
        for fusion in get_args(Fusion)
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
    qrels: Qrels,
    rank: Callable[[str], Sequence[Hit]],
    fuse: Fuse,
    policies: Sequence[Policy] | None = None,
) -> list[FusionScore]:
    """Measure every policy (by default those of `grid`) on both halves of the queries.

    `queries` are texts by id, `qrels` the grades of documents by query id; queries without a grade
    above 0 are left out. `rank` is asked once per query; it must return the candidates of both
    retrievers with their scores and ranks, and its own order does not matter.

    Raises `InputError` if no query has relevant documents.
    """
    judged = {
        query_id: qrels[query_id]
        for query_id in queries
        if any(grade > 0 for grade in qrels.get(query_id, {}).values())
    }
    if not judged:
        raise InputError("no query has relevant documents", hint="check the qrels file")
    tried = grid() if policies is None else policies
    runs: list[dict[str, list[str]]] = [{} for _ in tried]
    for query_id in judged:
        hits = rank(queries[query_id])
        for run, policy in zip(runs, tried, strict=True):
            run[query_id] = fused_documents(hits, fuse, policy)
    halves: dict[Half, list[str]] = {"tune": [], "report": []}
    for query_id in judged:
        halves[half_of(query_id)].append(query_id)
    scores = []
    for policy, run in zip(tried, runs, strict=True):
        measured = measure(judged, run)
        for half, query_ids in halves.items():
            if query_ids:
                means = average({query_id: measured[query_id] for query_id in query_ids})
                scores.append(FusionScore(policy, half, len(query_ids), means))
    return scores


def fused_documents(hits: Sequence[Hit], fuse: Fuse, policy: Policy) -> list[str]:
    """The ids of the hits' documents, best first, as this policy fuses the scores."""

    def scores(retriever: Retriever) -> Scores:
        return np.array([hit.scores[retriever] for hit in hits], dtype=np.float64)

    def ranks(retriever: Retriever) -> Ranks:
        return np.array([hit.ranks[retriever] or 0 for hit in hits], dtype=np.int64)

    fused = fuse(scores("lexical"), scores("dense"), ranks("lexical"), ranks("dense"), policy)
    ordered = sorted(zip(fused.tolist(), hits, strict=True), key=lambda x: (-x[0], x[1].passage.id))
    return list(dict.fromkeys(hit.passage.doc_id for _, hit in ordered))
