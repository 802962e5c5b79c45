"""Readers: they point at the stretch of a passage that answers a question."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from qa.errors import InputError
from qa.layout import units
from qa.protocols import Encoder, Reader
from qa.types import Hit, Span


class BestSentenceReader:
    """Selects the sentence nearest to the question: a baseline for readers that point closer.

    A span's score is the cosine of its sentence and the question.
    """

    # Logistic regression of "the quote holds the answer" on the score: docs/decisions/0005.
    slope = 8.0
    midpoint = 0.5
    threshold = 0.5

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    def read(self, question: str, hits: Sequence[Hit]) -> list[Span]:
        places = [
            (hit, unit)
            for hit in hits
            for unit in units(hit.passage.text)
            if unit.kind != "heading"
        ]
        if not places:
            return []
        texts = [hit.passage.text[unit.start : unit.end] for hit, unit in places]
        scores = self._encoder.encode_passages(texts) @ self._encoder.encode_question(question)
        spans = []
        for number in np.argsort(-scores, kind="stable"):
            hit, unit = places[number]
            start = hit.passage.start + unit.start
            end = hit.passage.start + unit.end
            spans.append(Span(hit.passage, start, end, texts[number], float(scores[number])))
        return spans

    def confidence(self, score: float) -> float:
        return 1 / (1 + math.exp(-self.slope * (score - self.midpoint)))


def reader_named(name: str, encoder: Encoder) -> Reader:
    """The reader a policy names. Raises InputError for a name that is not known."""
    if name != "best-sentence":
        raise InputError(f"unknown reader {name!r}", hint="the only one is 'best-sentence'")
    return BestSentenceReader(encoder)
