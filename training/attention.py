"""Compute each layer's attention in one step: onnxruntime has a kernel for it.

What the exporter writes, reshaping, transposing, two products and a softmax for every head, is the
same function in more steps, each of which reads and writes everything once more.
"""

from __future__ import annotations

import re
from typing import Any

_PART = re.compile(r"(?P<layer>.*/layer\.\d+/attention)/self/(?P<part>query|key|value)/(?:.*/)?Add")
_BEHIND = re.compile(r"(?P<layer>.*/layer\.\d+/attention)/output/dense/(?:.*/)?MatMul")


def fuse_attention(model: Any, heads: int) -> None:
    """Rewrite the attention of a BERT's ONNX `model`, with so many heads, in place.

    Raises RuntimeError where a layer has no query, key or value.
    """
    from onnx import helper

    graph = model.graph
    parts: dict[str, dict[str, str]] = {}
    for node in graph.node:
        if match := _PART.fullmatch(node.name):
            parts.setdefault(match["layer"], {})[match["part"]] = node.output[0]
    nodes: list[Any] = []
    for node in graph.node:
        if match := _BEHIND.fullmatch(node.name):
            found = parts.get(match["layer"], {})
            if found.keys() != {"query", "key", "value"}:
                raise RuntimeError(f"{match['layer']} is no attention that can be fused")
            inputs = [found["query"], found["key"], found["value"]]
            node.input[0] = f"{match['layer']}_fused"
            nodes.append(
                helper.make_node(
                    "MultiHeadAttention",
                    inputs,
                    [node.input[0]],
                    domain="com.microsoft",
                    num_heads=heads,
                )
            )
        nodes.append(node)
    del graph.node[:]
    graph.node.extend(_used(nodes, {output.name for output in graph.output}))
    model.opset_import.append(helper.make_opsetid("com.microsoft", 1))


def _used(nodes: list[Any], wanted: set[str]) -> list[Any]:
    """The nodes that lead to what is wanted, in order."""
    kept = []
    for node in reversed(nodes):
        if wanted.intersection(node.output):
            wanted |= set(node.input)
            kept.append(node)
    return kept[::-1]
