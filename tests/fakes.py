"""An encoder that can be worked out by hand: vectors from the words that texts share."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from qa.protocols import Progress
from qa.text import terms

DIMENSION = 256
_TOKEN = re.compile(r"[\u2e80-\u9fff]|[^\W\u2e80-\u9fff]+|[^\w\s]")


class WordEncoder:
    """Counts terms: two texts are as near as the terms that they share are many.

    A term's place in the vector is taken from its SHA-256. `encoded` lists every passage text that
    was encoded, in order, so that a test can say what was encoded again.

    >>> encoder = WordEncoder()
    >>> dance, sleep = encoder.encode_passages(["Robots danced.", "Robots slept."])
    >>> question = encoder.encode_question("dancing robots")
    >>> float((dance @ question).round(3)), float((sleep @ question).round(3))
    (1.0, 0.5)
    """

    def __init__(
        self, name: str = "words", *, sha256: str = "0" * 64, max_tokens: int = 256
    ) -> None:
        self.name = name
        self.encoded: list[str] = []
        self._sha256 = sha256
        self._max_tokens = max_tokens

    @property
    def sha256(self) -> str:
        return self._sha256

    @property
    def max_tokens(self) -> int:
        return self._max_tokens

    def token_starts(self, text: str) -> list[int]:
        return [match.start() for match in _TOKEN.finditer(text)]

    def encode_passages(
        self, texts: Sequence[str], progress: Progress | None = None
    ) -> NDArray[np.float32]:
        vectors = np.zeros((len(texts), DIMENSION), np.float32)
        for row, text in enumerate(texts):
            vectors[row] = self.encode_question(text)
            self.encoded.append(text)
            if progress is not None:
                progress("encoding", row + 1, len(texts))
        return vectors

    def encode_question(self, text: str) -> NDArray[np.float32]:
        vector = np.zeros(DIMENSION, np.float32)
        # A text without terms has a direction of its own, for a vector needs a length.
        for term in terms(text) or [""]:
            vector[int(hashlib.sha256(term.encode()).hexdigest(), 16) % DIMENSION] += 1
        unit: NDArray[np.float32] = vector / np.linalg.norm(vector)
        return unit


class SubwordEncoder(WordEncoder):
    """Reads words the way WordPiece does: in pieces, and words that are too long as one unknown."""

    def token_starts(self, text: str) -> list[int]:
        starts: list[int] = []
        for match in _TOKEN.finditer(text):
            step = 3 if match.end() - match.start() <= 30 else match.end()
            starts += range(match.start(), match.end(), step)
        return starts
