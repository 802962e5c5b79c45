"""What the reader learns from: a question, a passage as the index cuts it, an answer or none."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from qa.evaluation.squad import Squad
from qa.passages import cut
from qa.types import Document, Passage, Settings

TokenStarts = Callable[[str], Sequence[int]]

# The share of questions read in their whole paragraph, as the reading benchmarks give it, and of
# examples that lose their title, as a document may have none.
WHOLE, UNTITLED = 0.25, 0.05


@dataclass(frozen=True, slots=True)
class Example:
    """`text[start:end]` answers the question; nothing does where `start` is None."""

    question: str
    title: str
    heading: str
    text: str
    start: int | None = None
    end: int | None = None


def from_squad(
    squad: Squad, token_starts: TokenStarts, max_tokens: int, chooser: random.Random
) -> Iterator[Example]:
    """One example a question: in its whole paragraph or in a passage that holds its answer."""
    documents = {document.id: document for document in squad.documents}
    passages: dict[str, list[Passage]] = {}
    for question in squad.questions:
        document = documents[question.doc_id]
        if document.id not in passages:
            passages[document.id] = _passages(document, token_starts, max_tokens)
        start, end = None, None
        holding = [_whole(document)]
        if question.answers:
            start = question.answer_starts[0]
            end = start + len(question.answers[0])
        if chooser.random() >= WHOLE:
            holding = [
                passage
                for passage in passages[document.id]
                if start is None or end is None or (passage.start <= start and end <= passage.end)
            ] or holding
        passage = chooser.choice(holding)
        untitled = chooser.random() < UNTITLED
        yield Example(
            question=question.question,
            title="" if untitled else document.title,
            heading=passage.heading,
            text=passage.text,
            start=None if start is None else start - passage.start,
            end=None if end is None else end - passage.start,
        )


def from_negatives(path: Path) -> Iterator[Example]:
    """The lines that `python -m training.negatives` wrote."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield Example(**json.loads(line))


def without(squad: Squad, titles: frozenset[str]) -> Squad:
    """The file without the articles of these titles: those that a benchmark asks about."""
    documents = tuple(d for d in squad.documents if d.title not in titles)
    ids = {document.id for document in documents}
    return replace(
        squad,
        documents=documents,
        questions=tuple(question for question in squad.questions if question.doc_id in ids),
    )


def _whole(document: Document) -> Passage:
    text = document.text
    return Passage(document.id, "", 0, len(text), text, document.title)


def _passages(document: Document, token_starts: TokenStarts, max_tokens: int) -> list[Passage]:
    content = (0, len(document.text))
    return cut(document, content, token_starts, Settings(), max_tokens)
