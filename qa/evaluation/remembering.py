"""A reader for asking the same questions under many policies: it reads no passage twice."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from qa.reader import SpanReader
from qa.types import Passage, Span


class RememberingReader(SpanReader):
    """Finds what `SpanReader` finds, and keeps what it found in each passage for each question.

    That is the same, for a passage is read alone. Memory grows with what is asked.
    """

    def __init__(self, folder: Path | None = None) -> None:
        super().__init__(folder)
        self._known: dict[tuple[str, Passage, bool], list[Span]] = {}

    def point(
        self, question: str, passages: Sequence[Passage], *, widened: bool = True
    ) -> list[list[Span]]:
        """The best spans of each passage, read now or earlier."""
        new = [p for p in dict.fromkeys(passages) if (question, p, widened) not in self._known]
        for passage, spans in zip(new, super().point(question, new, widened=widened), strict=True):
            self._known[question, passage, widened] = spans
        return [self._known[question, passage, widened] for passage in passages]
