"""The baseline that readers are measured against: the sentence nearest to the question."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from qa.layout import units
from qa.protocols import Encoder
from qa.text import indexed_text, terms
from qa.types import Hit, Span

# What a sentence, with its title and heading, is judged by: its cosine with the question, the share
# of the question's terms that stand in it, and the cosine of its passage. None of them depends on
# what else was retrieved, as a fused score does: they mean the same in a small corpus.
Features = tuple[float, float, float]


class BestSentenceReader:
    """Selects the sentence nearest to the question.

    A span's score is the log-odds, before calibration, that its sentence holds the answer. All
    constants come from `python -m eval.first_reader` (docs/decisions/0005-first-reader.md).
    """

    weights: Features = (5.46, 5.71, 1.88)
    bias = -9.88
    slope = 0.76
    shift = 1.09
    threshold = 0.15

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    def read(self, question: str, hits: Sequence[Hit]) -> list[Span]:
        """Every sentence of `hits`, the likeliest first; ties by document id and offset."""
        spans = [span for span, _ in self.sentences(question, hits)]
        return sorted(spans, key=lambda span: (-span.score, span.passage.doc_id, span.start))

    def confidence(self, spans: Sequence[Span]) -> float:
        """The probability that the first of `spans` holds the answer."""
        if not spans:
            return 0.0
        return 1 / (1 + math.exp(-(self.slope * spans[0].score + self.shift)))

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
        sentences = [hit.passage.text[unit.start : unit.end] for hit, unit in places]
        contexts = [
            indexed_text(hit.passage.title, hit.passage.heading, sentence)
            for (hit, _), sentence in zip(places, sentences, strict=True)
        ]
        cosines = self._encoder.encode_passages(contexts) @ self._encoder.encode_question(question)
        asked = set(terms(question))
        found = []
        for place, sentence, context, cosine in zip(
            places, sentences, contexts, cosines, strict=True
        ):
            hit, unit = place
            share = len(asked.intersection(terms(context))) / max(len(asked), 1)
            features = (float(cosine), share, hit.scores["dense"])
            score = float(np.dot(features, self.weights)) + self.bias
            start = hit.passage.start + unit.start
            span = Span(hit.passage, start, start + len(sentence), sentence, score)
            found.append((span, features))
        return found
