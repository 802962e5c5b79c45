"""The network: the base model with a head that gives each token a start and an end logit."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def load_network(*folders: Path, device: str) -> Any:
    """A `BertForQuestionAnswering` from a folder: a span reader, or a base model without a head.

    From several folders it has the mean of their weights, which is often better than each of them
    where all come from one ("model soups", Wortsman et al., 2022).

    Word embeddings stay as they are: their gradient is as large as that of all else together, and
    a vocabulary of 30,000 is not learned anew from the words of a few hundred articles. There is
    no dropout: on a CPU it costs more than the matrix products.
    """
    import torch

    first, *others = (_load(folder, device) for folder in folders)
    with torch.no_grad():
        for weights, *more in zip(*(n.parameters() for n in (first, *others)), strict=True):
            weights.copy_(torch.stack([weights, *more]).mean(0))
    first.get_input_embeddings().weight.requires_grad_(False)
    return first.to(device)


def _load(folder: Path, device: str) -> Any:
    import torch
    from transformers import AutoModelForQuestionAnswering

    return AutoModelForQuestionAnswering.from_pretrained(
        folder,
        dtype=torch.float32,
        local_files_only=True,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
        # In bfloat16 on a CPU the plain products are a third faster than the fused kernel.
        attn_implementation="eager" if device == "cpu" and is_halved(device) else "sdpa",
    )


def is_halved(device: str) -> bool:
    """Whether matrix products are faster in bfloat16 there.

    On a CPU they are with AMX. With avx512_bf16 alone a batch took twice as long as in float32, and
    others only imitate it.
    """
    import torch

    return device != "cpu" or bool(torch.cpu.get_capabilities().get("amx_bf16"))
