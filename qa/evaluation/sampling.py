"""The same questions on every machine, however many are asked."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Protocol, TypeVar


class HasId(Protocol):
    """What can be sampled: anything with an id."""

    @property
    def id(self) -> str: ...


Question = TypeVar("Question", bound=HasId)


def sample(questions: Sequence[Question], count: int | None = None) -> list[Question]:
    """The first `count` questions by the SHA-256 of their ids; None takes all, in their order.

    A smaller sample is the beginning of a larger one.

    >>> from qa.evaluation.questions import Question
    >>> asked = [Question(id, "Who?", (), ()) for id in ("q1", "q2", "q3")]
    >>> [question.id for question in sample(asked, 2)]
    ['q3', 'q2']
    """
    if count is None:
        return list(questions)
    return sorted(questions, key=_digest)[:count]


def _digest(question: HasId) -> bytes:
    return hashlib.sha256(question.id.encode()).digest()
