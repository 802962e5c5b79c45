"""Export an encoder to ONNX, so that questions are asked without torch.

The whole way from token ids to the unit vector is one network, the model's own pooling included,
and it is held against the original before it is kept.
"""

from __future__ import annotations

import json
import tempfile
import warnings
from pathlib import Path
from typing import Any

import numpy as np

from qa.encoder import SentenceEncoder
from qa.errors import EncoderError
from qa.question_encoder import CARD, NETWORK, TOKENIZER, QuestionEncoder

OPSET = 17
# The largest difference of any component, and what it is measured on: texts that a tokenizer, a
# limit or a pooling might treat differently.
TOLERANCE = 1e-5
TEXTS = (
    "How many projects were signed at the 2019 expo?",
    "Who?",
    "",
    " \n\t ",
    "  white space  at both ends ",
    "What stands between [SEP] and [CLS], <s> and </s>, [MASK] and <pad>?",
    "机器人在哪里跳舞 🤖? Cafe\u0301, ﬁne, １２３, zero\u200bwidth",
    "robots dance " * 1_000,
    "机" * 2_000,
    "🤖" * 500,
)
_KINDS = {"Transformer", "Pooling", "Dense", "LayerNorm", "Dropout", "Normalize"}
_WEIGHTS = "model.bin"


def export_encoder(encoder: SentenceEncoder, folder: Path) -> None:
    """Write the exported form of `encoder` into `folder`; `QuestionEncoder(folder)` opens it.

    Raises EncoderError where the package onnx is missing, where the model has modules that have no
    such form, and where the exported vectors are not the original ones.
    """
    onnx = _onnx()
    model = encoder.model
    _check_modules(encoder, model)
    with tempfile.TemporaryDirectory() as scratch:
        traced = Path(scratch) / NETWORK
        _trace(model, traced)
        onnx.save_model(
            onnx.load(str(traced)),
            str(folder / NETWORK),
            save_as_external_data=True,
            location=_WEIGHTS,
        )
    _save_tokenizer(model, encoder.max_tokens, folder / TOKENIZER)
    card = {
        "name": encoder.name,
        "sha256": encoder.sha256,
        "max_tokens": encoder.max_tokens,
        "prompts": {
            "question": model.prompts.get("query") or "",
            "passage": model.prompts.get("document") or "",
        },
    }
    (folder / CARD).write_text(json.dumps(card, indent=1), "utf-8")
    _compare(encoder, QuestionEncoder(folder))


def _onnx() -> Any:
    try:
        import onnx
    except ImportError as error:
        raise EncoderError(
            "exporting an encoder needs the package onnx",
            hint="install it: pip install 'footnote-qa[light]'",
        ) from error
    return onnx


def _check_modules(encoder: SentenceEncoder, model: Any) -> None:
    kinds = [type(module).__name__ for module in model]
    if kinds[:1] != ["Transformer"] or not set(kinds) <= _KINDS:
        raise EncoderError(
            f"{encoder.name} cannot be exported: it consists of {', '.join(kinds)}",
            hint=f"ask with torch, or take an encoder of {', '.join(sorted(_KINDS))}",
        )


def _trace(model: Any, path: Path) -> None:
    """Write the float32 graph: token ids (1, length) in, a unit vector (dimension,) out."""
    import torch

    given = model.preprocess([TEXTS[0]])

    class Whole(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, input_ids: Any) -> Any:
            features = {"input_ids": input_ids, "attention_mask": torch.ones_like(input_ids)}
            if "token_type_ids" in given:
                features["token_type_ids"] = torch.zeros_like(input_ids)
            vector = self.model(features)["sentence_embedding"]
            return torch.nn.functional.normalize(vector, p=2, dim=1)[0]

    with warnings.catch_warnings(), torch.no_grad():
        # That some Python values become constants is what the comparison is for.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            Whole().eval(),
            (given["input_ids"],),
            str(path),
            input_names=["input_ids"],
            output_names=["vector"],
            dynamic_axes={"input_ids": {1: "length"}},
            opset_version=OPSET,
            dynamo=False,
        )


def _save_tokenizer(model: Any, max_tokens: int, path: Path) -> None:
    """Write the tokenizer as the model uses it: it cuts what is too long, and adds no padding."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_str(model.tokenizer.backend_tokenizer.to_str())
    tokenizer.no_padding()
    tokenizer.enable_truncation(model.max_seq_length or max_tokens)
    tokenizer.save(str(path))


def _compare(encoder: SentenceEncoder, exported: QuestionEncoder) -> None:
    for text in TEXTS:
        pairs = (
            (encoder.encode_question(text), exported.encode_question(text)),
            (encoder.encode_passages([text])[0], exported.encode_passages([text])[0]),
        )
        for expected, found in pairs:
            same = expected.shape == found.shape
            # Written so that "not a number" fails too.
            if not same or not np.abs(expected - found).max() <= TOLERANCE:
                raise EncoderError(
                    f"{encoder.name} cannot be exported: the vectors of {text[:40]!r} differ",
                    hint="ask with torch, or take another encoder",
                )
