"""Hybrid retrieval against a ranking by brute force."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.index import Index, build_index
from qa.lexical import K1, B, bm25_class
from qa.retriever import retrieve
from qa.text import terms
from qa.types import Document, Hit, Policy, Settings
from tests.fakes import WordEncoder

ENCODER = WordEncoder()
ARTICLES = [
    "Robots danced at the expo.",
    "Robots played the piano. Crowds came to hear robots.",
    "The park in Lijia opened in 2018.",
    "Drones flew over the park.",
    "机器人跳舞。",
    "A total of 530 projects were signed, worth 1,200 yuan.",
]
WORDS = "robot dance expo piano park 2018 drone crowd 530 unknown".split()


def index_of(texts: list[str]) -> Index:
    # "10" comes before "2" as text: ids are compared as such.
    documents = [Document(f"{n}.txt", "", text) for n, text in enumerate(texts)]
    return build_index(documents, ENCODER, Settings())


def search(index: Index, query: str, policy: Policy) -> list[Hit]:
    return retrieve(index, query, ENCODER.encode_question(query), policy)


def scale(scores: dict[str, float]) -> dict[str, float]:
    low, high = min(scores.values()), max(scores.values())
    return {key: (s - low) / (high - low) if high > low else 0.0 for key, s in scores.items()}


@given(
    st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6), min_size=1, max_size=15),
    st.lists(st.sampled_from(WORDS), max_size=4),
    st.sampled_from([0.0, 0.25, 0.5, 1.0]),
)
def test_the_order_is_that_of_a_ranking_by_brute_force(
    passages: list[list[str]], query: list[str], share: float
) -> None:
    index = index_of([" ".join(words) for words in passages])
    question = " ".join(query)
    weights = {"lexical": share, "dense": 1 - share}
    policy = Policy("min-max", weights, depth=len(passages))  # type: ignore[arg-type]
    hits = search(index, question, policy)

    ids = [passage.id for passage in index.passages]
    texts = [p.indexed_text for p in index.passages]
    model = bm25_class()([terms(text) for text in texts], k1=K1, b=B)
    lexical = dict(zip(ids, model.get_scores(terms(question)), strict=True))
    vector = ENCODER.encode_question(question).astype(float)
    dense = {
        key: float(ENCODER.encode_question(text).astype(float) @ vector)
        for key, text in zip(ids, texts, strict=True)
    }
    lexical_share, dense_share = scale(lexical), scale(dense)
    expected = {key: share * lexical_share[key] + (1 - share) * dense_share[key] for key in ids}
    by_hand = sorted(ids, key=lambda key: (-round(expected[key], 9), key))
    found = sorted(hits, key=lambda hit: (-round(hit.score, 9), hit.passage.id))
    assert [hit.passage.id for hit in found] == by_hand
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    for hit in hits:
        assert hit.score == pytest.approx(expected[hit.passage.id])
        assert hit.scores["lexical"] == pytest.approx(lexical[hit.passage.id])
        assert hit.scores["dense"] == pytest.approx(dense[hit.passage.id], abs=1e-6)


@pytest.mark.parametrize("fusion", ["standard-score", "min-max", "reciprocal-rank"])
@pytest.mark.parametrize("depth", [1, 2, 3, 100])
def test_ranks_are_those_within_the_depth(fusion: str, depth: int) -> None:
    index = index_of(ARTICLES)
    policy = Policy(fusion=fusion, depth=depth)  # type: ignore[arg-type]
    everything = search(index, "robots in the park", Policy(depth=100))
    hits = search(index, "robots in the park", policy)
    assert len(hits) <= 2 * depth
    for retriever in ("lexical", "dense"):
        full = {hit.passage.id: hit for hit in everything}
        ranked = sorted(
            (hit for hit in everything if retriever == "dense" or hit.scores["lexical"] > 0),
            key=lambda hit: (-hit.scores[retriever], hit.passage.id),
        )
        expected = {hit.passage.id: n for n, hit in enumerate(ranked[:depth], start=1)}
        assert {
            hit.passage.id: hit.ranks[retriever] for hit in hits if hit.ranks[retriever]
        } == expected
        assert all(hit.ranks[retriever] is None for hit in hits if hit.passage.id not in expected)
        assert [hit.scores[retriever] for hit in hits] == [
            full[hit.passage.id].scores[retriever] for hit in hits
        ]


def test_both_scores_are_known_whichever_retriever_brought_a_passage_up() -> None:
    index = index_of(["robots", *["robots robots robots piano"] * 3, "robots expo"])
    hits = search(index, "robots", Policy(depth=1))
    brought_by_one = [hit for hit in hits if None in hit.ranks.values()]
    assert brought_by_one
    for hit in brought_by_one:
        assert hit.scores["lexical"] > 0
        assert hit.scores["dense"] > 0


@pytest.mark.parametrize("depth", [1, 3, 5, 11, 12, 100])
def test_equal_passages_are_ordered_by_id(depth: int) -> None:
    index = index_of(["Robots danced."] * 12)
    hits = search(index, "robots", Policy(depth=depth))
    ids = sorted(passage.id for passage in index.passages)[:depth]
    assert [hit.passage.id for hit in hits] == ids
    assert [hit.ranks for hit in hits] == [
        {"lexical": n, "dense": n} for n in range(1, len(ids) + 1)
    ]


def test_words_that_no_passage_holds_bring_up_nothing() -> None:
    hits = search(index_of(ARTICLES), "unknown words", Policy(depth=3))
    assert [hit.ranks["lexical"] for hit in hits] == [None] * 3
    assert [hit.scores["lexical"] for hit in hits] == [0] * 3


def test_values_are_plain() -> None:
    for hit in search(index_of(ARTICLES), "robots", Policy()):
        assert type(hit.score) is float
        assert {type(score) for score in hit.scores.values()} == {float}
        assert {type(rank) for rank in hit.ranks.values()} <= {int, type(None)}


@pytest.mark.parametrize("texts", [[], [""], [" \n"]])
def test_an_index_without_passages_has_no_hits(texts: list[str]) -> None:
    assert search(index_of(texts), "robots", Policy()) == []


def test_a_question_without_terms_is_answered_by_the_dense_retriever() -> None:
    hits = search(index_of(ARTICLES), "??", Policy())
    assert len(hits) == len(ARTICLES)
    assert all(hit.ranks["lexical"] is None for hit in hits)
