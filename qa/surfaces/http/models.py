"""What requests hold. Nothing is converted and nothing unknown is let through."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag

from qa.answerer import MAX_QUESTION
from qa.quote import MAX_QUOTE

MOST_TURNS = 20
MOST_PASSAGES = 100
MOST_DOCUMENTS = 500

# What `str.strip` takes away is no question; regular expressions do not agree on white space.
NOT_BLANK = r"[^\s\x1c-\x1f\x85\ufeff]"

Question = Annotated[
    str,
    Field(
        min_length=1,
        max_length=MAX_QUESTION,
        pattern=NOT_BLANK,
        description="One question, as people ask it.",
        examples=["How many projects were signed at the 2019 expo?"],
    ),
]
Threshold = Annotated[
    float | None,
    Field(
        ge=0,
        le=1,
        allow_inf_nan=False,
        description="The confidence below which nothing is answered; left out, the reader's own.",
    ),
]


class Body(BaseModel):
    """A JSON object."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Turn(Body):
    """An earlier question with what was answered; without the answer it is asked again."""

    question: Question
    answer: Annotated[str | None, Field(max_length=10_000)] = None


def _kind(item: object) -> str | None:
    return (
        "question" if isinstance(item, str) else "turn" if isinstance(item, dict | Turn) else None
    )


History = Annotated[
    list[
        Annotated[
            Annotated[Question, Tag("question")] | Annotated[Turn, Tag("turn")],
            Discriminator(
                _kind,
                custom_error_type="turn",
                custom_error_message="Input should be a question or have a question",
            ),
        ]
    ],
    Field(max_length=MOST_TURNS, description="The conversation so far, oldest first."),
]


def unanswered(history: History) -> int:
    """How many earlier questions may have to be asked again."""
    return sum(isinstance(item, str) or item.answer is None for item in history)


class Ask(Body):
    """One question."""

    question: Question
    history: History = []
    threshold: Threshold = None


class BatchQuestion(Body):
    """One question of a batch; `id` comes back with its answer."""

    id: str | int
    question: Question
    history: History = []


class Batch(Body):
    """Several questions, which are answered in order."""

    questions: list[BatchQuestion]
    threshold: Threshold = None


class Search(Body):
    """A query, in any words."""

    query: Question
    passages: Annotated[
        int, Field(ge=1, le=MOST_PASSAGES, description="The most passages to bring up.")
    ] = 10


class Quote(Body):
    """A text that may stand in the articles."""

    text: Annotated[
        str,
        Field(
            min_length=1,
            max_length=MAX_QUOTE,
            pattern=r"[\p{L}\p{N}]",
            description="The words as they were quoted.",
        ),
    ]
    doc_id: Annotated[
        str | None, Field(description="The document to look in; left out, all of them.")
    ] = None


class Page(BaseModel):
    """Which documents to list."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    limit: Annotated[
        int, Field(ge=1, le=MOST_DOCUMENTS, description="The most documents to list.")
    ] = 50
    after: Annotated[
        str | None, Field(description="The last id of the page before; left out, the first page.")
    ] = None
