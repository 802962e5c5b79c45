"""Where a gold answer stands: the tie between a question and the text it was written for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qa.evaluation.files import as_object, member
from qa.evaluation.metrics import find_answer, stands_at
from qa.text import sha256
from qa.types import Document

_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a document that holds a gold answer, when the document's text was this one.

    `answer` is one of the question's wordings, `start` and `end` are offsets into the document's
    text, and `text_sha256` is of that text in UTF-8.
    """

    answer: str
    doc_id: str
    start: int
    end: int
    text_sha256: str

    def stands(self, documents: Mapping[str, Document]) -> bool:
        """Whether the words are still there, whatever else was edited.

        >>> place = Place("Ada", "a.md", 0, 3, "0" * 64)
        >>> [place.stands({"a.md": Document("a.md", "A", t)}) for t in ("Ada won.", "So Ada won.")]
        [True, False]
        """
        document = documents.get(self.doc_id)
        return document is not None and stands_at(self.answer, document.text, self.start, self.end)

    def broken(self, documents: Mapping[str, Document]) -> str | None:
        """Why the place no longer holds the answer, in a sentence; None where it does."""
        if self.stands(documents):
            return None
        document = documents.get(self.doc_id)
        if document is None:
            return f"The index does not hold {self.doc_id!r} any more."
        if sha256(document.text) == self.text_sha256:
            where = f"at {self.start} to {self.end} of {self.doc_id!r}"
            return f"{self.answer!r} never stood {where}: the question names a wrong place."
        if find_answer(self.answer, document.text, document.body_start) is not None:
            return (
                f"{self.doc_id!r} was edited and says {self.answer!r} elsewhere now: stamp again."
            )
        return f"{self.doc_id!r} was edited and no longer says {self.answer!r}."


def parse_place(value: object, answers: Sequence[str], doc_ids: Sequence[str]) -> Place:
    """The place in an entry of "gold", for one of the answers and documents of its question.

    Raises `ValueError` with the reason.
    """
    try:
        record = as_object(value)
        place = Place(
            answer=member(record, "answer", str),
            doc_id=member(record, "doc_id", str),
            start=member(record, "start", int),
            end=member(record, "end", int),
            text_sha256=member(record, "text_sha256", str),
        )
    except ValueError as error:
        raise ValueError(f"'gold': {error}") from error
    if place.answer not in answers:
        raise ValueError(f"'gold': {place.answer!r} is none of the 'answers'")
    if place.doc_id not in doc_ids:
        raise ValueError(f"'gold': {place.doc_id!r} is none of the 'doc_ids'")
    if not 0 <= place.start < place.end:
        raise ValueError(f"'gold': {place.start} to {place.end} is no stretch of text")
    if not _SHA256.fullmatch(place.text_sha256):
        raise ValueError("'gold': 'text_sha256' must be 64 hexadecimal digits in lower case")
    return place
