"""The full network that the bundled reader is held against."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from eval.full_reader import FullNetwork
from qa.windows import Window


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A network of one narrow layer, as `transformers` saves it."""
    import torch
    from transformers import BertConfig, BertForQuestionAnswering

    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=50,
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=32,
    )
    BertForQuestionAnswering(config).save_pretrained(tmp_path)
    return tmp_path


def window(*ids: int) -> Window:
    """The second half belongs to the passage."""
    half = len(ids) // 2
    types = [0] * half + [1] * (len(ids) - half)
    return Window(list(ids), types, half, list(range(half)), list(range(1, half + 1)))


@pytest.mark.slow
def test_a_windows_logits_do_not_depend_on_what_is_read_beside_it(folder: Path) -> None:
    network = FullNetwork(folder)
    windows = [window(1, 7, 2, 9), window(1, 8, 9, 2, 30, 31, 32, 2), window(1, 7, 9, 2)]
    together = network.logits(windows)
    for one, (starts, ends) in zip(windows, together, strict=True):
        assert len(starts) == len(ends) == len(one.ids)
        [(starts_alone, ends_alone)] = network.logits([one])
        np.testing.assert_allclose(starts, starts_alone, atol=1e-5)
        np.testing.assert_allclose(ends, ends_alone, atol=1e-5)
    assert not np.allclose(together[0][0], together[2][0])
    assert network.logits([]) == []
