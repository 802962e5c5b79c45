"""The reader before it was quantised, in torch and full precision, to hold the bundled one against.

Windows, search and bounds are the bundled reader's own: only the network's arithmetic differs.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from qa.network import Logits, Network
from qa.reader import SpanReader
from qa.windows import Window


class FullReader(SpanReader):
    """The span reader of `folder` (None: the bundled one), with the network of `torch_folder`.

    `torch_folder` is what `transformers` saved a model for extractive question answering to.
    """

    def __init__(self, torch_folder: Path, folder: Path | None = None) -> None:
        super().__init__(folder)
        self._network = FullNetwork(torch_folder)


class FullNetwork(Network):
    """The network in float32; the windows of a call are one padded batch."""

    def __init__(self, folder: Path) -> None:
        import torch
        from transformers import AutoModelForQuestionAnswering
        from transformers.utils import logging

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        network: Any = AutoModelForQuestionAnswering.from_pretrained(
            folder, dtype=torch.float32, local_files_only=True
        )
        self._full = network.eval()

    def logits(self, windows: Sequence[Window]) -> list[Logits]:
        """Start and end logits of each window, float32 (length,), in order."""
        import torch

        if not windows:
            return []
        lengths = [len(window.ids) for window in windows]
        ids = np.zeros((len(windows), max(lengths)), np.int64)
        types, mask = np.zeros_like(ids), np.zeros_like(ids)
        for row, (window, length) in enumerate(zip(windows, lengths, strict=True)):
            ids[row, :length], types[row, :length], mask[row, :length] = window.ids, window.types, 1
        with torch.inference_mode():
            output = self._full(
                input_ids=torch.from_numpy(ids),
                token_type_ids=torch.from_numpy(types),
                attention_mask=torch.from_numpy(mask),
            )
        starts, ends = output.start_logits.numpy(), output.end_logits.numpy()
        return [(starts[row, :length], ends[row, :length]) for row, length in enumerate(lengths)]
