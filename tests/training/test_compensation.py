"""Rounding with compensation: on the same steps, and the outputs are off by less."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.training.test_export import from_torch, window
from tests.training.tiny import save_tiny
from training.compensation import STEPS, compensate, rounded
from training.network import load_network


@pytest.fixture
def layer() -> tuple[Any, Any]:
    """Weights (outputs, inputs), and inputs that go together, as those of a network do."""
    import torch

    torch.manual_seed(0)
    inputs = torch.randn(500, 6) @ torch.randn(6, 40) + torch.randn(500, 40) / 4
    return torch.randn(24, 40), inputs


def nearest(weight: Any) -> Any:
    step = weight.abs().amax(1, keepdim=True) / STEPS
    return (weight / step).round() * step


def test_the_outputs_are_off_by_less_than_with_the_nearest_steps(layer: tuple[Any, Any]) -> None:
    weight, inputs = layer
    exact = inputs @ weight.T
    made_up, plain = (
        (inputs @ found.T - exact).square().mean()
        for found in (rounded(weight, inputs.T @ inputs), nearest(weight))
    )
    assert made_up < 0.5 * plain


def test_every_weight_is_on_a_step_and_the_largest_on_the_last(layer: tuple[Any, Any]) -> None:
    import torch

    weight, inputs = layer
    found = rounded(weight, inputs.T @ inputs)
    largest, place = weight.abs().max(1)
    steps = found / largest[:, None] * STEPS
    torch.testing.assert_close(steps, steps.round(), atol=1e-3, rtol=0)
    assert steps.abs().max() <= STEPS + 1e-3
    torch.testing.assert_close(found.gather(1, place[:, None]), weight.gather(1, place[:, None]))
    # So the quantiser, which goes by the largest, finds them where they are.
    torch.testing.assert_close(nearest(found), found)


def test_inputs_that_were_never_seen_leave_the_nearest_steps(layer: tuple[Any, Any]) -> None:
    import torch

    weight, _ = layer
    found = rounded(weight, torch.zeros(40, 40))
    torch.testing.assert_close(found, nearest(weight))


def test_a_network_is_rounded_but_for_its_head_and_hardly_changes(tmp_path: Path) -> None:
    network = load_network(save_tiny(tmp_path / "tiny"), device="cpu").eval()
    before = {name: weight.clone() for name, weight in network.state_dict().items()}
    shown = [window(1), window(3)]
    logits = from_torch(network, shown[0])
    compensate(network, shown)
    changed = {
        name for name, weight in network.state_dict().items() if (weight != before[name]).any()
    }
    assert {name.rpartition(".")[2] for name in changed} == {"weight"}
    assert len(changed) == 12  # six products in each of two layers
    assert not any("qa_outputs" in name or "embeddings" in name for name in changed)
    assert abs(from_torch(network, shown[0]) - logits).max() < 0.01
