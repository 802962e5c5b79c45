"""The whole flow on one screen: a question goes in, a cited answer comes out."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qa.decide import decide
from qa.errors import QuestionError
from qa.index import Index
from qa.protocols import Encoder, Reader
from qa.retriever import retrieve
from qa.text import has_half_character
from qa.types import Answer, Document, Hit, Policy, Span

MAX_QUESTION = 2_000

# An item of history: an earlier question, or {"question": ..., "answer": ...}.
Turn = str | Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Trace:
    """One question's way to its answer.

    `candidates` are all hits of both retrievers, best first; the first `policy.passages` of them
    were read. `spans` are what the reader found in those, best first. `seconds` is what each of
    "encoding", "retrieving", "reading" and "deciding" took.
    """

    answer: Answer
    candidates: tuple[Hit, ...]
    spans: tuple[Span, ...]
    seconds: Mapping[str, float]


class Bot:
    """Answers questions from one index. Made by `qa.open` and `qa.build`.

    >>> import qa
    >>> bot = qa.build([qa.Document("expo.txt", "Expo", "The 2019 expo signed 530 projects.")])
    >>> answer = bot.ask("How many projects were signed at the 2019 expo?")
    >>> answer.text, answer.citations[0].doc_id
    ('530', 'expo.txt')
    """

    def __init__(self, index: Index, encoder: Encoder, reader: Reader, policy: Policy) -> None:
        self.index = index
        self.policy = policy
        self._encoder = encoder
        self._reader = reader

    @property
    def documents(self) -> Mapping[str, Document]:
        """The documents by id, in order of their ids."""
        return self.index.documents

    def ask(self, question: str, history: Sequence[Turn] = ()) -> Answer:
        """The answer in the articles' own words, or one whose `text` is None.

        Raises QuestionError for a question that is empty or longer than 2,000 characters.
        `history` is not used yet: every question stands alone.
        """
        return self.trace(question, history).answer

    def trace(self, question: str, history: Sequence[Turn] = ()) -> Trace:
        """What `ask` answers, with what it came from and how long each stage took."""
        check_question(question)
        clock = _Clock()
        candidates: list[Hit] = []
        if self.index.passages:
            vector = self._encoder.encode_question(question)
            clock.stop("encoding")
            candidates = retrieve(self.index, question, vector, self.policy)
            clock.stop("retrieving")
        hits = candidates[: self.policy.passages]
        spans = self._reader.read(question, hits)
        clock.stop("reading")
        threshold = self.policy.threshold
        if threshold is None:
            threshold = self._reader.threshold
        confidence = self._reader.confidence
        answer = decide(question, question, hits, spans, self.documents, confidence, threshold)
        clock.stop("deciding")
        return Trace(answer, tuple(candidates), tuple(spans), clock.seconds)

    def ask_many(self, questions: Sequence[str]) -> list[Answer]:
        """One answer for each question, in order."""
        return [self.ask(question) for question in questions]

    def retrieve(self, query: str, *, passages: int = 10) -> list[Hit]:
        """The passages nearest to `query`, best first, at most `passages` of them."""
        check_question(query)
        if passages < 1:
            raise QuestionError(
                f"{passages} passages cannot be shown", hint="ask for 1 or more; 10 is usual"
            )
        if not self.index.passages:
            return []
        vector = self._encoder.encode_question(query)
        return retrieve(self.index, query, vector, self.policy)[:passages]

    def warm(self) -> None:
        """Load the models now, so that the first question does not wait for them."""
        self._encoder.encode_question("warm")
        self._reader.read("warm", ())


class _Clock:
    """Parts time into stages."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._since = time.perf_counter()

    def stop(self, stage: str) -> None:
        now = time.perf_counter()
        self.seconds[stage] = now - self._since
        self._since = now


def check_question(question: str) -> None:
    """Raise QuestionError unless `question` is text of 1 to 2,000 characters."""
    if not isinstance(question, str):
        raise QuestionError(
            f"a question is text, not {type(question).__name__}", hint="pass a string"
        )
    if not question.strip():
        raise QuestionError(
            "the question is empty", hint="ask something, in a sentence or a few words"
        )
    if len(question) > MAX_QUESTION:
        raise QuestionError(
            f"the question has {len(question):,} characters, at most {MAX_QUESTION:,} are read",
            hint="ask for one thing at a time",
        )
    if has_half_character(question):
        raise QuestionError(
            "the question holds half a character (a lone surrogate)",
            hint="check how it was decoded",
        )
