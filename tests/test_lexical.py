"""BM25 as a matrix against `rank_bm25` itself, and against the formula written out."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.lexical import K1, B, Lexical, bm25_class

_words = st.sampled_from(["robot", "dance", "expo", "1,200", "31.9%", "机", "piano", "li"])
_corpora = st.lists(st.lists(_words, max_size=12), max_size=12)
_queries = st.lists(st.one_of(_words, st.just("unknown")), max_size=6)


def naive(corpus: list[list[str]], query: list[str]) -> list[float]:
    """Robertson's formula with Lucene's idf, passage by passage."""
    mean = sum(map(len, corpus)) / len(corpus)
    scores = []
    for passage in corpus:
        score = 0.0
        for term in query:
            holders = sum(term in other for other in corpus)
            count = passage.count(term)
            if count:
                idf = math.log(1 + (len(corpus) - holders + 0.5) / (holders + 0.5))
                score += idf * count * (K1 + 1) / (count + K1 * (1 - B + B * len(passage) / mean))
        scores.append(score)
    return scores


@given(_corpora.filter(any), _queries)
def test_scores_are_those_of_rank_bm25(corpus: list[list[str]], query: list[str]) -> None:
    theirs = bm25_class()(corpus, k1=K1, b=B).get_scores(query)
    assert Lexical.build(corpus).score(query) == pytest.approx(theirs, abs=1e-6)


@given(_corpora.filter(any), _queries)
def test_scores_are_those_of_the_formula(corpus: list[list[str]], query: list[str]) -> None:
    assert Lexical.build(corpus).score(query) == pytest.approx(naive(corpus, query), abs=1e-9)


def test_one_score_by_hand() -> None:
    corpus = [["robot", "robot", "dance"], ["piano"], ["robot", "expo"]]
    # idf = ln(1 + (3 - 2 + 0.5) / (2 + 0.5)), the mean length is 2, "robot" is there twice.
    expected = math.log(1.6) * 2 * 2.2 / (2 + 1.2 * (0.25 + 0.75 * 3 / 2))
    assert Lexical.build(corpus).score(["robot"])[0] == pytest.approx(expected)


def test_a_term_in_every_passage_still_counts() -> None:
    scores = Lexical.build([["robot"], ["robot", "dance"], ["robot"]]).score(["robot"])
    assert (scores > 0).all()


def test_a_term_asked_twice_counts_twice() -> None:
    lexical = Lexical.build([["robot", "dance"], ["expo"]])
    assert lexical.score(["robot", "robot"]) == pytest.approx(2 * lexical.score(["robot"]))


@pytest.mark.parametrize("corpus", [[], [[]], [[], [], []]])
def test_nothing_to_count(corpus: list[list[str]]) -> None:
    scores = Lexical.build(corpus).score(["robot"])
    assert scores.tolist() == [0.0] * len(corpus)


def test_unknown_words_and_empty_passages_score_nothing() -> None:
    lexical = Lexical.build([["robot"], [], ["dance"]])
    assert lexical.score(["unknown", ""]).tolist() == [0, 0, 0]
    assert lexical.score([]).tolist() == [0, 0, 0]
    assert lexical.score(["robot"])[1] == 0


@given(_corpora)
def test_columns_are_laid_out_as_stated(corpus: list[list[str]]) -> None:
    lexical = Lexical.build(corpus)
    terms = sorted({term for passage in corpus for term in passage})
    assert list(lexical.vocabulary) == terms
    assert list(lexical.vocabulary.values()) == list(range(len(terms)))
    assert lexical.size == len(corpus)
    assert lexical.pointers.dtype == np.int64
    assert lexical.passages.dtype == np.int32
    assert lexical.scores.dtype == np.float64
    for term, column in lexical.vocabulary.items():
        held = lexical.passages[lexical.pointers[column] : lexical.pointers[column + 1]].tolist()
        assert held == [n for n, passage in enumerate(corpus) if term in passage]
