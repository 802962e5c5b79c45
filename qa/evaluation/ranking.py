"""Measures of a ranking against judged documents: those of trec_eval, by ir-measures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import fsum

Qrels = Mapping[str, Mapping[str, int]]
"""Grades by query id and document id; above 0 is relevant."""

Run = Mapping[str, Sequence[str]]
"""Document ids by query id, best first."""

Measured = dict[str, dict[str, float]]
"""Values by query id and the name of the measure."""

MEASURES: Mapping[str, str] = {
    "ndcg_at_10": "nDCG@10",
    "reciprocal_rank_at_10": "RR@10",
    **{f"recall_at_{cutoff}": f"R@{cutoff}" for cutoff in (1, 5, 20, 100)},
    **{f"success_at_{cutoff}": f"Success@{cutoff}" for cutoff in (1, 5, 20)},
}
"""Every measure by its name here and in ir-measures (https://ir-measur.es).

Recall is the share of a query's relevant documents that is found; success is 1 where one is found.
"""


def measure(qrels: Qrels, run: Run) -> Measured:
    """Every measure of every query that has a relevant document, in the order of `qrels`.

    A query that the run says nothing of counts, with 0. Only the order of a ranking matters: it
    may hold no document twice, and no two documents level.

    >>> measure({"q1": {"a": 1}}, {"q1": ["b", "a"]})["q1"]["reciprocal_rank_at_10"]
    0.5
    """
    import ir_measures

    owed = {
        query_id: dict(grades)
        for query_id, grades in qrels.items()
        if any(grade > 0 for grade in grades.values())
    }
    # Falling scores instead of the retriever's own: trec_eval would order equal ones its own way.
    scored = {
        query_id: {doc_id: float(-rank) for rank, doc_id in enumerate(run.get(query_id, ()))}
        for query_id in owed
    }
    names = {ir_measures.parse_measure(theirs): ours for ours, theirs in MEASURES.items()}
    found: Measured = {query_id: dict.fromkeys(MEASURES, 0.0) for query_id in owed}
    if any(scored.values()):
        for value in ir_measures.iter_calc(list(names), owed, scored):
            found[value.query_id][names[value.measure]] = float(value.value)
    return found


def average(measured: Measured) -> dict[str, float]:
    """The mean of every measure over the queries. Raises ValueError for none.

    >>> average({"q1": {"recall_at_1": 1.0}, "q2": {"recall_at_1": 0.0}})
    {'recall_at_1': 0.5}
    """
    if not measured:
        raise ValueError("there are no queries to average over")
    names = next(iter(measured.values()))
    return {
        name: fsum(values[name] for values in measured.values()) / len(measured) for name in names
    }
