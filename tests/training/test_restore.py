"""A bundled reader is a network again: what the export did is undone, but for the rounding."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from qa.windows import Window
from tests.training.test_export import from_torch
from tests.training.tiny import save_tiny, tokenizer
from training.compensation import compensate
from training.export import export, quantise
from training.network import load_network
from training.restore import restore
from training.smoothing import smooth

TEXT = "Robots danced in Lijia. The café's hall cost 1,200 yuan, 31.9% more than in 2018. "
STEPS = 127  # an int8 weight is a whole number of so many parts of the largest

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::DeprecationWarning")]


def window() -> Window:
    asked = tokenizer().tokens("What did the hall cost?").ids
    [only] = tokenizer().windows(asked, [], tokenizer().tokens(TEXT))
    return only


def uneven(folder: Path) -> Any:
    """A network whose every weight is its own: equal ones the export would store once."""
    import torch

    network = load_network(folder, device="cpu").eval()
    torch.manual_seed(4)
    with torch.no_grad():
        for weight in network.parameters():
            weight.add_(torch.randn_like(weight) / 10)
    return network


def bundled(network: Any, folder: Path) -> Path:
    export(network, folder / "full.onnx")
    quantise(folder / "full.onnx", folder / "model.onnx")
    return folder / "model.onnx"


def test_every_weight_is_there_again_but_for_the_rounding(tmp_path: Path) -> None:
    network = uneven(save_tiny(tmp_path / "base", seed=2))
    again = restore(bundled(network, tmp_path), network.config).state_dict()
    kept = network.state_dict()
    assert again.keys() == kept.keys()
    for name, weight in kept.items():
        error = (again[name] - weight).abs().max()
        assert error <= weight.abs().max() / STEPS * 1.1, name


def test_what_was_smoothed_and_compensated_computes_the_same_again(tmp_path: Path) -> None:
    base = save_tiny(tmp_path / "base", seed=2)
    network, exported = uneven(base), uneven(base)
    smooth(exported, [window()])
    compensate(exported, [window()])
    again = restore(bundled(exported, tmp_path), network.config).eval()
    exact = from_torch(network, window())
    assert abs(from_torch(again, window()) - exact).max() < 0.1 * np.ptp(exact)


def test_the_network_read_back_can_be_loaded_and_trained_further(tmp_path: Path) -> None:
    network = uneven(save_tiny(tmp_path / "base", seed=3))
    restore(bundled(network, tmp_path), network.config).save_pretrained(tmp_path / "again")
    loaded = load_network(tmp_path / "again", device="cpu")
    assert any(weight.requires_grad for weight in loaded.parameters())


def test_a_graph_of_another_shape_is_refused(tmp_path: Path) -> None:
    network = uneven(save_tiny(tmp_path / "base"))
    model = bundled(network, tmp_path)
    other = type(network.config)(**(network.config.to_dict() | {"num_hidden_layers": 3}))
    with pytest.raises(RuntimeError, match=r"layer\.2"):
        restore(model, other)
