"""A bot that answers from a dictionary: article, words, and what it calls its answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from qa.answerer import Trace, Turn
from qa.text import sha256
from qa.types import Answer, Citation, Document, Hit, Passage, Span

DOCUMENTS = {
    document.id: document
    for document in (
        Document("expo.md", "Expo", "The first Expo opened in August 2018. It had 530 projects."),
        Document("park.md", "Park", "The park in Lijia covers two square kilometres."),
    )
}


def cite(doc_id: str, words: str, *, shift: int = 0) -> Citation:
    """Cites `words` within the whole of a document; `shift` puts the offsets wrong."""
    document = DOCUMENTS[doc_id]
    start = document.text.index(words) + shift
    return Citation(
        doc_id=doc_id,
        title=document.title,
        url=None,
        date=None,
        page=None,
        start=0,
        end=len(document.text),
        quote=document.text,
        answer=words,
        answer_start=start,
        answer_end=start + len(words),
        text_sha256=sha256(document.text),
        source_sha256=None,
    )


def say(citation: Citation) -> Answer:
    """The cited words as an answer."""
    return Answer("", "", citation.answer, 0.9, citations=(citation,))


def passages_of(document: Document) -> list[Passage]:
    """The halves of a document at its first full stop, or the whole where there is but one."""
    middle = document.text.index(".") + 1
    halves = [(0, middle), (middle, len(document.text))]
    return [
        Passage(document.id, "", start, end, document.text[start:end], document.title)
        for start, end in halves
        if start < end
    ]


@dataclass(frozen=True)
class Passages:
    """An index of which only the passages are known."""

    passages: Sequence[Passage]


class DictionaryBot:
    """Answers what is in its dictionary and is silent on all else.

    Its passages are halves of documents. Lexical and dense retrieval both bring up all of them,
    those that share most words with the query first, and the first two are read. Its best span is
    what it answers; where it is silent it has none.
    """

    def __init__(self, answers: Mapping[str, Answer]) -> None:
        self.documents: Mapping[str, Document] = DOCUMENTS
        self.index = Passages([p for document in DOCUMENTS.values() for p in passages_of(document)])
        self.answers = answers

    def trace(self, question: str, history: Sequence[Turn] = ()) -> Trace:
        silence = Answer(question, question, None, 0.1, reason="nothing is known of it")
        candidates = self.candidates(question)
        answer = replace(self.answers.get(question, silence), hits=tuple(candidates[:2]))
        spans = [
            Span(candidates[0].passage, cited.answer_start, cited.answer_end, cited.answer, 1.0)
            for cited in answer.citations[:1]
        ]
        return Trace(answer, tuple(candidates), tuple(spans), {"retrieving": 0.25, "reading": 0.5})

    def warm(self) -> None:
        pass

    def candidates(self, question: str) -> list[Hit]:
        wanted = set(question.lower().strip("?").split())
        shared = {
            passage: float(len(wanted & set(passage.text.lower().strip(".").split())))
            for passage in self.index.passages
        }
        ordered = sorted(shared, key=lambda passage: (-shared[passage], passage.id))
        return [
            Hit(
                passage,
                shared[passage],
                {"lexical": rank, "dense": rank},
                {"lexical": shared[passage], "dense": shared[passage]},
            )
            for rank, passage in enumerate(ordered, start=1)
        ]
