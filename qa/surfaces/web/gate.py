"""A gate that lets few in at a time, has some wait, and turns the rest away at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from qa.errors import QAError


class Gate:
    """Admits `at_once` callers at a time and has `waiting` more wait; safe from any thread.

    >>> gate = Gate(at_once=1, waiting=0)
    >>> with gate.passed():
    ...     print("inside")
    inside
    """

    def __init__(self, *, at_once: int = 1, waiting: int = 16) -> None:
        self._inside = BoundedSemaphore(at_once)
        self._near = BoundedSemaphore(at_once + waiting)

    @contextmanager
    def passed(self) -> Iterator[None]:
        """Wait for one's turn. Raises QAError at once where too many are waiting already."""
        if not self._near.acquire(blocking=False):
            raise QAError(
                "many people are asking at this moment",
                hint="wait a few seconds, then choose “Ask again”",
            )
        try:
            with self._inside:
                yield
        finally:
            self._near.release()
