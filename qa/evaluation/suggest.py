"""Drafts of questions: a sentence of an article with its number, date or name blanked out.

Nothing is made up, and no draft is a question yet: a person rewords it, so that it does not give
the sentence away, and removes its key "draft". Until then no evaluation takes it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, zip_longest
from typing import Literal

from qa.answerer import MAX_QUESTION
from qa.evaluation.metrics import normalise, stands_at
from qa.evaluation.places import Place
from qa.evaluation.questions import Question
from qa.index import Index
from qa.layout import units
from qa.quantities import PIECE
from qa.text import sha256
from qa.types import Document

DraftKind = Literal["number", "date", "fact"]
BLANK = "____"

# Words: shorter sentences say too little without the blank, longer ones are mostly lists.
_SHORTEST, _LONGEST = 6, 60
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_ENDED = (".", "。", "!", "！")


@dataclass(frozen=True, slots=True)
class Draft:
    """A stretch of a sentence to ask for. All offsets are into the text of document `doc_id`."""

    doc_id: str
    kind: DraftKind
    first: int
    last: int
    start: int
    end: int

    @property
    def id(self) -> str:
        """From where it stands: the same draft has the same id in every run."""
        return "draft-" + sha256(f"{self.doc_id}\n{self.start}\n{self.end}")[:12]

    def question(self, document: Document, split: str = "test") -> Question:
        """The draft in the shape of a question: the sentence with a blank for its answer."""
        text = document.text
        answer = text[self.start : self.end]
        asked = text[self.first : self.start] + BLANK + text[self.end : self.last]
        gold = Place(answer, self.doc_id, self.start, self.end, sha256(text))
        asked = " ".join(asked.split())
        return Question(self.id, asked, (answer,), (self.doc_id,), self.kind, split, gold=(gold,))

    def to_dict(self, document: Document) -> dict[str, object]:
        """A line of a question file, which `load_questions` refuses as long as "draft" is there."""
        record = self.question(document).to_dict()
        del record["fact"]
        return {"draft": True, **record}


def suggest(index: Index, count: int = 20) -> list[Draft]:
    """At most so many drafts, one of a sentence, numbers, dates and names in turn.

    Which ones depends on the articles alone: they are taken by the SHA-256 of where they stand, so
    that they come from all over them.
    """
    by_kind: dict[DraftKind, list[Draft]] = {"number": [], "date": [], "fact": []}
    for draft in sorted(_drafts(index), key=lambda draft: draft.id):
        by_kind[draft.kind].append(draft)
    taken: dict[tuple[str, int], Draft] = {}
    for drafts in zip_longest(*by_kind.values()):
        for draft in drafts:
            if draft is not None and len(taken) < count:
                taken.setdefault((draft.doc_id, draft.first), draft)
    return list(taken.values())


def _drafts(index: Index) -> Iterator[Draft]:
    for doc_id, passages in groupby(index.passages, key=lambda passage: passage.doc_id):
        document = index.documents[doc_id]
        stretches = [(passage.start, passage.end) for passage in passages]
        for unit in units(document.text, document.body_start):
            if unit.kind == "sentence" and _fit(document.text, unit.start, unit.end):
                # The last passage that begins by then reaches furthest. None holds lines that
                # pages repeat, nor the whole of a sentence that is too long for one.
                near = bisect_right(stretches, unit.start, key=lambda stretch: stretch[0])
                if near and unit.end <= stretches[near - 1][1]:
                    yield from _of_sentence(doc_id, document.text, unit.start, unit.end)


def _fit(text: str, first: int, last: int) -> bool:
    sentence = text[first:last]
    words = len(sentence.split())
    whole = sentence.endswith(_ENDED) and len(sentence) <= MAX_QUESTION - len(BLANK)
    return whole and _SHORTEST <= words <= _LONGEST and BLANK not in sentence


def _of_sentence(doc_id: str, text: str, first: int, last: int) -> Iterator[Draft]:
    pieces = list(PIECE.finditer(text, first, last))
    stretches = [(kind, *p.span()) for p in pieces if (kind := _kind(p)) is not None]
    stretches += [("fact", *span) for span in _names(text, pieces[1:])]
    for kind, start, end in stretches:
        answer = text[start:end]
        if normalise(answer) and stands_at(answer, text, start, end):
            yield Draft(doc_id, kind, first, last, start, end)


def _kind(piece: re.Match[str]) -> DraftKind | None:
    """What a piece is to be asked for as; None for a word, and a number without a figure."""
    if piece.lastgroup == "date" or _YEAR.fullmatch(piece.group()):
        return "date"
    counted = piece.lastgroup == "amount" and any(map(str.isdigit, piece.group()))
    return "number" if counted else None


def _names(text: str, pieces: Sequence[re.Match[str]]) -> Iterator[tuple[int, int]]:
    """Two or more capitalised words in a row; never the sentence's first, capital in any case."""
    run: list[re.Match[str]] = []
    for piece in [*pieces, None]:
        named = piece is not None and piece.lastgroup == "word" and piece.group()[0].isupper()
        beside = run and piece is not None and text[run[-1].end() : piece.start()] == " "
        if run and not (named and beside):
            if len(run) > 1:
                yield run[0].start(), run[-1].end()
            run = []
        if named and piece is not None:
            run.append(piece)
