"""The reader's network, run by onnxruntime: windows in, start and end logits out."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qa.errors import ReaderError
from qa.runtime import session
from qa.windows import Window

Logits = tuple[NDArray[np.float32], NDArray[np.float32]]


class Network:
    """A span model in ONNX form: `folder/model.onnx`.

    Every window is a run of its own, on one thread: dynamic int8 takes one scale for all that is
    run together, so that in a batch a window's logits would depend on its neighbours. The windows
    of a call are spread over the cores instead.

    Raises ReaderError where the file is missing or no model.
    """

    def __init__(self, folder: Path) -> None:
        path = folder / "model.onnx"
        if not path.is_file():
            raise ReaderError(
                f"{folder} holds no model.onnx",
                hint="name a folder that `python -m training.export` wrote",
            )
        try:
            self._session: Any = session(path)
        except Exception as error:  # onnxruntime's own errors share no narrower class
            raise ReaderError(
                f"{path} cannot be loaded: {error}", hint="export or install it again"
            ) from error
        self._pool = ThreadPoolExecutor(_cores(), thread_name_prefix="reader")

    def logits(self, windows: Sequence[Window]) -> list[Logits]:
        """Start and end logits of each window, float32 (length,), in order."""
        if len(windows) < 2:
            return [self._run(window) for window in windows]
        return list(self._pool.map(self._run, windows))

    def _run(self, window: Window) -> Logits:
        feeds = {
            "input_ids": np.array([window.ids], np.int64),
            "token_type_ids": np.array([window.types], np.int64),
        }
        starts, ends = self._session.run(("start_logits", "end_logits"), feeds)
        return starts[0], ends[0]


def _cores() -> int:
    """The cores this process may use, which can be fewer than the machine has."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
