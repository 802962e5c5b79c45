"""What the products of a network are given: seen while it reads some windows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from qa.windows import Window


def gather(
    network: Any,
    linears: Mapping[str, Any],
    windows: Iterable[Window],
    add: Callable[[Any, Any], Any],
) -> dict[str, Any]:
    """Of each of the `linears`, products within `network`, by name, what `add` makes of its inputs.

    `add(so_far, inputs)` is given None first, and inputs of the shape (windows, tokens, channels).
    """
    import torch

    found: dict[str, Any] = {}

    def watch(name: str) -> Any:
        def hook(_: Any, inputs: Any) -> None:
            found[name] = add(found.get(name), inputs[0])

        return hook

    handles = [linear.register_forward_pre_hook(watch(name)) for name, linear in linears.items()]
    with torch.inference_mode():
        for window in windows:
            network(
                input_ids=torch.tensor([window.ids]), token_type_ids=torch.tensor([window.types])
            )
    for handle in handles:
        handle.remove()
    # What was made in inference mode cannot be used outside of it; a copy can.
    return {name: value.clone() for name, value in found.items()}
