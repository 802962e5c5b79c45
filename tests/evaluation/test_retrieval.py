"""Comparing fusions, with rankings small enough to work out by hand."""

import numpy as np
import pytest

from qa.errors import InputError
from qa.evaluation.retrieval import (
    FusionScore,
    Ranks,
    Scores,
    compare_fusions,
    fused_documents,
    grid,
    half_of,
)
from qa.types import Hit, Passage, Policy


def weighted(lexical: Scores, dense: Scores, _: Ranks, __: Ranks, policy: Policy) -> Scores:
    """The plainest fusion: a weighted sum of the raw scores."""
    return policy.weights["lexical"] * lexical + policy.weights["dense"] * dense


def hit(doc_id: str, lexical: float, dense: float, start: int = 0) -> Hit:
    passage = Passage(doc_id, "", start, start + 1, "x")
    return Hit(passage, 0.0, {"lexical": None, "dense": 3}, {"lexical": lexical, "dense": dense})


HITS = [hit("a", 1.0, 0.0), hit("b", 0.0, 1.0), hit("c", 0.6, 0.6), hit("b", 0.9, 0.0, start=5)]
LEXICAL = Policy(weights={"lexical": 1.0, "dense": 0.0})
EVEN = Policy(weights={"lexical": 0.5, "dense": 0.5})
DENSE = Policy(weights={"lexical": 0.0, "dense": 1.0})


def scores_of(results: list[FusionScore], policy: Policy, half: str) -> FusionScore:
    (found,) = [result for result in results if result.policy == policy and result.half == half]
    return found


def test_a_document_ranks_where_its_best_passage_does_and_ties_go_by_id() -> None:
    assert fused_documents(HITS, weighted, LEXICAL) == ["a", "b", "c"]
    assert fused_documents(HITS, weighted, DENSE) == ["b", "c", "a"]
    assert fused_documents(HITS, weighted, EVEN) == ["c", "a", "b"]
    assert fused_documents(list(reversed(HITS)), weighted, EVEN) == ["c", "a", "b"]
    assert fused_documents([], weighted, Policy()) == []


def test_ranks_reach_the_fusion_with_0_for_not_brought_up() -> None:
    seen: list[list[int]] = []

    def spy(lexical: Scores, dense: Scores, first: Ranks, second: Ranks, _: Policy) -> Scores:
        seen.extend([first.tolist(), second.tolist()])
        return np.zeros(len(lexical))

    fused_documents(HITS, spy, Policy())
    assert seen == [[0, 0, 0, 0], [3, 3, 3, 3]]


def test_measures_of_each_half() -> None:
    queries = {f"q{number}": "" for number in range(20)}
    qrels = {query_id: {"b": 1, "c": 0} for query_id in queries}
    results = compare_fusions(queries, qrels, lambda _: HITS, weighted, [LEXICAL, DENSE])
    assert sum(result.queries for result in results) == 2 * 20
    for half in ("tune", "report"):
        lexical, dense = scores_of(results, LEXICAL, half), scores_of(results, DENSE, half)
        assert lexical.queries == sum(half_of(query_id) == half for query_id in queries) > 0
        assert lexical.measures["recall_at_1"] == 0.0
        assert lexical.measures["recall_at_5"] == 1.0
        assert lexical.measures["reciprocal_rank_at_10"] == 0.5
        assert dense.measures["reciprocal_rank_at_10"] == 1.0


def test_queries_without_relevant_documents_are_left_out_and_others_asked_once() -> None:
    asked: list[str] = []

    def rank(query: str) -> list[Hit]:
        asked.append(query)
        return HITS

    queries = {"q1": "one", "q2": "two", "q3": "three"}
    qrels = {"q1": {"b": 2}, "q2": {"missing": 1}, "q3": {"b": 0}}
    results = compare_fusions(queries, qrels, rank, weighted)
    assert asked == ["one", "two"]
    assert len(results) == 2 * len(grid())
    lost = [result.measures for result in results if result.half == half_of("q2")]
    assert {measures["recall_at_20"] for measures in lost} == {0.0}


def test_nothing_to_measure_is_an_error() -> None:
    with pytest.raises(InputError, match="no query has relevant documents"):
        compare_fusions({"q1": "one"}, {"q2": {"b": 1}}, lambda _: HITS, weighted)


def test_the_grid_goes_from_dense_only_to_lexical_only() -> None:
    weights = [policy.weights["lexical"] for policy in grid() if policy.fusion == "min-max"]
    assert weights == pytest.approx([tenths / 10 for tenths in range(11)])
