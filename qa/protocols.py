"""What can be swapped: the encoder that makes vectors, the reader that finds spans."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from qa.types import Hit, Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# progress(stage, done, total): the stages of a build are "reading", "cutting" and "encoding".
Progress = Callable[[str, int, int], None]


class Encoder(Protocol):
    """Turns text into vectors. An index is bound to `name` and `sha256`, a digest of the model.

    `max_tokens` is the longest input that is read in whole, special tokens included.
    """

    name: str

    @property
    def sha256(self) -> str: ...

    @property
    def max_tokens(self) -> int: ...

    def token_starts(self, text: str) -> Sequence[int]:
        """The ascending offsets, in code points, at which the tokens of `text` begin."""

    def encode_passages(
        self, texts: Sequence[str], progress: Progress | None = None
    ) -> NDArray[np.float32]:
        """Vectors of unit length, float32 of shape (len(texts), dimension)."""

    def encode_question(self, text: str) -> NDArray[np.float32]:
        """A vector of unit length, float32 of shape (dimension,)."""


class Reader(Protocol):
    """Finds spans. `threshold` is the confidence below which its spans are no answer."""

    threshold: float

    def read(self, question: str, hits: Sequence[Hit]) -> list[Span]:
        """Spans that may answer `question`, best first, at most a few for each hit."""

    def confidence(self, spans: Sequence[Span]) -> float:
        """The probability, in [0, 1], that the first of `spans`, best first, is right."""
