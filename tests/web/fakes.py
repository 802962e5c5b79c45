"""A bot that answers from a dictionary, its offsets made by cutting and never by searching."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from threading import Event
from types import SimpleNamespace

from qa.answerer import Trace
from qa.answerer import Turn as History
from qa.errors import QuestionError
from qa.types import Answer, Candidate, Citation, Document, Hit, Passage, Span

HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(1)>${alert(1)}`${window.__pwned=1}` "
    "{{x}} {{{value}}} @children </mark></div> \\u{1} &amp; \"'"
)


class FakeBot:
    """Answers the questions it was given answers to; to others it brings up every article."""

    def __init__(self, documents: Sequence[Document], answers: Mapping[str, Answer]) -> None:
        self.documents = {document.id: document for document in documents}
        self.index = SimpleNamespace(passages=[whole(d).passage for d in documents])
        self.answers = answers

    def trace(self, question: str, history: Sequence[History] = ()) -> Trace:
        answer = self._answer(question)
        if history and question in REFERRING:
            answer = replace(answer, resolved_question=REFERRING[question])
        spans = [Span(hit.passage, 0, 1, hit.passage.text[:1], 0.5) for hit in answer.hits]
        return Trace(answer, answer.hits, tuple(spans), {})

    def retrieve(self, query: str, *, passages: int = 10) -> list[Hit]:
        return [whole(document) for document in self.documents.values()][:passages]

    def _answer(self, question: str) -> Answer:
        if not question.strip():
            raise QuestionError("the question is empty", hint="type a question of a few words")
        if question == CRASH:
            raise RuntimeError("a mistake in the bot")
        if question in self.answers:
            answer = self.answers[question]
            return replace(answer, question=question, resolved_question=question)
        hits = tuple(whole(document) for document in self.documents.values())
        reason = "No passage is sure enough."
        return Answer(question, question, None, 0.0, reason, "no-convincing-span", hits=hits)

    def warm(self) -> None:
        """Nothing to load."""


def whole(document: Document) -> Hit:
    """All of a document as one hit."""
    passage = Passage(document.id, "", 0, len(document.text), document.text, document.title)
    return Hit(passage, 1.0, {"lexical": 1, "dense": 1}, {"lexical": 1.0, "dense": 1.0})


def article(*parts: str, doc_id: str = "article.md", title: str = "An article") -> Document:
    """An article whose text is `parts` put together; see `answer_of`."""
    return Document(doc_id, title, "".join(parts))


def answer_of(document: Document, *parts: str, confidence: float = 0.9) -> Answer:
    """The answer that is the third part: `parts` are before, its sentence's start, it, the rest."""
    before, opening, words, closing = (len(part) for part in parts[:4])
    start, end = before + opening, before + opening + words
    citation = Citation(
        doc_id=document.id,
        title=document.title,
        url=document.url,
        date=document.date,
        page=None,
        start=before,
        end=end + closing,
        quote=document.text[before : end + closing],
        answer=document.text[start:end],
        answer_start=start,
        answer_end=end,
        text_sha256=sha256(document.text.encode()).hexdigest(),
        source_sha256=document.source_sha256,
    )
    return Answer(
        question="?",
        resolved_question="?",
        text=citation.answer,
        confidence=confidence,
        agreement=1,
        citations=(citation,),
        hits=(whole(document),),
    )


CRASH = "What is a bug?"
SIGNING = "How many projects were signed at the 2019 expo?"
_SIGNED = (
    "Four days of talks ended with contracts.\n\n",
    "In 2019 ",
    "530",
    " projects were signed, worth 816.9 billion yuan.",
    " A year earlier it had been 501.",
)
REFERRING = {"And what else?": "How many projects, or what else?"}
HOSTILE_QUESTION = f"What about {HOSTILE}?"
TWO_ANSWERS = "How many projects, or what else?"
CONTESTED = "How many projects do the articles count?"
AGREED = "On how many projects do the articles agree?"
UNSURE = "How many projects may it have been?"
_HOSTILE_TEXT = (f"{HOSTILE}. ", f"It is {HOSTILE} and ", f"the words {HOSTILE}", f" {HOSTILE}.")


def fake_bot() -> FakeBot:
    """Two articles: an honest one about signings and one that attacks wherever text is shown."""
    expo = article(*_SIGNED, doc_id="signings-and-investment.md", title="Signings and investment")
    attack = article(*_HOSTILE_TEXT, doc_id=f"{HOSTILE}.md", title=f"Title {HOSTILE}")
    attack = replace(attack, url=f"https://example.org/{HOSTILE}", date=HOSTILE)
    signed, attacked = answer_of(expo, *_SIGNED), answer_of(attack, *_HOSTILE_TEXT)
    (reading,) = answer_of(
        expo, "".join(_SIGNED[:4]), " A year earlier it had been ", "501", "."
    ).citations
    other = Candidate(attacked.citations[0].answer, 0.1, attacked.citations)
    both = (*signed.hits, *attacked.hits)
    near = Candidate("501", 0.3, (reading,))
    answers = {
        SIGNING: signed,
        CONTESTED: replace(signed, conflict=True, alternatives=(other,), hits=both),
        AGREED: replace(
            signed,
            agreement=2,
            citations=(*signed.citations, reading),
            alternatives=(other,),
            hits=both,
        ),
        UNSURE: Answer(
            "?", "?", None, 0.3, "Two readings of it are level.", "readings-too-close", near
        ),
        HOSTILE_QUESTION: attacked,
        "And what else?": signed,
        TWO_ANSWERS: replace(signed, alternatives=(other,), hits=both),
    }
    return FakeBot((expo, attack), answers)


class HeldBot(FakeBot):
    """Answers and finds like `fake_bot`, while `go` is set; says with `begun` when it was asked."""

    def __init__(self) -> None:
        known = fake_bot()
        super().__init__([*known.documents.values()], known.answers)
        self.begun, self.go = Event(), Event()
        self.go.set()

    def trace(self, question: str, history: Sequence[History] = ()) -> Trace:
        self._wait()
        return super().trace(question, history)

    def retrieve(self, query: str, *, passages: int = 10) -> list[Hit]:
        self._wait()
        return super().retrieve(query, passages=passages)

    def _wait(self) -> None:
        self.begun.set()
        if not self.go.wait(60):
            raise TimeoutError("held for too long")
