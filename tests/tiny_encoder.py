"""Encoders small enough to export in a test: two layers of 32, with the real vocabulary."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from qa.encoder import SentenceEncoder

_TOKENIZER = ("tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "vocab.txt")


def save_tiny_encoder(folder: Path, *more: Any, pooling: str = "mean", **options: Any) -> Path:
    """Save a sentence-transformers model with random weights, the same in every run.

    `more` are modules behind the pooling, `options` go to the model ("prompts") and, where they
    begin with "pooling_", to the pooling.
    """
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel

    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=30522,
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=4,
        intermediate_size=64,
        max_position_embeddings=64,
    )
    bare = folder / "bare"
    BertModel(config).save_pretrained(bare)
    for name in _TOKENIZER:
        shutil.copyfile(SentenceEncoder().folder / name, bare / name)
    transformer = Transformer(str(bare))
    transformer.max_seq_length = 32
    chosen = {
        name.removeprefix("pooling_"): options.pop(name)
        for name in list(options)
        if name.startswith("pooling_")
    }
    modules = [transformer, Pooling(32, pooling_mode=pooling, **chosen), *more]
    model = SentenceTransformer(modules=modules, device="cpu", **options)
    model.save(str(folder / "model"))
    return folder / "model"
