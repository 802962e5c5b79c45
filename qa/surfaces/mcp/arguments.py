"""What the tools are called with. What a question or a quote may be is for the bot to say."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from qa.surfaces.http.models import MOST_PASSAGES, MOST_TURNS
from qa.surfaces.http.problems import pointer

MOST_CHARACTERS = 100_000


class Arguments(BaseModel):
    """A JSON object. Nothing is converted and nothing unknown is let through."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Turn(Arguments):
    """An earlier question with what was answered; null where nothing was."""

    question: str
    answer: str | None = None


class Ask(Arguments):
    """One question, and what was asked before it."""

    question: Annotated[str, Field(description="One question, as people ask it.")]
    history: Annotated[
        list[Turn],
        Field(
            max_length=MOST_TURNS,
            description="What was asked before, oldest first, where the question refers to it.",
        ),
    ] = []


class Search(Arguments):
    """A query, in any words."""

    query: Annotated[str, Field(description="What the passages should be about.")]
    passages: Annotated[
        int, Field(ge=1, le=MOST_PASSAGES, description="The most passages to bring up.")
    ] = 10


class VerifyQuote(Arguments):
    """A text that may stand in the articles."""

    text: Annotated[str, Field(description="The words as they were quoted.")]
    doc_id: Annotated[
        str | None, Field(description="The document to look in; null looks in all of them.")
    ] = None


class ReadDocument(Arguments):
    """A stretch of one document."""

    doc_id: Annotated[str, Field(description="The document's id, as in citations and hits.")]
    offset: Annotated[
        int, Field(ge=0, description="Where to begin, in characters (Unicode code points).")
    ] = 0
    limit: Annotated[
        int, Field(ge=1, le=MOST_CHARACTERS, description="The most characters to read.")
    ] = 20_000


def told(error: ValidationError) -> str:
    """What is wrong with the first wrong argument, without its value.

    >>> try:
    ...     Search.model_validate({"query": "robots", "passages": 0})
    ... except ValidationError as error:
    ...     told(error)
    '/passages: Input should be greater than or equal to 1'
    """
    found: dict[str, Any] = dict(error.errors(include_url=False, include_input=False)[0])
    return f"{pointer(found['loc']) or 'the arguments'}: {found['msg']}"
