"""Lexical, dense and fused retrieval side by side, on the same judged queries."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Literal, TextIO

import numpy as np

from qa.errors import InputError
from qa.evaluation.intervals import Interval, ratio_intervals
from qa.evaluation.ranking import Measured, Qrels, average, measure
from qa.evaluation.runner import RETRIEVERS
from qa.evaluation.table import WIDTH
from qa.types import Hit, Retriever

Ranking = Literal["fused", "lexical", "dense"]
Rankings = Mapping[Ranking, Measured]
"""What each of the three comes to, query by query."""

_COLUMNS = {
    "nDCG@10": "ndcg_at_10",
    "MRR@10": "reciprocal_rank_at_10",
    "R@1": "recall_at_1",
    "R@5": "recall_at_5",
    "R@20": "recall_at_20",
    "R@100": "recall_at_100",
}


def side_by_side(
    queries: Mapping[str, str],
    qrels: Qrels,
    rank: Callable[[str], Sequence[Hit]],
    wrap: Callable[[Sequence[str]], Iterable[str]] = iter,
) -> Rankings:
    """Measure the hits of every judged query in fused order, and in that of each retriever alone.

    `rank` returns all candidates of both retrievers, in fused order. Ranked are documents; one
    ranks where its best passage does, so a retriever's depth in passages bounds its recall.
    `wrap` passes the query ids on (a progress bar may).

    Raises `InputError` if no query has relevant documents.
    """
    judged = [
        query_id
        for query_id in queries
        if any(grade > 0 for grade in qrels.get(query_id, {}).values())
    ]
    if not judged:
        raise InputError("no query has relevant documents", hint="check the qrels file or --split")
    runs: dict[Ranking, dict[str, list[str]]] = {"fused": {}, "lexical": {}, "dense": {}}
    for query_id in wrap(judged):
        hits = rank(queries[query_id])
        runs["fused"][query_id] = _documents(hits)
        for retriever in RETRIEVERS:
            runs[retriever][query_id] = _documents(_alone(hits, retriever))
    owed = {query_id: qrels[query_id] for query_id in judged}
    return {name: measure(owed, run) for name, run in runs.items()}


def _alone(hits: Sequence[Hit], retriever: Retriever) -> list[Hit]:
    """What one retriever brought up, in its order."""
    ranked = [(rank, hit) for hit in hits if (rank := hit.ranks[retriever]) is not None]
    return [hit for _, hit in sorted(ranked, key=lambda pair: pair[0])]


def _documents(hits: Sequence[Hit]) -> list[str]:
    return list(dict.fromkeys(hit.passage.doc_id for hit in hits))


def gain(rankings: Rankings, over: Ranking, name: str = "ndcg_at_10") -> tuple[float, Interval]:
    """How far fused is above another ranking on average, with a paired 95% bootstrap interval."""
    fused, other = rankings["fused"], rankings[over]
    gains = np.array([[fused[query_id][name] - other[query_id][name]] for query_id in fused])
    (interval,) = ratio_intervals(gains, np.ones_like(gains))
    if interval is None:
        raise ValueError("there are no queries to compare")
    return float(gains.mean()), interval


def print_rankings(rankings: Rankings, title: str, *, file: TextIO | None = None) -> None:
    """Print means and what fusion gains to a text stream, stdout by default."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    stream = file or sys.stdout
    console = Console(file=stream, width=None if stream.isatty() else WIDTH, highlight=False)
    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), show_edge=False)
    table.add_column(escape(title), overflow="fold")
    for heading in _COLUMNS:
        table.add_column(heading, justify="right", no_wrap=True)
    for name, measured in rankings.items():
        means = average(measured)
        table.add_row(name, *(f"{means[measure]:.3f}" for measure in _COLUMNS.values()))
    console.print(table)
    for retriever in RETRIEVERS:
        difference, (low, high) = gain(rankings, retriever)
        console.print(
            f"fused less {retriever}, nDCG@10: {difference:+.3f}, "
            f"95% interval {low:+.3f} to {high:+.3f}",
            markup=False,
        )


def rankings_to_dict(rankings: Rankings) -> dict[str, object]:
    """For JSON: means, what fusion gains, and every query."""
    gains = {retriever: gain(rankings, retriever) for retriever in RETRIEVERS}
    return {
        "queries": len(rankings["fused"]),
        "means": {name: average(measured) for name, measured in rankings.items()},
        "fused_less": {
            retriever: {"ndcg_at_10": difference, "interval": list(interval)}
            for retriever, (difference, interval) in gains.items()
        },
        "by_query": {name: dict(measured) for name, measured in rankings.items()},
    }
