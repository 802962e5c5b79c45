"""Measures of rankings: published values, values by hand, and a second way to count."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.evaluation.ranking import MEASURES, average, measure

doc_ids = st.sampled_from([f"d{number}" for number in range(12)])
rankings = st.lists(doc_ids, unique=True, max_size=12)
judgements = st.dictionaries(doc_ids, st.integers(-1, 3), max_size=8)


def test_the_published_example_of_ir_measures() -> None:
    """https://ir-measur.es, "Getting started": Q0's D1 is second, Q1's D3 first."""
    qrels = {"Q0": {"D0": 0, "D1": 1}, "Q1": {"D0": 0, "D3": 2}}
    measured = measure(qrels, {"Q0": ["D0", "D1"], "Q1": ["D3", "D0"]})
    assert measured["Q0"]["ndcg_at_10"] == pytest.approx(0.6309297535714575)
    assert measured["Q1"]["ndcg_at_10"] == 1.0
    assert average(measured)["ndcg_at_10"] == pytest.approx(0.8154648767857288)
    assert average(measured)["reciprocal_rank_at_10"] == pytest.approx(0.75)


def test_values_by_hand() -> None:
    qrels = {"q": {"a": 3, "b": 1, "c": 1, "x": 0}}
    found = measure(qrels, {"q": ["x", "b", "a"]})["q"]
    ideal = 3 + 1 / math.log2(3) + 1 / math.log2(4)
    assert found["ndcg_at_10"] == pytest.approx((1 / math.log2(3) + 3 / math.log2(4)) / ideal)
    assert found["reciprocal_rank_at_10"] == 0.5
    assert [found[f"recall_at_{cutoff}"] for cutoff in (1, 5, 20, 100)] == pytest.approx(
        [0, 2 / 3, 2 / 3, 2 / 3]
    )
    assert [found[f"success_at_{cutoff}"] for cutoff in (1, 5, 20)] == [0, 1, 1]


def test_cutoffs() -> None:
    ranked = [f"x{number}" for number in range(10)] + ["a"]
    found = measure({"q": {"a": 1}}, {"q": ranked})["q"]
    assert found["reciprocal_rank_at_10"] == found["ndcg_at_10"] == found["recall_at_5"] == 0
    assert found["recall_at_20"] == 1
    far = [f"x{number}" for number in range(99)] + ["a"]
    assert measure({"q": {"a": 1}}, {"q": far})["q"]["recall_at_100"] == 1
    assert measure({"q": {"a": 1}}, {"q": ["x", *far]})["q"]["recall_at_100"] == 0


def test_every_query_that_is_owed_counts_and_no_other() -> None:
    qrels = {"q1": {"a": 1}, "q2": {"a": 1}, "q3": {"a": 0}, "q4": {"a": 1}}
    measured = measure(qrels, {"q1": ["a"], "q2": [], "q5": ["a"]})
    assert list(measured) == ["q1", "q2", "q4"]
    assert all(set(values) == set(MEASURES) for values in measured.values())
    assert average(measured)["recall_at_1"] == pytest.approx(1 / 3)
    assert measure(qrels, {})["q1"] == dict.fromkeys(MEASURES, 0.0)
    assert measure({}, {}) == {}
    with pytest.raises(ValueError, match="no queries"):
        average({})


def test_ids_are_taken_as_they_are() -> None:
    measured = measure({"问 1\t": {"a b/c.md": 1}}, {"问 1\t": ["Ä", "a b/c.md"]})
    assert measured["问 1\t"]["reciprocal_rank_at_10"] == 0.5


def plainly(grades: dict[str, int], ranked: list[str]) -> dict[str, float]:
    """As the measures are defined, in loops."""
    gains = [max(grades.get(doc_id, 0), 0) for doc_id in ranked]
    best = sorted((max(grade, 0) for grade in grades.values()), reverse=True)

    def discounted(values: list[int]) -> float:
        return sum(value / math.log2(place + 2) for place, value in enumerate(values[:10]))

    relevant = sum(grade > 0 for grade in grades.values())
    first = next((place for place, gain in enumerate(gains, start=1) if gain), 11)
    return {
        "ndcg_at_10": discounted(gains) / discounted(best),
        "reciprocal_rank_at_10": 1 / first if first <= 10 else 0.0,
        **{f"recall_at_{k}": sum(g > 0 for g in gains[:k]) / relevant for k in (1, 5, 20, 100)},
        **{f"success_at_{k}": float(any(gains[:k])) for k in (1, 5, 20)},
    }


@given(st.dictionaries(st.sampled_from(["q1", "q2", "q3"]), st.tuples(judgements, rankings)))
def test_measures_are_those_of_a_second_way_to_count(
    asked: dict[str, tuple[dict[str, int], list[str]]],
) -> None:
    qrels = {query_id: grades for query_id, (grades, _) in asked.items()}
    run = {query_id: ranked for query_id, (_, ranked) in asked.items()}
    owed = [query_id for query_id in qrels if max(qrels[query_id].values(), default=0) > 0]
    measured = measure(qrels, run)
    assert list(measured) == owed
    for query_id in owed:
        assert measured[query_id] == pytest.approx(plainly(qrels[query_id], run[query_id]))
