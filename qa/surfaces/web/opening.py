"""How a page begins: the conversation of the last visit, and what its address asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from qa.surfaces.web.chat import Chat
from qa.surfaces.web.deed import Deed
from qa.surfaces.web.doing import looked
from qa.surfaces.web.seen import Seen
from qa.surfaces.web.talk import Asked, Talk, is_question, recalled
from qa.surfaces.web.turn import Turn
from qa.surfaces.web.view import View
from qa.types import Answer


@dataclass(frozen=True, slots=True)
class Opening:
    """What is to be asked again when a page is opened.

    `earlier` is what the browser remembers; `linked` the question that the address names, and
    `number` the source of it that is to be open.
    """

    chat: Chat
    earlier: tuple[Asked, ...] = ()
    linked: Asked | None = None
    number: int = 0

    @classmethod
    def of(cls, chat: Chat, remembered: Any, query: Mapping[str, str]) -> Opening:
        """What of a browser's memory and of an address can be asked; anything could be in them."""
        every = [collection.id for collection in chat.collections.all()]
        question, number = query.get("question"), query.get("source", "")
        collection = query.get("collection", "")
        linked = None
        if is_question(question):
            known = collection if collection in every else first_of(chat)
            linked = Asked(question, known, alone=True)
        is_number = number.isdecimal() and len(number) < 5
        earlier = tuple(recalled(remembered, every))
        return cls(chat, earlier, linked, int(number) if is_number else 0)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to ask."""
        return not self.earlier and self.linked is None

    def carried_out(self) -> tuple[Talk, View | None]:
        """The conversation, looked up anew, and the source that is open."""
        talk, view = Talk(first_of(self.chat)), None
        for asked in self.earlier:
            talk = talk.plus(self.chat.turn(talk, asked))
        if self.linked is not None:
            talk, view = self._reopened(talk, self.linked)
        if talk.turns:
            talk = replace(talk, collection=talk.turns[-1].collection)
        return talk, view

    def _reopened(self, talk: Talk, asked: Asked) -> tuple[Talk, View | None]:
        """The linked question is asked unless it is among those of the last visit."""
        for turn in talk.turns:
            if turn.collection == asked.collection and _meant(turn) == asked.question:
                break
        else:
            talk = talk.plus(self.chat.turn(talk, asked))
            turn = talk.turns[-1]
        deed = Deed("source", talk.turns.index(turn), self.number)
        return talk, looked(self.chat, Seen(talk), deed).view


def first_of(chat: Chat) -> str:
    """The id of the collection that is asked unless another one is chosen."""
    return next((collection.id for collection in chat.collections.all()), "")


def _meant(turn: Turn) -> str:
    return turn.outcome.resolved_question if isinstance(turn.outcome, Answer) else turn.question
