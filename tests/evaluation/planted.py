"""A small bot that answers everything, made so that each of its parts can be broken on its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from qa.answerer import Bot, Trace, Turn
from qa.evaluation.gold import stamp
from qa.evaluation.metrics import find_answer
from qa.evaluation.questions import Question
from qa.index import Index, build_index
from qa.lexical import Lexical
from qa.text import terms
from qa.types import Document, Hit, Passage, Policy, Settings, Span
from tests.fakes import WordEncoder

TEXTS = {
    "clouds.md": "Clouds passed over the hills on a quiet day.",
    "expo.md": "The Chongqing expo signed 530 projects.",
    "park.md": "The Chongqing deal for the park was fair.",
    "river.md": "Boats go down the river in summer.",
    "run-beibei.md": "Beibei is run by Bo Li.",
    "run-fuling.md": "Fuling is run by Cai Wu.",
    "run-hechuan.md": "Hechuan is run by Deng Yu.",
    "run-lijia.md": "Lijia is run by Ada Chen.",
    "tea.md": "Tea is grown on the northern slopes.",
    "zoo.md": "The zoo keeps two old tigers.",
}
DOCUMENTS = [Document(name, name.removesuffix(".md"), text) for name, text in TEXTS.items()]

# Dense retrieval understands "deals" and "fair"; lexical retrieval finds another article for them.
DEALS = Question("deals", "How many deals did the Chongqing fair sign?", ("530",), ("expo.md",))
# Lexical retrieval knows the name, which means nothing to dense retrieval.
LIJIA = Question("lijia", "Who runs Lijia?", ("Ada Chen",), ("run-lijia.md",), "person")
COST = Question("cost", "What does the zoo cost?", (), (), "unanswerable")
QUESTIONS = stamp([DEALS, LIJIA, COST], {d.id: d for d in DOCUMENTS}).questions
POLICY = Policy("min-max", depth=3, passages=2, weights={"lexical": 0.5, "dense": 0.5})


class MeaningEncoder(WordEncoder):
    """Takes some words for others, and has never heard of some."""

    same: Mapping[str, str] = {"deals": "projects", "deal": "projects", "fair": "expo"}
    unknown = frozenset({"lijia", "beibei", "fuling", "hechuan"})

    def encode_question(self, text: str) -> NDArray[np.float32]:
        words = [word.strip("?.").lower() for word in text.split()]
        known = [self.same.get(word, word) for word in words if word not in self.unknown]
        return super().encode_question(" ".join(known))


@dataclass
class KnowingReader:
    """Points at the gold answers where they stand, and else, with little confidence, at a word."""

    answers: Sequence[str] = tuple(answer for question in QUESTIONS for answer in question.answers)
    threshold: float = 0.5

    def read(self, question: str, hits: Sequence[Hit]) -> list[Span]:
        found = [self.point(question, hit.passage) for hit in hits]
        return sorted(found, key=lambda span: (-span.score, span.passage.id))

    def point(self, question: str, passage: Passage) -> Span:
        for answer in self.answers:
            place = find_answer(answer, passage.text)
            if place is not None:
                return span_of(passage, *place, 0.9)
        return span_of(passage, 0, passage.text.index(" "), 0.2)

    def confidence(self, spans: Sequence[Span]) -> float:
        return spans[0].score if spans else 0.0


class WrongReader(KnowingReader):
    """Sure of the first word of each passage."""

    def point(self, question: str, passage: Passage) -> Span:
        return span_of(passage, 0, passage.text.index(" "), 0.9)


class UnsureReader(KnowingReader):
    """Finds the answer and does not trust it."""

    def confidence(self, spans: Sequence[Span]) -> float:
        return 0.4


class UnsureWrongReader(WrongReader):
    """Finds something else and, rightly, does not trust it."""

    def confidence(self, spans: Sequence[Span]) -> float:
        return 0.4


class BlindReader(KnowingReader):
    """Finds nothing."""

    def read(self, question: str, hits: Sequence[Hit]) -> list[Span]:
        return []


def span_of(passage: Passage, start: int, end: int, score: float) -> Span:
    at = passage.start + start
    return Span(passage, at, at + end - start, passage.text[start:end], score)


def make(
    documents: Sequence[Document] = DOCUMENTS,
    *,
    damage: Callable[[Index], Index] = lambda index: index,
    reader: KnowingReader | None = None,
    policy: Policy = POLICY,
) -> Bot:
    """The bot, with an index that `damage` may have altered."""
    encoder = MeaningEncoder()
    index = damage(build_index(documents, encoder, Settings()))
    return Bot(index, encoder, reader or KnowingReader(), policy)


def without_terms(index: Index) -> Index:
    """The lexical matrix holds nothing."""
    return replace(index, lexical=Lexical.build([[] for _ in index.passages]))


def shuffled(index: Index) -> Index:
    """Every passage has the vector of another."""
    return replace(index, vectors=np.ascontiguousarray(np.roll(index.vectors, 5, axis=0)))


def without_passages(doc_id: str) -> Callable[[Index], Index]:
    """The passages of one document are gone from the index, and the document is still there."""

    def damage(index: Index) -> Index:
        rows = [n for n, passage in enumerate(index.passages) if passage.doc_id != doc_id]
        passages = [index.passages[row] for row in rows]
        texts = [p.indexed_text for p in passages]
        return replace(
            index,
            passages=passages,
            vectors=np.ascontiguousarray(index.vectors[rows]),
            lexical=Lexical.build([terms(text) for text in texts]),
        )

    return damage


@dataclass
class Tampering:
    """A bot whose answers are altered on their way out."""

    bot: Bot
    alter: Callable[[Trace], Trace]

    @property
    def documents(self) -> Mapping[str, Document]:
        return self.bot.documents

    @property
    def index(self) -> Index:
        return self.bot.index

    def trace(self, question: str, history: Sequence[Turn] = ()) -> Trace:
        return self.alter(self.bot.trace(question, history))

    def warm(self) -> None:
        self.bot.warm()
