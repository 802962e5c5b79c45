"""What may be asked: a question, and what was asked before it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qa.conversation import LONGEST, Turn
from qa.errors import QuestionError
from qa.text import has_half_character

MAX_QUESTION = LONGEST


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


def check_history(history: Sequence[Turn]) -> None:
    """Raise QuestionError unless every item is a question, or one with an answer.

    The message names the item, counted from 1.
    """
    hint = 'pass a list of questions, or of {"question": ..., "answer": ...}'
    if isinstance(history, str) or not isinstance(history, Sequence):
        raise QuestionError(f"the history is a list, not {type(history).__name__}", hint=hint)
    for number, turn in enumerate(history, start=1):
        fields = {"question": turn} if isinstance(turn, str) else turn
        if not isinstance(fields, Mapping):
            kind = type(turn).__name__
            raise QuestionError(f"item {number} of the history is {kind}", hint=hint)
        if "question" not in fields:
            raise QuestionError(f"item {number} of the history has no question", hint=hint)
        try:
            check_question(fields["question"])  # type: ignore[arg-type]
        except QuestionError as error:
            message = f"item {number} of the history: {error}"
            raise QuestionError(message, hint=error.hint) from error
        answer = fields.get("answer")
        if answer is not None and (not isinstance(answer, str) or has_half_character(answer)):
            raise QuestionError(
                f"item {number} of the history: its answer is neither text nor None", hint=hint
            )
