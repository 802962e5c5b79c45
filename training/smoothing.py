"""Even out activations before they are quantised.

A few channels of a transformer's activations are far larger than the rest, and one scale for all
leaves the rest few steps. Dividing each channel by a factor, and multiplying the weights that meet
it by the same, changes nothing in float32 and much in int8 (Xiao et al., 2023, "SmoothQuant").
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from qa.windows import Window
from training.activations import gather

# How much of the unevenness moves from the activations to the weights, from 0 to 1: more where the
# rows are not scaled besides (`training.export`).
SHARE, SHARE_OF_ATTENTION = 0.5, 0.7
_SMOOTHED = re.compile(r"\.(?:query|key|value)$|\.(?:attention\.output|intermediate)\.dense$")
_LEAST = 1e-5


def smooth(network: Any, windows: Iterable[Window]) -> None:
    """Smooth the inputs of `network`'s attention and first feed-forward products, in place."""
    import torch

    class Smoothed(torch.nn.Module):
        def __init__(self, linear: Any, factors: Any) -> None:
            super().__init__()
            self.inverse = torch.nn.Parameter(1 / factors, requires_grad=False)
            linear.weight.data *= factors
            self.linear = linear

        def forward(self, inputs: Any) -> Any:
            return self.linear(inputs * self.inverse)

    linears = {name: module for name, module in network.named_modules() if _SMOOTHED.search(name)}
    largest = gather(network, linears, windows, _largest)
    weights = {name: module.weight.detach().abs().amax(0) for name, module in linears.items()}
    for name, linear in linears.items():
        parent, _, child = name.rpartition(".")
        together, share = [weights[name]], SHARE
        if parent.endswith(".self"):
            # Query, key and value share one input and with it one set of factors.
            together = [weights[other] for other in weights if other.startswith(f"{parent}.")]
            share = SHARE_OF_ATTENTION
        reach = torch.stack(together).amax(0).clamp(min=_LEAST)
        factors = largest[name].clamp(min=_LEAST) ** share / reach ** (1 - share)
        factors = factors.clamp(min=_LEAST)
        if parent.endswith(".attention.output"):
            # Its inputs are means of values: these can be smaller from the start, for nothing.
            value = network.get_submodule(parent.replace(".output", ".self.value"))
            value = getattr(value, "linear", value)
            value.weight.data /= factors[:, None]
            value.bias.data /= factors
            linear.weight.data *= factors
        else:
            setattr(network.get_submodule(parent), child, Smoothed(linear, factors))


def _largest(so_far: Any, inputs: Any) -> Any:
    """The largest absolute input of each channel."""
    seen = inputs.abs().amax(dim=(0, 1))
    return seen if so_far is None else seen.maximum(so_far)
