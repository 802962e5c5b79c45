"""A reader that needs no model: what it points at can be worked out by hand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from qa.types import Hit, Passage, Span

_WORD = re.compile(r"\w+(?:,\d+)*")


class NextWordReader:
    """Points at the word that follows a word of the question, in the passage.

    The longer that word of the question, the higher the score: its length less 5. As pointed the
    span is the first half of the word; widened it is the whole word. Its confidence is a tenth of
    the score, at least 0.
    """

    threshold = 0.5

    def __init__(self) -> None:
        self.read_counts: list[int] = []

    def point(
        self, question: str, passages: Sequence[Passage], *, widened: bool = True
    ) -> list[list[Span]]:
        return [self._spans(question, passage, widened) for passage in passages]

    def read(self, question: str, hits: Sequence[Hit]) -> list[Span]:
        self.read_counts.append(len(hits))
        found = [s for spans in self.point(question, [h.passage for h in hits]) for s in spans]
        return sorted(found, key=lambda span: (-span.score, span.passage.id, span.start))

    def confidence(self, spans: Sequence[Span]) -> float:
        return max(0.0, spans[0].score / 10)

    def _spans(self, question: str, passage: Passage, widened: bool) -> list[Span]:
        asked = set(_WORD.findall(question.lower()))
        words = list(_WORD.finditer(passage.text))
        spans = []
        for word, after in pairwise(words):
            if word.group().lower() in asked:
                end = after.end() if widened else (after.start() + after.end() + 1) // 2
                spans.append(
                    Span(
                        passage,
                        passage.start + after.start(),
                        passage.start + end,
                        passage.text[after.start() : end],
                        float(len(word.group()) - 5),
                    )
                )
        return sorted(spans, key=lambda span: (-span.score, span.start))
