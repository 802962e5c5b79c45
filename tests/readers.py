"""Readers that need no model: what they point at can be worked out by hand."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from qa.layout import units
from qa.text import terms
from qa.types import Hit, Span

_FIGURE = re.compile(r"\d[\d,.]*\d(?: thousand)?|\d")


class OverlapReader:
    """Points at the sentence that shares most terms with the question.

    A span's score, and the confidence in it, is the share of the question's terms that it has.
    """

    threshold = 0.5

    def read(self, question: str, hits: Sequence[Hit]) -> list[Span]:
        asked = set(terms(question))
        spans = []
        for hit in hits:
            passage = hit.passage
            for unit in units(passage.text):
                text = passage.text[unit.start : unit.end]
                score = len(asked & set(terms(text))) / max(len(asked), 1)
                start, end = passage.start + unit.start, passage.start + unit.end
                spans.append(Span(passage, start, end, text, score))
        return sorted(spans, key=lambda span: (-span.score, span.passage.id, span.start))

    def confidence(self, spans: Sequence[Span]) -> float:
        return spans[0].score if spans else 0.0


class PointingReader:
    """Points wherever `point` says, and is sure of it."""

    threshold = 0.5

    def __init__(self, point: Callable[[Hit], tuple[int, int]]) -> None:
        self._point = point

    def read(self, question: str, hits: Sequence[Hit]) -> list[Span]:
        return [self._span(hit) for hit in hits]

    def confidence(self, spans: Sequence[Span]) -> float:
        return spans[0].score if spans else 0.0

    def _span(self, hit: Hit) -> Span:
        passage = hit.passage
        first, last = self._point(hit)
        text = passage.text[first:last]
        return Span(passage, passage.start + first, passage.start + last, text, 1.0)


class FigureReader:
    """Points at every figure that the question lacks, by what its sentence shares with it.

    The confidence is the share of all that is pointed at, where a tenth points at nothing.
    """

    threshold = 0.5

    def read(self, question: str, hits: Sequence[Hit]) -> list[Span]:
        asked = set(terms(question))
        spans = []
        for hit in hits:
            passage = hit.passage
            for unit in units(passage.text):
                said = passage.text[unit.start : unit.end]
                score = len(asked & set(terms(said))) / max(len(asked), 1)
                for figure in _FIGURE.finditer(said):
                    if figure.group() in question:
                        continue
                    start = passage.start + unit.start + figure.start()
                    spans.append(
                        Span(passage, start, start + len(figure.group()), figure.group(), score)
                    )
        return sorted(spans, key=lambda span: (-span.score, span.passage.id, span.start))

    def confidence(self, spans: Sequence[Span]) -> float:
        told = sum(span.score for span in spans)
        same = sum(span.score for span in spans if spans and span.text == spans[0].text)
        return same / (told + 0.1)
