"""One question's way to its answer, and how long each stage of it took."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass

from qa.types import Answer, Hit, Span


@dataclass(frozen=True, slots=True)
class Trace:
    """One question's way to its answer.

    `candidates` are all hits of both retrievers, best first; the first `policy.passages` of them
    were read. `spans` are what the reader found in those, best first. `seconds` is what each of
    "encoding", "retrieving", "reading" and "deciding" took, and "resolving" where there was a
    history.
    """

    answer: Answer
    candidates: tuple[Hit, ...]
    spans: tuple[Span, ...]
    seconds: Mapping[str, float]


class Clock:
    """Parts time into stages."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._since = time.perf_counter()

    def stop(self, stage: str) -> None:
        """End the stage that runs, and begin the next one."""
        now = time.perf_counter()
        self.seconds[stage] = now - self._since
        self._since = now
