"""Attention in one step: the same function, in fewer nodes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import pytest

from qa.runtime import session
from tests.training.test_export import window
from tests.training.tiny import save_tiny
from training.attention import fuse_attention
from training.export import trace
from training.network import load_network

# torch announces the end of this exporter.
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::DeprecationWarning")]


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph as the exporter writes it."""
    folder = tmp_path_factory.mktemp("plain")
    network = load_network(save_tiny(folder / "tiny"), device="cpu").eval()
    trace(network, folder / "plain.onnx")
    return folder / "plain.onnx"


def logits(path: Path, repeated: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    shown = window(repeated)
    feeds = {"input_ids": np.array([shown.ids]), "token_type_ids": np.array([shown.types])}
    return np.stack(session(path).run(("start_logits", "end_logits"), feeds))


@pytest.mark.parametrize("repeated", [1, 3, 9])
def test_it_computes_the_same(plain: Path, tmp_path: Path, repeated: int) -> None:
    model = onnx.load(str(plain))
    fuse_attention(model, heads=4)
    onnx.save(model, str(tmp_path / "fused.onnx"))
    fused = logits(tmp_path / "fused.onnx", repeated)
    np.testing.assert_allclose(fused, logits(plain, repeated), atol=1e-5)


def test_nothing_of_what_it_replaces_is_left(plain: Path) -> None:
    model = onnx.load(str(plain))
    fuse_attention(model, heads=4)
    kinds = [node.op_type for node in model.graph.node]
    assert kinds.count("MultiHeadAttention") == 2  # layers
    assert {"Softmax", "Transpose"}.isdisjoint(kinds)


def test_a_layer_without_values_is_refused(plain: Path) -> None:
    model = onnx.load(str(plain))
    for node in model.graph.node:
        node.name = node.name.replace("layer.1/attention/self/value", "layer.1/attention/self/v")
    with pytest.raises(RuntimeError, match=r"layer\.1/attention"):
        fuse_attention(model, heads=4)
