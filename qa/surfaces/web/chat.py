"""The chat apart from how it is shown: what a deed asks, what is answered, what is looked at."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from qa.answerer import Bot
from qa.errors import InputError, QAError
from qa.surfaces.web.collections import Collection
from qa.surfaces.web.deed import Deed
from qa.surfaces.web.feedback import Feedback
from qa.surfaces.web.gate import Gate
from qa.surfaces.web.talk import Asked, Talk
from qa.surfaces.web.turn import Place, Turn, Verdict, passage_place, places
from qa.surfaces.web.view import View
from qa.types import Answer

LOG = logging.getLogger(__name__)

SPANS = 50  # spans of a turn that are kept for "Why this?"
FOUND = 10  # passages that a search shows


class Shelf(Protocol):
    """What the chat needs of collections."""

    def all(self) -> list[Collection]: ...

    def bot(self, collection_id: str) -> Bot: ...


class Chat:
    """Answers, searches and takes feedback, over all collections and for all users at once."""

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

    def asked(self, talk: Talk, deed: Deed, typed: str) -> tuple[Talk, Asked] | None:
        """The question that a deed asks, and the talk it is added to; None where it asks none."""
        turn = turn_of(talk, deed)
        if deed.name == "":
            return talk, Asked(typed, talk.collection)
        if deed.name == "example" and 0 <= deed.number < len(self.examples):
            return talk, Asked(self.examples[deed.number], talk.collection)
        if deed.name == "retry" and turn is not None and turn is talk.turns[-1]:
            return talk.without_last(), Asked(turn.question, turn.collection, turn.alone)
        if deed.name == "reask" and turn is not None:
            return talk, Asked(deed.words, turn.collection, alone=True)
        return None

    def refill(self, talk: Talk, deed: Deed) -> str | None:
        """What a deed puts into the box for questions; None where it leaves that alone."""
        turn = turn_of(talk, deed)
        if deed.name == "undo" and talk.turns:
            return talk.turns[-1].question
        return turn.question if turn is not None and deed.name == "edit" else None

    def answer(self, talk: Talk, asked: Asked) -> Talk:
        """The talk with one more turn: the answer, or an error that says what to do next."""
        history = () if asked.alone else replace(talk, collection=asked.collection).history()
        turn = Turn(asked.question, QAError(""), asked.collection, asked.alone)
        try:
            with self._gate.passed():
                bot = self.collections.bot(asked.collection)
                trace = bot.trace(asked.question, history)
        except QAError as error:
            return talk.plus(replace(turn, outcome=error))
        except Exception:
            LOG.exception("a question could not be answered")
            return talk.plus(replace(turn, outcome=_mishap()))
        spans = trace.spans[:SPANS]
        return talk.plus(replace(turn, outcome=trace.answer, spans=spans, documents=bot.documents))

    def look(self, talk: Talk, view: View | None, deed: Deed) -> View | None:
        """The panel after a deed; as it was where the deed means nothing here."""
        turn = turn_of(talk, deed)
        if deed.name == "close":
            return None
        if deed.name == "search":
            return self._search(talk, deed)
        if turn is not None and deed.name == "source":
            return _at(View("source", deed.turn, places(turn)), deed.number) or view
        if turn is not None and deed.name == "why" and isinstance(turn.outcome, Answer):
            return View("why", deed.turn)
        if turn is not None and deed.name == "wrong" and self.feedback.enabled:
            return View("mark", deed.turn, _all_places(turn))
        if view is not None and deed.name == "result" and view.kind == "search":
            return _at(replace(view, kind="source"), deed.number) or view
        if view is not None and deed.name in ("previous", "next"):
            step = 1 if deed.name == "next" else -1
            return _at(replace(view, complaint=""), view.number + step) or view
        return view

    def judge(self, talk: Talk, view: View | None, deed: Deed) -> tuple[Talk, View | None]:
        """The talk and the panel after a word of feedback, which is kept.

        Raises InputError for words that cannot be kept.
        """
        number = view.turn if view is not None and deed.name in ("marked", "absent") else deed.turn
        turn = turn_of(talk, replace(deed, turn=number))
        verdicts: dict[str, Verdict] = {
            name: name for name in ("right", "wrong", "marked", "absent")
        }
        verdict = verdicts.get(deed.name)
        if turn is None or verdict is None or not isinstance(turn.outcome, Answer):
            return talk, view
        marked = None
        if verdict == "marked":
            if view is None or view.place is None:
                return talk, view
            marked = _trimmed(view.place, deed.start, deed.end)
        self.feedback.record(
            collection_id=turn.collection,
            answer=turn.outcome,
            verdict="right" if verdict == "right" else "wrong",
            documents=turn.documents,
            marked=marked,
            absent=verdict == "absent",
            turn=turn.id,
        )
        shown = {"right": view, "wrong": self.look(talk, view, deed)}.get(verdict)
        return talk.with_turn(number, replace(turn, verdict=verdict)), shown

    def _search(self, talk: Talk, deed: Deed) -> View:
        turn = turn_of(talk, deed)
        collection = turn.collection if turn else talk.collection
        view = View("search", deed.turn, words=deed.words)
        try:
            with self._gate.passed():
                bot = self.collections.bot(collection)
                hits = bot.retrieve(deed.words, passages=FOUND)
        except QAError as error:
            return replace(view, complaint=f"{error}: {error.hint}" if error.hint else str(error))
        return replace(view, places=tuple(passage_place(hit, bot.documents) for hit in hits))


def turn_of(talk: Talk, deed: Deed) -> Turn | None:
    """The turn that a deed was done to, if there is such a one."""
    return talk.turns[deed.turn] if 0 <= deed.turn < len(talk.turns) else None


def _at(view: View, number: int) -> View | None:
    return replace(view, number=number) if 1 <= number <= len(view.places) else None


def _all_places(turn: Turn) -> tuple[Place, ...]:
    """One place in each document in which the right words may stand, likeliest first."""
    hits = turn.outcome.hits if isinstance(turn.outcome, Answer) else ()
    found = [*places(turn), *(passage_place(hit, turn.documents) for hit in hits)]
    each: dict[str, Place] = {}
    for place in found:
        each.setdefault(place.document.id, place)
    return tuple(each.values())


def _trimmed(place: Place, start: int, end: int) -> tuple[str, int, int]:
    """The marked words without white space around them. Raises InputError where there are none."""
    text = place.document.text
    words = text[start:end] if 0 <= start < end <= len(text) else ""
    if not words.strip():
        raise InputError("no words are marked", hint="select them in the text, then try again")
    start += len(words) - len(words.lstrip())
    return place.document.id, start, start + len(words.strip())


def _mishap() -> QAError:
    return QAError(
        "something went wrong while looking for an answer",
        hint="try again; the log of the server says what happened",
    )
