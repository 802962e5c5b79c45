"""Lexical retrieval: BM25, counted by `rank_bm25` and laid out once as a sparse matrix.

`rank_bm25` visits every passage for every word of a question. Here each term's scores are a
column written down when the index is built, so that a question adds up a few columns.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

K1 = 1.2
B = 0.75


@cache
def bm25_class() -> Any:
    """`rank_bm25.BM25Okapi` with the idf that Lucene uses, which is never negative.

    idf(t) = log(1 + (N - df + 0.5) / (df + 0.5)), N passages, df of them with the term
    (S. Robertson and H. Zaragoza, The Probabilistic Relevance Framework, 2009; Lucene's
    BM25Similarity). The class's own idf is negative for a term in over half of the passages and
    is then replaced by a share of the mean.
    """
    from rank_bm25 import BM25Okapi

    class BM25(BM25Okapi):  # type: ignore[misc]
        def _calc_idf(self, nd: Mapping[str, int]) -> None:
            for term, frequency in nd.items():
                share = (self.corpus_size - frequency + 0.5) / (frequency + 0.5)
                self.idf[term] = math.log(1 + share)

    return BM25


@dataclass(frozen=True, slots=True)
class Lexical:
    """BM25 scores of every term in every passage, by term.

    Column `t` holds the passages `passages[pointers[t]:pointers[t + 1]]`, ascending, and their
    scores at the same places. `pointers` int64, `passages` int32, `scores` float64.
    """

    vocabulary: Mapping[str, int]
    pointers: NDArray[np.int64]
    passages: NDArray[np.int32]
    scores: NDArray[np.float64]
    size: int

    @classmethod
    def build(cls, texts: Sequence[Sequence[str]]) -> Self:
        """Lay out `texts`, each the terms of one passage.

        >>> lexical = Lexical.build([["robot", "dance"], ["robot", "piano", "robot"]])
        >>> lexical.score(["piano"]).round(3).tolist()
        [0.0, 0.641]
        """
        if not any(texts):
            # rank_bm25 divides by the number of passages, and by their mean length.
            empty = np.zeros(0, dtype=np.int32)
            return cls({}, np.zeros(1, np.int64), empty, np.zeros(0), len(texts))
        model = bm25_class()(texts, k1=K1, b=B)
        vocabulary = {term: number for number, term in enumerate(sorted(model.idf))}
        lengths = np.fromiter((len(frequencies) for frequencies in model.doc_freqs), np.int64)
        rows = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)
        pairs = [pair for frequencies in model.doc_freqs for pair in frequencies.items()]
        columns = np.fromiter((vocabulary[term] for term, _ in pairs), np.int64, len(pairs))
        counts = np.fromiter((count for _, count in pairs), np.float64, len(pairs))
        idf = np.array([model.idf[term] for term in vocabulary])
        norm = model.k1 * (1 - model.b + model.b * np.array(model.doc_len) / model.avgdl)
        scores = idf[columns] * (counts * (model.k1 + 1) / (counts + norm[rows]))
        order = np.lexsort((rows, columns))
        pointers = np.zeros(len(vocabulary) + 1, np.int64)
        np.cumsum(np.bincount(columns, minlength=len(vocabulary)), out=pointers[1:])
        return cls(vocabulary, pointers, rows[order], scores[order], len(texts))

    def score(self, terms: Sequence[str]) -> NDArray[np.float64]:
        """The BM25 score of every passage, float64 of shape (size,); 0 where no term occurs."""
        total = np.zeros(self.size)
        for term in terms:
            column = self.vocabulary.get(term)
            if column is not None:
                stretch = slice(self.pointers[column], self.pointers[column + 1])
                total[self.passages[stretch]] += self.scores[stretch]
        return total
