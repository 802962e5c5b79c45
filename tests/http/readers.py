"""Readers that wait or break, to see what the service makes of it."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Event, Semaphore

from qa.errors import IndexDamagedError
from qa.types import Hit, Span
from tests.readers import OverlapReader


class WaitingReader(OverlapReader):
    """Reads only when told to: `entered` counts the questions that wait for `leave`."""

    def __init__(self) -> None:
        self.entered = Semaphore(0)
        self.leave = Event()

    def read(self, question: str, hits: Sequence[Hit]) -> list[Span]:
        if question != "warm":
            self.entered.release()
            assert self.leave.wait(30)
        return super().read(question, hits)


class BreakingReader(OverlapReader):
    """Breaks on questions about bugs, finds the index damaged on those about damage."""

    def read(self, question: str, hits: Sequence[Hit]) -> list[Span]:
        if "bug" in question:
            raise RuntimeError("a mistake in /home/someone/reader.py")
        if "damage" in question:
            raise IndexDamagedError(
                "/srv/secret/index/terms.txt is missing", hint="qa build SOURCE --index /srv/secret"
            )
        return super().read(question, hits)


class UnloadableReader(OverlapReader):
    """Cannot be loaded."""

    def read(self, question: str, hits: Sequence[Hit]) -> list[Span]:
        raise IndexDamagedError("the model is cut short", hint="install it again")
