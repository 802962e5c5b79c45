"""Round weights to 8 bits so that their errors make up for each other.

Rounding every weight to the nearest step is best for each alone. Here the weights of a product are
rounded one input after the other, and what one of them is off by is made up for by those that are
not rounded yet, as well as the inputs that were seen allow ("GPTQ", Frantar et al., 2023, after
"optimal brain surgeon", Hassibi & Stork, 1993).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from qa.windows import Window
from training.activations import gather

# 8 bits have so many steps on either side of 0.
STEPS = 127
# Of the mean of the inputs' squares, added to each: inputs that were seen seldom stay tame.
_DAMPING = 0.01
_LEAST = 1e-12


def compensate(network: Any, windows: Iterable[Window]) -> None:
    """Put the weights of `network`'s products, the head's aside, on the steps of their 8-bit form.

    `windows` show their inputs. Each output's steps are as the quantiser makes them: the largest
    weight is the last one.
    """
    import torch

    linears = {
        name: module
        for name, module in network.named_modules()
        if isinstance(module, torch.nn.Linear) and name != "qa_outputs"
    }
    for name, squares in gather(network, linears, windows, _squares).items():
        weight = linears[name].weight
        weight.data = rounded(weight.detach(), squares)


def rounded(weight: Any, squares: Any) -> Any:
    """`weight`, (outputs, inputs), in whole steps of each output's largest weight / 127.

    `squares` is the sum of the inputs' outer products, (inputs, inputs): the squared error of the
    outputs is that of the weights, weighed with it. Inputs that carry most are rounded first.

    >>> import torch
    >>> weight, inputs = torch.tensor([[1.27, 0.504, 0.504]]), torch.tensor([[1.0, 1, 1]])
    >>> rounded(weight, inputs.T @ inputs).mul(100).round().tolist()
    [[127.0, 50.0, 51.0]]
    """
    import torch

    squares = squares.double()
    mean = squares.diagonal().mean().clamp(min=_LEAST)
    order = torch.argsort(squares.diagonal(), descending=True, stable=True)
    left = weight.double()[:, order]
    squares = squares[order][:, order] + _DAMPING * mean * torch.eye(len(order))
    inverse = torch.linalg.cholesky(torch.linalg.inv(squares), upper=True)
    largest, place = left.abs().max(1)
    step = largest.clamp(min=_LEAST) / STEPS
    ends = torch.sign(left.gather(1, place[:, None])[:, 0]) * STEPS
    found = torch.empty_like(left)
    for at in range(left.shape[1]):
        whole = (left[:, at] / step).round().clamp(-STEPS, STEPS)
        # The largest weight stays the last step, or the quantiser would make other steps.
        whole = torch.where(place == at, ends, whole)
        found[:, at] = whole * step
        off = (left[:, at] - found[:, at]) / inverse[at, at]
        left[:, at + 1 :] -= off[:, None] * inverse[at, at + 1 :]
    return found[:, torch.argsort(order)].to(weight.dtype)


def _squares(so_far: Any, inputs: Any) -> Any:
    """The sum of the outer products of the inputs, (channels, channels)."""
    rows = inputs.flatten(0, -2)
    return rows.T @ rows if so_far is None else so_far + rows.T @ rows
