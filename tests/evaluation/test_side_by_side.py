"""The retrievers and their fusion on the same queries."""

import io
import json

import pytest

from qa.errors import InputError
from qa.evaluation.side_by_side import gain, print_rankings, rankings_to_dict, side_by_side
from qa.types import Hit, Passage

QUERIES = {"q1": "one", "q2": "two", "unjudged": "three"}
QRELS = {"q1": {"a": 1}, "q2": {"b": 2, "c": 0}}


def hit(doc_id: str, start: int, lexical: int | None, dense: int | None) -> Hit:
    passage = Passage(doc_id, "", start, start + 1, "x")
    return Hit(passage, 0.5, {"lexical": lexical, "dense": dense}, {"lexical": 0, "dense": 0})


HITS = {
    # Lexical: a. Dense: c, c, a. Fused: c, a.
    "one": [hit("c", 0, None, 1), hit("c", 1, None, 2), hit("a", 0, 1, 3)],
    # Lexical: c, b. Dense: nothing right.
    "two": [hit("b", 0, 2, None), hit("c", 0, 1, 1)],
}


def test_each_order_is_measured_on_its_own() -> None:
    asked: list[str] = []

    def rank(query: str) -> list[Hit]:
        asked.append(query)
        return HITS[query]

    rankings = side_by_side(QUERIES, QRELS, rank)
    assert asked == ["one", "two"]
    ranks = {
        name: [measured[query]["reciprocal_rank_at_10"] for query in ("q1", "q2")]
        for name, measured in rankings.items()
    }
    assert ranks == {"fused": [0.5, 1.0], "lexical": [1.0, 0.5], "dense": [0.5, 0.0]}
    difference, (low, high) = gain(rankings, "dense", "reciprocal_rank_at_10")
    assert (difference, low, high) == (0.5, 0.0, 1.0)
    record = json.loads(json.dumps(rankings_to_dict(rankings)))
    assert record["queries"] == 2
    assert record["fused_less"]["lexical"]["ndcg_at_10"] == pytest.approx(0.0)
    stream = io.StringIO()
    print_rankings(rankings, "[red]set[/red]", file=stream)
    assert "[red]set[/red]" in stream.getvalue()
    assert "fused less lexical, nDCG@10: +0.000, 95% interval -0.369 to +0.369" in stream.getvalue()


def test_queries_without_judgements_are_no_queries() -> None:
    with pytest.raises(InputError, match="no query has relevant documents"):
        side_by_side({"unjudged": "three"}, QRELS, lambda query: HITS[query])
