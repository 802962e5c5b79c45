"""The export: the same function in ONNX, the same bytes each time, and nothing of this machine."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from qa.encoder import SentenceEncoder
from qa.windows import Window
from tests.training.tiny import save_tiny, tokenizer
from training.export import export, quantise
from training.network import load_network
from training.smoothing import smooth

TEXT = "Robots danced in Lijia. The café's hall cost 1,200 yuan, 31.9% more than in 2018. "
LENGTHS = (1, 3, 9)  # texts of so many repetitions, so that the graph's length must be free

# torch announces the end of this exporter, and the quantiser asks for a step that changes nothing.
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::DeprecationWarning")]


def window(repeated: int) -> Window:
    asked = tokenizer().tokens("What did the hall cost?").ids
    [only] = tokenizer().windows(asked, [], tokenizer().tokens(TEXT * repeated))
    return only


def from_torch(network: Any, shown: Window) -> np.ndarray[Any, Any]:
    import torch

    with torch.inference_mode():
        output = network(
            input_ids=torch.tensor([shown.ids]), token_type_ids=torch.tensor([shown.types])
        )
    return np.stack([output.start_logits[0].numpy(), output.end_logits[0].numpy()])


def from_onnx(path: Path, shown: Window) -> np.ndarray[Any, Any]:
    import onnxruntime

    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    feeds = {"input_ids": np.array([shown.ids]), "token_type_ids": np.array([shown.types])}
    starts, ends = session.run(("start_logits", "end_logits"), feeds)
    return np.stack([starts[0], ends[0]])


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return load_network(save_tiny(tmp_path_factory.mktemp("tiny")), device="cpu").eval()


@pytest.fixture(scope="module")
def full(network: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("full") / "full.onnx"
    export(network, path)
    return path


@pytest.mark.parametrize("repeated", LENGTHS)
def test_the_float_graph_is_the_network(network: Any, full: Path, repeated: int) -> None:
    shown = window(repeated)
    np.testing.assert_allclose(from_onnx(full, shown), from_torch(network, shown), atol=1e-4)


def test_the_int8_graph_is_near_it_and_small(network: Any, full: Path, tmp_path: Path) -> None:
    quantise(full, tmp_path / "model.onnx")
    assert (tmp_path / "model.onnx").stat().st_size < 0.35 * full.stat().st_size
    for repeated in LENGTHS:
        shown = window(repeated)
        exact = from_torch(network, shown)
        error = np.abs(from_onnx(tmp_path / "model.onnx", shown) - exact)
        assert error.max() < 0.1 * np.ptp(exact)


def test_twice_the_same_bytes_and_no_path_of_this_machine(network: Any, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        export(network, tmp_path / name / "full.onnx")
        quantise(tmp_path / name / "full.onnx", tmp_path / name / "model.onnx")
    for file in ("full.onnx", "model.onnx"):
        first, second = ((tmp_path / name / file).read_bytes() for name in ("one", "two"))
        assert first == second
        for path in (Path(__file__).parents[2], SentenceEncoder().folder, tmp_path):
            assert str(path).encode() not in first


def test_smoothing_changes_no_logit(tmp_path: Path) -> None:
    base = save_tiny(tmp_path / "base", seed=1)
    plain, smoothed = (load_network(base, device="cpu").eval() for _ in range(2))
    smooth(smoothed, [window(1), window(3)])
    for repeated in LENGTHS:
        shown = window(repeated)
        np.testing.assert_allclose(from_torch(smoothed, shown), from_torch(plain, shown), atol=1e-4)
