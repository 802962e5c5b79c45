"""A bot that answers from a dictionary: article, words, and what it calls its answer."""

from __future__ import annotations

from collections.abc import Mapping

from qa.types import Answer, Citation, Document, Hit, Passage, Retriever

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
        text_sha256="",
        source_sha256=None,
    )


def say(citation: Citation) -> Answer:
    """The cited words as an answer."""
    return Answer("", "", citation.answer, 0.9, citations=(citation,))


class DictionaryBot:
    """Answers what is in its dictionary and is silent on all else.

    Its passages are the halves of each document at the first full stop, those that share most
    words with the query first.
    """

    def __init__(self, answers: Mapping[str, Answer]) -> None:
        self.documents = DOCUMENTS
        self.answers = answers

    def ask(self, question: str) -> Answer:
        silence = Answer(question, question, None, 0.1, reason="nothing is known of it")
        return self.answers.get(question, silence)

    def retrieve(self, query: str, *, passages: int = 10) -> list[Hit]:
        wanted = set(query.lower().strip("?").split())
        hits = []
        for document in self.documents.values():
            middle = document.text.index(".") + 1
            for start, end in ((0, middle), (middle, len(document.text))):
                text = document.text[start:end]
                score = float(len(wanted & set(text.lower().strip(".").split())))
                passage = Passage(document.id, "", start, end, text)
                scores: dict[Retriever, float] = {"lexical": score, "dense": score}
                hits.append(Hit(passage, score, {"lexical": None, "dense": None}, scores))
        return sorted(hits, key=lambda hit: (-hit.score, hit.passage.id))[:passages]
