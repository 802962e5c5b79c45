"""Export a trained network to the bundled form: `python -m training.export --help`.

    python -m training.export DIR/model ... --data train.json.gz --out FOLDER

Writes FOLDER/model.onnx in int8 and the tokenizer beside it; with `--full FILE` also the same graph
in float32. docs/decisions/0008-reader-quantisation.md says why it is quantised as it is.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import tempfile
from pathlib import Path
from typing import Any

from qa.encoder import SentenceEncoder
from qa.evaluation.squad import load_squad
from qa.windows import Tokenizer, Window
from training.attention import fuse_attention
from training.compensation import compensate
from training.network import load_network
from training.rows import scale_rows
from training.smoothing import smooth

OPSET = 17
WINDOWS, SEED = 200, 5
_HEAD = re.compile("qa_outputs")
_BEHIND_GELU = re.compile(r"layer\.\d+/output/dense/")
# Smoothing leaves their rows even enough for one scale: to scale them as well only takes time.
_EVEN = re.compile(r"/self/(?:query|key|value)/")


def main() -> None:
    """Smooth, round, export, quantise, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument(
        "model",
        type=Path,
        nargs="+",
        help="the folder that training wrote; of several, the mean of their weights is exported",
    )
    parser.add_argument("--data", type=Path, required=True, help="SQuAD JSON it was trained on")
    parser.add_argument("--out", type=Path, required=True, help="the reader's folder")
    parser.add_argument("--full", type=Path, help="write the float32 graph there, to measure")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    tokenizer = SentenceEncoder().folder / "tokenizer.json"
    network = load_network(*options.model, device="cpu").eval()
    seen = windows(options.data, Tokenizer(tokenizer))
    smooth(network, seen)
    compensate(network, seen)
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "full.onnx"
        export(network, full)
        quantise(full, options.out / "model.onnx")
        if options.full is not None:
            shutil.copyfile(full, options.full)
    shutil.copyfile(tokenizer, options.out / "tokenizer.json")


def windows(path: Path, tokenizer: Tokenizer) -> list[Window]:
    """Some first windows of training questions in their paragraphs, to see activations with."""
    squad = load_squad(path)
    documents = {document.id: document for document in squad.documents}
    chosen = random.Random(SEED).sample(squad.questions, min(WINDOWS, len(squad.questions)))
    return [
        next(
            tokenizer.windows(
                tokenizer.tokens(question.question).ids,
                tokenizer.context(documents[question.doc_id].title, ""),
                tokenizer.tokens(documents[question.doc_id].text),
            )
        )
        for question in chosen
    ]


def export(network: Any, path: Path) -> None:
    """Write the float32 graph: ids and types in, start and end logits out, (batch, length) each.

    There is no attention mask: windows are run one by one, without padding.
    """
    import onnx

    trace(network, path)
    model = onnx.load(str(path))
    fuse_attention(model, network.config.num_attention_heads)
    onnx.save(model, str(path))


def trace(network: Any, path: Path) -> None:
    """Write the graph as torch's exporter makes it."""
    import torch

    class Logits(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.network = network

        def forward(self, input_ids: Any, token_type_ids: Any) -> tuple[Any, Any]:
            output = self.network(input_ids=input_ids, token_type_ids=token_type_ids)
            return output.start_logits, output.end_logits

    names = (["input_ids", "token_type_ids"], ["start_logits", "end_logits"])
    ids = torch.arange(5, 25)[None]
    torch.onnx.export(
        Logits(),
        (ids, torch.zeros_like(ids)),
        str(path),
        input_names=names[0],
        output_names=names[1],
        dynamic_axes={name: {0: "batch", 1: "length"} for name in (*names[0], *names[1])},
        opset_version=OPSET,
        dynamo=False,
    )


def quantise(full: Path, path: Path) -> None:
    """Write the int8 form of a graph: its products with scaled rows, and the embeddings.

    The head stays in float32.
    """
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic

    model = onnx.load(str(full))
    weights = {tensor.name for tensor in model.graph.initializer}
    products = [
        node.name
        for node in model.graph.node
        if node.op_type == "MatMul" and node.input[1] in weights
    ]
    heads = [name for name in products if _HEAD.search(name)]
    behind_gelu = [name for name in products if _BEHIND_GELU.search(name)]
    uneven = {name for name in products if not _HEAD.search(name) and not _EVEN.search(name)}
    scale_rows(model, uneven, behind_gelu)
    halfway = full.with_name("halfway.onnx")
    onnx.save(model, str(halfway))
    quantize_dynamic(
        str(halfway),
        str(path),
        weight_type=QuantType.QInt8,
        per_channel=True,
        nodes_to_exclude=heads,
        # Types behind the fused attention are not inferred.
        extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
    )


if __name__ == "__main__":
    main()
