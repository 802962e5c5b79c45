"""The chat apart from how it is shown: what is asked, answered and searched for."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol

from qa.answerer import Bot
from qa.errors import QAError
from qa.surfaces.web.collections import Collection
from qa.surfaces.web.deed import Deed
from qa.surfaces.web.feedback import Feedback
from qa.surfaces.web.gate import Gate
from qa.surfaces.web.proof import proof
from qa.surfaces.web.talk import Asked, Talk
from qa.surfaces.web.turn import Place, Turn, passage_place
from qa.surfaces.web.view import View

LOG = logging.getLogger(__name__)

SPANS = 50  # spans of a turn that are kept for "Why this?"
FOUND = 10  # passages that a search shows


class Shelf(Protocol):
    """What the chat needs of collections."""

    def all(self) -> list[Collection]: ...

    def bot(self, collection_id: str) -> Bot: ...


class Chat:
    """Answers and searches, over all collections and for all users at once."""

    def __init__(
        self,
        collections: Shelf,
        *,
        feedback: Feedback | None = None,
        examples: Sequence[str] = (),
        gate: Gate | None = None,
    ) -> None:
        self.collections = collections
        self.feedback = feedback or Feedback(None)
        self.examples = tuple(examples)
        self._gate = gate or Gate()

    def asked(self, talk: Talk, deed: Deed) -> tuple[Talk, Asked] | None:
        """The question that a deed asks, and the talk it is added to; None where it asks none."""
        turn = turn_of(talk, deed)
        if deed.name == "ask" and deed.words:
            return talk, Asked(deed.words, talk.collection)
        if deed.name == "example" and 0 <= deed.number < len(self.examples):
            return talk, Asked(self.examples[deed.number], talk.collection)
        if deed.name == "retry" and turn is not None and turn is talk.turns[-1]:
            return talk.without_last(), Asked(turn.question, turn.collection, turn.alone)
        if deed.name == "reask" and turn is not None:
            return talk, Asked(deed.words, turn.collection, alone=True)
        return None

    def turn(self, talk: Talk, asked: Asked) -> Turn:
        """The next turn of a talk: an answer, or an error that says what to do next."""
        history = () if asked.alone else replace(talk, collection=asked.collection).history()
        turn = Turn(asked.question, QAError(""), asked.collection, asked.alone)
        try:
            with self._gate.passed():
                bot = self.collections.bot(asked.collection)
                trace = bot.trace(asked.question, history)
        except QAError as error:
            return replace(turn, outcome=error)
        except Exception:
            LOG.exception("a question could not be answered")
            return replace(turn, outcome=_mishap())
        spans = trace.spans[:SPANS]
        return replace(turn, outcome=trace.answer, spans=spans, documents=bot.documents)

    def search(self, talk: Talk, view: View) -> View:
        """The panel with the passages found for its words, or with what went wrong."""
        turn = talk.turns[view.turn] if 0 <= view.turn < len(talk.turns) else None

        def found(bot: Bot) -> View:
            hits = bot.retrieve(view.words, passages=FOUND)
            return replace(view, places=tuple(passage_place(hit, bot.documents) for hit in hits))

        return self._sought(turn.collection if turn else talk.collection, view, found)

    def check(self, talk: Talk, view: View) -> View:
        """The panel with what was found of the passage that it quotes, or what went wrong."""

        def found(bot: Bot) -> View:
            check = bot.verify_quote(view.words)
            cited = (place.citation for place in check.places)
            places = (Place(bot.documents[c.doc_id], c.start, c.end, c) for c in cited)
            return replace(view, check=check, places=tuple(places))

        return self._sought(talk.collection, view, found)

    def certificate(self, talk: Talk, deed: Deed) -> str | None:
        """A page that proves the answer of a turn; None where the deed means nothing.

        Raises InputError where the articles are gone.
        """
        turn = turn_of(talk, deed)
        if turn is None or isinstance(turn.outcome, QAError):
            return None
        return proof(turn.outcome, self.collections.bot(turn.collection))

    def _sought(self, collection: str, view: View, found: Callable[[Bot], View]) -> View:
        try:
            with self._gate.passed():
                done = found(self.collections.bot(collection))
        except QAError as error:
            told = f"{error}: {error.hint}" if error.hint else str(error)
            done = replace(view, complaint=told)
        except Exception:
            LOG.exception("a search failed")
            done = replace(view, complaint=f"{(mishap := _mishap())}: {mishap.hint}")
        return replace(done, is_waiting=False)


def turn_of(talk: Talk, deed: Deed) -> Turn | None:
    """The turn that a deed was done to, if there is such a one."""
    return talk.turns[deed.turn] if 0 <= deed.turn < len(talk.turns) else None


def _mishap() -> QAError:
    return QAError(
        "something went wrong while looking through the articles",
        hint="try again; the log of the server says what happened",
    )
