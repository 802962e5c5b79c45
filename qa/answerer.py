"""The whole flow on one screen: a question goes in, a cited answer comes out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from threading import Lock
from typing import Any

from qa.conversation import Turn, resolve
from qa.decide import decide
from qa.errors import InputError, QuestionError
from qa.index import Index
from qa.index_folder import IndexFolder
from qa.periods import as_written
from qa.protocols import Encoder, Reader
from qa.questions import MAX_QUESTION, check_history, check_question
from qa.quote import QuoteCheck, QuoteFinder
from qa.retriever import retrieve
from qa.trace import Clock, Trace
from qa.types import Answer, Document, Hit, Policy
from qa.verify import Verification, verify

__all__ = ["MAX_QUESTION", "Bot", "Trace", "Turn", "check_question"]


class Bot:
    """Answers questions from one index. Made by `qa.open` and `qa.build`. Threads may share it.

    >>> import qa
    >>> bot = qa.build([qa.Document("expo.txt", "Expo", "The 2019 expo signed 530 projects.")])
    >>> answer = bot.ask("How many projects were signed at the 2019 expo?")
    >>> answer.text, answer.citations[0].doc_id
    ('530', 'expo.txt')
    """

    def __init__(
        self,
        index: Index,
        encoder: Encoder,
        reader: Reader,
        policy: Policy,
        folder: IndexFolder | None = None,
    ) -> None:
        self.policy = policy
        self._reader = reader
        # What `reload` replaces, in one step. A question takes both from here once, and keeps them.
        self._opened = index, encoder
        self._folder = folder
        self._reloading = Lock()
        self._quotes: QuoteFinder | None = None

    @property
    def index(self) -> Index:
        """The index that questions are answered from now."""
        return self._opened[0]

    @property
    def documents(self) -> Mapping[str, Document]:
        """The documents by id, in order of their ids."""
        return self.index.documents

    @property
    def encoder(self) -> Encoder:
        """The encoder, for other bots to share."""
        return self._opened[1]

    @property
    def reader(self) -> Reader:
        """The reader, for other bots to share."""
        return self._reader

    def ask(self, question: str, history: Sequence[Turn] = ()) -> Answer:
        """The answer in the articles' own words, or one whose `text` is None.

        `history` is what was asked before, oldest first: questions, or mappings with a "question"
        and its "answer", empty where there was none; for one that is missing or None the bot asks
        itself. What the question refers back to is put in (`Answer.resolved_question`).

        Raises QuestionError for a question that is empty or longer than 2,000 characters, here or
        in the history.
        """
        return self.trace(question, history).answer

    def trace(self, question: str, history: Sequence[Turn] = ()) -> Trace:
        """What `ask` answers, with what it came from and how long each stage took.

        >>> import qa
        >>> bot = qa.build(["The 2019 expo signed 530 projects."])
        >>> trace = bot.trace("How many projects were signed at the 2019 expo?")
        >>> trace.answer.text, trace.spans[0].text, "reading" in trace.seconds
        ('530', '530', True)
        """
        check_question(question)
        check_history(history)
        clock = Clock()
        resolved = question
        if history:
            resolved = resolve(question, history, lambda earlier: self.ask(earlier).text)
            clock.stop("resolving")
        return self._look_up(question, resolved, clock)

    def _look_up(self, question: str, resolved: str, clock: Clock) -> Trace:
        index, encoder = self._opened
        candidates: list[Hit] = []
        if index.passages:
            vector = encoder.encode_question(resolved)
            clock.stop("encoding")
            candidates = retrieve(index, resolved, vector, self.policy)
            clock.stop("retrieving")
        hits = candidates[: self.policy.passages]
        asked = as_written(resolved, (hit.passage.indexed_text for hit in hits))
        spans = self._reader.read(asked, hits)
        clock.stop("reading")
        threshold = self.policy.threshold
        if threshold is None:
            threshold = self._reader.threshold
        confidence = self._reader.confidence
        answer = decide(question, asked, hits, spans, index.documents, confidence, threshold)
        answer = replace(answer, resolved_question=resolved)
        clock.stop("deciding")
        return Trace(answer, tuple(candidates), tuple(spans), clock.seconds)

    async def aask(self, question: str, history: Sequence[Turn] = ()) -> Answer:
        """What `ask` answers, for programs with an event loop: it works in another thread.

        >>> import asyncio
        >>> import qa
        >>> bot = qa.build(["The 2019 expo signed 530 projects."])
        >>> asyncio.run(bot.aask("How many projects were signed at the 2019 expo?")).text
        '530'

        Raises QuestionError as `ask` does.
        """
        import asyncio

        return await asyncio.to_thread(self.ask, question, history)

    def ask_many(self, questions: Sequence[str]) -> list[Answer]:
        """One answer for each question, in order.

        >>> import qa
        >>> bot = qa.build(["The 2019 expo signed 530 projects."])
        >>> questions = ["How many projects were signed at the 2019 expo?", "Who sang?"]
        >>> [answer.text for answer in bot.ask_many(questions)]
        ['530', None]
        """
        return [self.ask(question) for question in questions]

    def retrieve(self, query: str, *, passages: int = 10) -> list[Hit]:
        """The passages nearest to `query`, best first, at most `passages` of them.

        >>> import qa
        >>> bot = qa.build(["Robots danced at the expo.", "The park opened in 2018."])
        >>> bot.retrieve("dancing robots", passages=1)[0].passage.text
        'Robots danced at the expo.'

        Raises QuestionError as `ask` does, and for less than one passage.
        """
        check_question(query)
        if passages < 1:
            raise QuestionError(
                f"{passages} passages cannot be shown", hint="ask for 1 or more; 10 is usual"
            )
        index, encoder = self._opened
        if not index.passages:
            return []
        vector = encoder.encode_question(query)
        return retrieve(index, query, vector, self.policy)[:passages]

    def verify_quote(self, text: str, doc_id: str | None = None) -> QuoteCheck:
        """Whether a passage stands in the articles, or in the one of that id, and where.

        White space, quotation marks, dashes and case may differ; no figure may.

        >>> import qa
        >>> bot = qa.build(["The warranty ends after 24 months."])
        >>> bot.verify_quote("the warranty  ends").match
        'normalised'
        >>> check = bot.verify_quote("The warranty ends after 36 months.")
        >>> check.match, [(d.quoted, d.written) for d in check.different_figures]
        ('nearest', [('36', '24')])

        Raises InputError for a text without a letter or digit or of more than 20,000 characters,
        and for a document that is not there.
        """
        index, finder = self.index, self._quotes
        if finder is None or finder.index is not index:
            finder = self._quotes = QuoteFinder(index)
        return finder.verify(text, doc_id)

    def verify(self, answer: Answer | Mapping[str, Any]) -> Verification:
        """Whether the citations of an answer, perhaps one kept for long, still hold.

        They are held against the articles as they were indexed. Raises InputError where `answer`
        is neither an answer nor what `qa ask --json` prints.

        >>> import qa
        >>> bot = qa.build(["The warranty ends after 24 months."])
        >>> bot.verify(bot.ask("When does the warranty end?")).ok
        True
        """
        return verify(answer, self.documents)

    def with_policy(self, policy: Policy) -> Bot:
        """Another bot on the index as it is now, which asks by `policy` and shares the models.

        >>> import qa
        >>> bot = qa.build(["The 2019 expo signed 530 projects."])
        >>> stricter = bot.with_policy(qa.Policy(threshold=1.0))
        >>> stricter.ask("How many projects were signed?").text is None
        True
        """
        return Bot(*self._opened, self._reader, policy)

    def warm(self) -> None:
        """Load the models now, so that the first question does not wait for them.

        >>> import qa
        >>> qa.build(["Robots danced at the expo."]).warm()
        """
        self.encoder.encode_question("warm")
        self._reader.read("warm", ())

    @property
    def stale(self) -> bool:
        """Whether another build of the index has become current: one short file is read.

        False for an index in memory. Raises IndexDamagedError where that file names no build.
        """
        return self._folder is not None and self._folder.current_build() != self.index.build_id

    def reload(self) -> bool:
        """Go over to the build of the index that is current now; whether it is another one.

        Threads may ask meanwhile: a question that has begun finishes on the build it began with.
        Raises InputError for an index in memory, and else as `qa.open` does; the bot then goes on
        with the build it has.

        >>> import tempfile
        >>> import qa
        >>> folder = tempfile.mkdtemp()
        >>> bot = qa.build(["Robots danced at the expo."], folder)
        >>> later = qa.build(["Robots danced at the expo.", "Drones flew over it."], folder)
        >>> bot.stale, bot.reload(), len(bot.documents), bot.reload()
        (True, True, 2, False)
        """
        if self._folder is None:
            raise InputError("an index in memory has no newer build", hint="use qa.build again")
        with self._reloading:
            if not self.stale:
                return False
            self._opened = self._folder.open(self.encoder)
        return True
