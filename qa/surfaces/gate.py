"""So many requests are answered at once, so many wait, and the others are sent away at once."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar

from qa.errors import QAError

T = TypeVar("T")


class BusyError(QAError):
    """Too many wait already; after `seconds` there may be room."""

    def __init__(self, message: str, seconds: int) -> None:
        super().__init__(message, hint=f"ask again in {seconds} s")
        self.seconds = seconds


class Gate:
    """Runs functions in threads of its own, `places` at once, while at most `line` others wait.

    >>> asyncio.run(Gate(places=1, line=0).run(len, "four"))
    4
    """

    def __init__(self, places: int, line: int) -> None:
        self._places = places
        self._line = line
        self._threads = ThreadPoolExecutor(places, thread_name_prefix="qa")
        self._present = 0
        self._usual_seconds = 1.0

    async def run(self, function: Callable[..., T], *arguments: Any, **named: Any) -> T:
        """What `function` returns. Raises BusyError where too many wait already."""
        if self._present >= self._places + self._line:
            turns = self._present / self._places
            seconds = min(max(math.ceil(self._usual_seconds * turns), 1), 60)
            raise BusyError(
                f"{self._places} requests are being answered and {self._line} wait", seconds
            )
        self._present += 1
        began = time.perf_counter()
        try:
            task = partial(function, *arguments, **named)
            return await asyncio.get_running_loop().run_in_executor(self._threads, task)
        finally:
            self._present -= 1
            self._usual_seconds += 0.1 * (time.perf_counter() - began - self._usual_seconds)

    def close(self) -> None:
        """Let go of the threads; what runs in them ends first."""
        self._threads.shutdown(wait=False)
