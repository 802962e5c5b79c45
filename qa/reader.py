"""Readers: they point at the stretch of a passage that answers a question."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from qa.errors import InputError
from qa.layout import units
from qa.protocols import Encoder, Reader
from qa.text import terms
from qa.types import Hit, Span

# What a sentence is judged by: its cosine with the question, the share of the question's terms
# that stand in it or in its title and heading, and the cosine of its passage. None of them depends
# on what else was retrieved, as a fused score does: they mean the same in a small corpus.
Features = tuple[float, float, float]


class BestSentenceReader:
    """Selects the sentence nearest to the question: the baseline for readers that point closer.

    A span's score is the log-odds, before calibration, that its sentence holds the answer. All
    constants come from `python -m eval.first_reader` (docs/decisions/0005-first-reader.md).
    """

    weights: Features = (4.62, 2.92, 9.41)
    bias = -14.57
    slope = 1.0
    shift = 0.0
    threshold = 0.5

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    def read(self, question: str, hits: Sequence[Hit]) -> list[Span]:
        """Every sentence of `hits`, the likeliest first; ties by document id and offset."""
        spans = [span for span, _ in self.sentences(question, hits)]
        return sorted(spans, key=lambda span: (-span.score, span.passage.doc_id, span.start))

    def confidence(self, score: float) -> float:
        """The probability that a question's best sentence of this score holds the answer."""
        return 1 / (1 + math.exp(-(self.slope * score + self.shift)))

    def sentences(self, question: str, hits: Sequence[Hit]) -> list[tuple[Span, Features]]:
        """Every sentence with its features, in the order of `hits`."""
        places = [
            (hit, unit)
            for hit in hits
            for unit in units(hit.passage.text)
            if unit.kind != "heading"
        ]
        if not places:
            return []
        texts = [hit.passage.text[unit.start : unit.end] for hit, unit in places]
        cosines = self._encoder.encode_passages(texts) @ self._encoder.encode_question(question)
        asked = set(terms(question))
        found = []
        for (hit, unit), text, cosine in zip(places, texts, cosines, strict=True):
            passage = hit.passage
            near = {*terms(text), *terms(passage.title), *terms(passage.heading)}
            features = (float(cosine), len(asked & near) / max(len(asked), 1), hit.scores["dense"])
            score = float(np.dot(features, self.weights)) + self.bias
            start, end = passage.start + unit.start, passage.start + unit.end
            found.append((Span(passage, start, end, text, score), features))
        return found


def reader_named(name: str, encoder: Encoder) -> Reader:
    """The reader a policy names. Raises InputError for a name that is not known."""
    if name != "best-sentence":
        raise InputError(f"unknown reader {name!r}", hint="the only one is 'best-sentence'")
    return BestSentenceReader(encoder)
