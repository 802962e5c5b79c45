"""A conversation: its turns, what a browser remembers of it, and what is believed of that."""

from __future__ import annotations

from collections.abc import Collection as Container
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, TypeGuard

from qa.answerer import MAX_QUESTION
from qa.errors import QAError
from qa.surfaces.web.turn import Turn
from qa.text import has_half_character

REMEMBERED = 12  # turns that a browser keeps
LONGEST = 100  # turns of a conversation; the oldest give way


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to be asked again; see `Turn` for what its parts mean."""

    question: str
    collection: str
    alone: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Talk:
    """The turns so far, and the collection that the next question goes to.

    `waiting` are questions that have no answer yet, in the order in which they get one.
    """

    collection: str = ""
    turns: tuple[Turn, ...] = ()
    waiting: tuple[Asked, ...] = ()

    def history(self) -> list[dict[str, str | None]]:
        """The exchanges that a follow-up may refer back to: those with the same collection."""
        return [
            {"question": turn.outcome.resolved_question, "answer": turn.outcome.text}
            for turn in self.turns
            if turn.collection == self.collection and not isinstance(turn.outcome, QAError)
        ]

    def asking(self, asked: Asked) -> Talk:
        """The talk with one more question that waits."""
        return replace(self, waiting=(*self.waiting, asked))

    def plus(self, turn: Turn) -> Talk:
        """The talk with one more turn."""
        return replace(self, turns=(*self.turns, turn)[-LONGEST:])

    def with_turn(self, number: int, turn: Turn) -> Talk:
        """The talk with another turn in the place of turn `number`."""
        return replace(self, turns=(*self.turns[:number], turn, *self.turns[number + 1 :]))

    def without_last(self) -> Talk:
        """The talk before its last turn."""
        return replace(self, turns=self.turns[:-1])

    def to_remember(self) -> list[dict[str, str | bool]]:
        """What the browser keeps: questions alone. Answers are looked up again."""
        answered = (Asked(turn.question, turn.collection, turn.alone) for turn in self.turns)
        return [
            {"question": asked.question, "collection": asked.collection, "alone": asked.alone}
            for asked in (*answered, *self.waiting)[-REMEMBERED:]
            if is_question(asked.question)
        ]


def recalled(remembered: Any, collections: Container[str]) -> Iterator[Asked]:
    """What of a browser's memory can be asked again; anything could stand in it.

    >>> [*recalled([{"question": "Who?", "collection": "a"}, 7, {"question": ""}], {"a"})]
    [Asked(question='Who?', collection='a', alone=False)]
    """
    for item in remembered[-REMEMBERED:] if isinstance(remembered, list) else []:
        if isinstance(item, dict):
            question, collection = item.get("question"), item.get("collection")
            if is_question(question) and isinstance(collection, str) and collection in collections:
                yield Asked(question, collection, item.get("alone") is True)


def is_question(value: Any) -> TypeGuard[str]:
    """Whether `value`, which came from a browser, is text that can be a question."""
    return (
        isinstance(value, str)
        and bool(value.strip())
        and len(value) <= MAX_QUESTION
        and not has_half_character(value)
    )
