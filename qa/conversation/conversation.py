"""A conversation with a bot: it remembers what was asked and answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from qa.conversation.resolver import Turn
from qa.types import Answer


class Asks(Protocol):
    """What can be talked with: a `Bot`, or anything that answers as it does."""

    def ask(self, question: str, history: Sequence[Turn] = ()) -> Answer: ...


class Conversation:
    """Questions to a bot, each of which may refer back to those before.

    >>> import qa
    >>> text = "The 2019 expo was held in Chongqing. The 2019 expo signed 530 projects."
    >>> conversation = qa.Conversation(qa.build([qa.Document("expo.txt", "Expo", text)]))
    >>> conversation.ask("Where was the 2019 expo held?").text
    'Chongqing'
    >>> answer = conversation.ask("How many projects did it sign?")
    >>> answer.resolved_question, answer.text
    ('How many projects did the 2019 expo sign?', '530')
    """

    def __init__(self, bot: Asks) -> None:
        self._bot = bot
        self._turns: list[Answer] = []

    @property
    def turns(self) -> tuple[Answer, ...]:
        """The answers so far, each with its question as typed and as it was resolved."""
        return tuple(self._turns)

    def ask(self, question: str) -> Answer:
        """The answer, which is remembered.

        Raises QuestionError as `Bot.ask` does; then nothing is remembered.
        """
        history = [{"question": turn.question, "answer": turn.text or ""} for turn in self._turns]
        answer = self._bot.ask(question, history)
        self._turns.append(answer)
        return answer

    def undo(self) -> None:
        """Forget the last question; a conversation that has none stays as it is."""
        del self._turns[-1:]

    def clear(self) -> None:
        """Forget everything."""
        self._turns.clear()
