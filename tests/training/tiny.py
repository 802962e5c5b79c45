"""A network small enough to train in a test: two layers of 32, with the real vocabulary."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from qa.encoder import SentenceEncoder
from qa.windows import Tokenizer


@cache
def tokenizer() -> Tokenizer:
    """The real one: it loads in a moment, and its pieces are what offsets are about."""
    return Tokenizer(SentenceEncoder().folder / "tokenizer.json")


def save_tiny(folder: Path, seed: int = 0) -> Path:
    """Random weights, the same for the same seed, as `load_network` and the export take them."""
    import torch
    from transformers import BertConfig, BertForQuestionAnswering

    torch.manual_seed(seed)
    config = BertConfig(
        vocab_size=30522,
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=4,
        intermediate_size=64,
        max_position_embeddings=512,
    )
    BertForQuestionAnswering(config).save_pretrained(folder)
    return folder
