"""The network: the base model with a head that gives each token a start and an end logit."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def load_network(folder: Path, device: str) -> Any:
    """A `BertForQuestionAnswering` from `folder`: a span reader, or a base model without a head.

    Word embeddings stay as they are: their gradient is as large as that of all else together, and
    a vocabulary of 30,000 is not learned anew from the words of a few hundred articles. There is
    no dropout: on a CPU it costs more than the matrix products.
    """
    import torch
    from transformers import AutoModelForQuestionAnswering

    network = AutoModelForQuestionAnswering.from_pretrained(
        folder,
        dtype=torch.float32,
        local_files_only=True,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
        # On a CPU the plain products are a third faster than the fused kernel.
        attn_implementation="sdpa" if device == "cuda" else "eager",
    )
    network.get_input_embeddings().weight.requires_grad_(False)
    return network.to(device)
