"""The encoder without torch: the network that `qa build --light` exported, run by onnxruntime."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qa.errors import EncoderError
from qa.protocols import Progress
from qa.runtime import session

# What an exported encoder consists of, besides the weights that the network names.
NETWORK, TOKENIZER, CARD = "model.onnx", "tokenizer.json", "encoder.json"


class QuestionEncoder:
    """An exported encoder, `folder`: its vectors are those of its source to the fifth digit.

    It reads as its source does: with the same tokenizer, prompt and limit, and pooled and scaled
    by the same modules, which are part of the network. `name` and `sha256` are its source's.
    It is made for questions; passages are encoded one by one. Thread-safe.

    Raises EncoderError where a file is missing or unusable.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            card = json.loads((folder / CARD).read_text("utf-8"))
            self.name = str(card["name"])
            self._sha256 = str(card["sha256"])
            self._max_tokens = int(card["max_tokens"])
            prompts = card["prompts"]
            self._question_prompt = str(prompts["question"])
            self._passage_prompt = str(prompts["passage"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise _unusable(folder / CARD, error) from error
        # It cuts what is longer than the model reads, as the export set it up.
        self._cutting = _tokenizer(folder / TOKENIZER)
        self._session = _session(folder / NETWORK)

    @property
    def sha256(self) -> str:
        """The SHA-256 of the encoder that this was exported from."""
        return self._sha256

    @property
    def max_tokens(self) -> int:
        """How many tokens of an input the model reads, special ones included."""
        return self._max_tokens

    def token_starts(self, text: str) -> list[int]:
        """The offsets, in code points, at which the model's own tokens begin."""
        encoding = self._whole.encode(text, add_special_tokens=False)
        return [start for start, _ in encoding.offsets]

    def encode_passages(
        self, texts: Sequence[str], progress: Progress | None = None
    ) -> NDArray[np.float32]:
        """Unit vectors of `texts`, float32 (n, d); reports ("encoding", done, total)."""
        vectors = []
        for done, text in enumerate(texts, start=1):
            vectors.append(self._vector(self._passage_prompt + text))
            if progress is not None:
                progress("encoding", done, len(texts))
        return np.stack(vectors)

    def encode_question(self, text: str) -> NDArray[np.float32]:
        """The unit vector of a question, float32 (d,)."""
        return self._vector(self._question_prompt + text)

    def _vector(self, text: str) -> NDArray[np.float32]:
        ids = np.array([self._cutting.encode(text).ids], np.int64)
        vector: NDArray[np.float32] = self._session.run(["vector"], {"input_ids": ids})[0]
        return vector

    @cached_property
    def _whole(self) -> Any:
        tokenizer = _tokenizer(self.folder / TOKENIZER)
        tokenizer.no_truncation()
        return tokenizer


def _tokenizer(path: Path) -> Any:
    from tokenizers import Tokenizer

    try:
        return Tokenizer.from_file(str(path))
    except Exception as error:  # the library raises nothing narrower
        raise _unusable(path, error) from error


def _session(path: Path) -> Any:
    try:
        return session(path, prepacked=False)
    except Exception as error:  # onnxruntime's own errors share no narrower class
        raise _unusable(path, error) from error


def _unusable(path: Path, error: Exception) -> EncoderError:
    return EncoderError(
        f"{path} cannot be used: {error}",
        hint="export it again: qa build SOURCE --index DIR --light",
    )
