"""What the reader sees of a passage: the question, title and heading, and a window of its text.

Training and answering make their input here, so that they cannot differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qa.errors import ReaderError
from qa.text import indexed_text

# In tokens. Longer questions and contexts are cut, so that half of a window is always passage.
MAX_QUESTION, MAX_CONTEXT = 64, 64


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text in tokens: their ids, and where each starts and ends in the text (code points)."""

    ids: list[int]
    starts: list[int]
    ends: list[int]


@dataclass(frozen=True, slots=True)
class Window:
    """One input: `ids[first:-1]` are tokens of the passage, the others are around them.

    `types` are 0 for the question and 1 for the rest. `starts[i]` and `ends[i]` are where the
    token `ids[first + i]` stands in the passage's text.
    """

    ids: list[int]
    types: list[int]
    first: int
    starts: Sequence[int]
    ends: Sequence[int]


class Tokenizer:
    """The base model's own word pieces, with their offsets.

    >>> from qa.encoder import SentenceEncoder
    >>> tokenizer = Tokenizer(SentenceEncoder().folder / "tokenizer.json")
    >>> tokenizer.tokens("Robots danced.").starts
    [0, 7, 13]

    Raises ReaderError where the file is missing or no tokenizer.
    """

    def __init__(self, path: Path) -> None:
        from tokenizers import Tokenizer as WordPieces

        try:
            pieces: Any = WordPieces.from_file(str(path))
        except Exception as error:  # the library raises nothing narrower
            raise ReaderError(
                f"{path} is no tokenizer: {error}", hint="export or install it again"
            ) from error
        pieces.no_truncation()
        pieces.no_padding()
        # An article that writes "[SEP]" must not end its window with it.
        pieces.encode_special_tokens = True
        self._pieces = pieces
        self._begin: int = pieces.token_to_id("[CLS]")
        self._separate: int = pieces.token_to_id("[SEP]")

    def tokens(self, text: str) -> Tokens:
        """The tokens of `text`, none added."""
        encoding = self._pieces.encode(text, add_special_tokens=False)
        starts = [start for start, _ in encoding.offsets]
        ends = [end for _, end in encoding.offsets]
        return Tokens(encoding.ids, starts, ends)

    def context(self, title: str, heading: str) -> list[int]:
        """The ids of a title and a heading, as every window of the passage carries them."""
        return self.tokens(indexed_text(title, heading, "")).ids[:MAX_CONTEXT]

    def windows(
        self,
        question: Sequence[int],
        context: Sequence[int],
        passage: Tokens,
        max_tokens: int = 384,
        stride: int = 128,
    ) -> Iterator[Window]:
        """`[CLS] question [SEP] context [SEP] passage [SEP]`, in as many windows as it takes.

        Neighbouring windows are `stride` tokens of the passage apart. A context without tokens
        takes its separator along.
        """
        asked = [self._begin, *question[:MAX_QUESTION], self._separate]
        above = [*context, self._separate] if context else []
        first = len(asked) + len(above)
        room = max_tokens - first - 1
        at = 0
        while True:
            ids = passage.ids[at : at + room]
            yield Window(
                ids=[*asked, *above, *ids, self._separate],
                types=[0] * len(asked) + [1] * (len(above) + len(ids) + 1),
                first=first,
                starts=passage.starts[at : at + room],
                ends=passage.ends[at : at + room],
            )
            if at + room >= len(passage.ids):
                return
            at += min(stride, room)
