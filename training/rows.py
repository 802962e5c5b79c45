"""Scale every row of what a product multiplies, so that one scale for all its rows is enough.

Dynamic int8 takes one scale for all rows of a run, one row being one token. A few tokens are far
larger than the rest and leave the rest few steps. Here each row is divided by its largest absolute
value first, and what comes out is multiplied by it: the same in float32, and in int8 as good as a
scale for each row ("token-wise quantization", Yao et al., 2022, "ZeroQuant").
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

# A row of nothing stays one.
_LEAST = 1e-6
# GELU gives nothing below the negative of this: the largest value is the largest absolute one, or
# this is larger than it.
_GELU_LEAST = 0.17


def scale_rows(model: Any, products: Collection[str], gelu: Collection[str] = ()) -> None:
    """Rewrite the `products` of an ONNX model, named MatMul nodes `rows @ weights`, in place.

    Those of them that are in `gelu` multiply what GELU gave.
    """
    from onnx import TensorProto, helper

    graph = model.graph
    floors = {False: ("least_scale", _LEAST), True: ("least_gelu_scale", _GELU_LEAST)}
    graph.initializer.extend(
        helper.make_tensor(name, TensorProto.FLOAT, [], [least]) for name, least in floors.values()
    )
    nodes: list[Any] = []
    scaled: set[str] = set()
    for node in graph.node:
        nodes.append(node)
        if node.name not in products:
            continue
        rows, result = node.input[0], node.output[0]
        scales, even = f"{rows}_scales", f"{rows}_even"
        if rows not in scaled:
            scaled.add(rows)
            sizes = rows if node.name in gelu else f"{rows}_sizes"
            nodes[-1:-1] = [
                *(() if sizes == rows else [helper.make_node("Abs", [rows], [sizes])]),
                helper.make_node("ReduceMax", [sizes], [f"{rows}_largest"], axes=[-1], keepdims=1),
                helper.make_node(
                    "Max", [f"{rows}_largest", floors[node.name in gelu][0]], [scales]
                ),
                # One division a row, not one a value: a division takes several times as long.
                helper.make_node("Reciprocal", [scales], [f"{rows}_factors"]),
                helper.make_node("Mul", [rows, f"{rows}_factors"], [even]),
            ]
        node.input[0], node.output[0] = even, f"{result}_even"
        nodes.append(helper.make_node("Mul", [f"{result}_even", scales], [result]))
    del graph.node[:]
    graph.node.extend(nodes)
