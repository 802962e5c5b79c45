"""A question as typed, what came of it, and the places in the articles that it points to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from secrets import token_hex
from typing import Literal

from qa.errors import QAError
from qa.types import Answer, Citation, Document, Hit, Span

RELATED = 3  # passages shown where nothing is answered

Verdict = Literal["right", "wrong", "marked", "absent"]


@dataclass(frozen=True, slots=True, eq=False)
class Turn:
    """One exchange. `documents` are the articles as they were when it was asked.

    `alone`: the question was asked without regard to the ones before it. `spans` are what the
    reader saw, best first. `verdict` is what the user said of the answer. `id` is like no other's.
    """

    question: str
    outcome: Answer | QAError
    collection: str = ""
    alone: bool = False
    spans: tuple[Span, ...] = ()
    documents: Mapping[str, Document] = field(default_factory=dict)
    verdict: Verdict | None = None
    id: str = field(default_factory=lambda: token_hex(8))


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a document to look at: `start`..`end`, with the answer in it where there is one.

    `citation` is the one that leads here, None for a passage that is only related.
    """

    document: Document
    start: int
    end: int
    citation: Citation | None = None


def places(turn: Turn) -> tuple[Place, ...]:
    """Where a turn points to, in the order in which the page numbers it.

    The citations of the answer, then those of other answers; where there is none, those of the
    span that did not convince, then the nearest passages.
    """
    answer = turn.outcome
    if isinstance(answer, QAError):
        return ()
    others = [*answer.alternatives, *([answer.rejected] if answer.rejected else [])]
    cited = [*answer.citations, *(c for other in others for c in other.citations)]
    found = [_cited(citation, answer.hits, turn.documents) for citation in cited]
    if answer.text is None:
        found += [passage_place(hit, turn.documents) for hit in answer.hits[:RELATED]]
    return tuple(found)


def passage_place(hit: Hit, documents: Mapping[str, Document]) -> Place:
    """A retrieved passage as a place to look at."""
    passage = hit.passage
    return Place(documents[passage.doc_id], passage.start, passage.end)


def _cited(citation: Citation, hits: tuple[Hit, ...], documents: Mapping[str, Document]) -> Place:
    """The passage that a citation was read in, or its sentence where that passage is not known."""
    document = documents[citation.doc_id]
    for passage in (hit.passage for hit in hits):
        inside = passage.start <= citation.start and citation.end <= passage.end
        if passage.doc_id == citation.doc_id and inside:
            return Place(document, passage.start, passage.end, citation)
    return Place(document, citation.start, citation.end, citation)
