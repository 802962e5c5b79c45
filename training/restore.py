"""Make a bundled reader a network again, to train it further: `python -m training.restore --help`.

    python -m training.restore qa/models/reader --out work/restored/model
    python -m training.train --base work/restored/model ...

The export has rounded the weights to 8 bits, which further training makes up for; all else that it
did, smoothing and scaling, is undone exactly.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from qa.encoder import SentenceEncoder

_ROOT = "network."  # what the export calls the network that it wraps
_QUANTISED = "_quantized"
_PRODUCT = re.compile(r"/network/(?P<module>.+?)(?:/linear)?/MatMul(?:_quant)?")


def main() -> None:
    """Read, undo, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("reader", type=Path, help="the reader's folder, with its model.onnx")
    parser.add_argument("--out", type=Path, required=True, help="the folder to write")
    options = parser.parse_args()
    from transformers import BertConfig

    # A span reader has the shape of the encoder that it began as.
    config = BertConfig.from_pretrained(SentenceEncoder().folder, num_labels=2)
    restore(options.reader / "model.onnx", config).save_pretrained(options.out)


def restore(path: Path, config: Any) -> Any:
    """The network of `config`'s shape with the weights of the int8 graph at `path`.

    Raises RuntimeError where the graph is not that of such a network.
    """
    import onnx
    import torch
    from transformers import BertForQuestionAnswering

    network = BertForQuestionAnswering(config)
    found = weights(onnx.load(str(path)).graph)
    network.load_state_dict({name: torch.from_numpy(value) for name, value in found.items()})
    return network


def weights(graph: Any) -> dict[str, Any]:
    """The float32 weights of an exported graph, by the names that they have in the network."""
    from onnx import numpy_helper

    stored = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    found = {
        name.removeprefix(_ROOT).replace(".linear.", "."): value.copy()
        for name, value in stored.items()
        if name.startswith(_ROOT) and value.dtype == np.float32 and value.ndim
    }
    factors = {n.removesuffix(".inverse"): v for n, v in found.items() if n.endswith(".inverse")}
    found = {name: value for name, value in found.items() if not name.endswith(".inverse")}
    for name in stored:
        if name.startswith(_ROOT) and name.endswith(_QUANTISED):
            weight = name.removeprefix(_ROOT).removesuffix(_QUANTISED)
            found[weight] = _dequantised(stored, name)
    for node in graph.node:
        match = _PRODUCT.fullmatch(node.name)
        if match is None or node.input[1] not in stored:
            continue
        module = match["module"].replace("/", ".")
        rows = _dequantised(stored, node.input[1])
        # Query, key and value share their factors, which are stored with the query.
        smoothed = factors.get(re.sub(r"\.(?:key|value)$", ".query", module))
        columns = rows if smoothed is None else rows * smoothed[:, None]
        found[f"{module}.weight"] = np.ascontiguousarray(columns.T)
    return found


def _dequantised(stored: Mapping[str, Any], name: str) -> Any:
    """A stored weight in float32, whether it is in 8 bits or not."""
    value = stored[name]
    if not name.endswith(_QUANTISED):
        return value
    name = name.removesuffix(_QUANTISED)
    zero = stored[f"{name}_zero_point"].astype(np.float32)
    return ((value.astype(np.float32) - zero) * stored[f"{name}_scale"]).astype(np.float32)


if __name__ == "__main__":
    main()
