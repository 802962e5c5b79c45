"""What came of one question: the answer, how it was judged, and the way that led there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from qa.evaluation.questions import Question
from qa.types import Answer, Span

Order = Literal["fused", "lexical", "dense"]
ORDERS: tuple[Order, ...] = ("fused", "lexical", "dense")


@dataclass(frozen=True, slots=True)
class Outcome:
    """One question asked. For what is measured see eval/README.md.

    `best` is the span that the reader liked best, given as the answer or not; None where it found
    none. `best_right` says whether it is right, which no span is where there is no answer.

    `citation_fault` says in a sentence what is wrong with the citations of an answer. `citations`
    counts those shown, the alternatives' included, and `verbatim` how many stand where they say.

    `ranks` are the 1-based ranks of the first passage with the answer, as fused and as each
    retriever put them; None where it brought none up. `passages_with_answer` counts such passages
    in the whole index, `documents_with_answer` those of the question's documents in whose text the
    answer stands at all.

    `read` is how many passages were read, the best fused ones: the answer's hits, unless they were
    left out to keep a baseline small.

    `stale` says in a sentence why the gold answer no longer stands where the question says.
    `seconds` is how long each stage took.
    """

    question: Question
    answer: Answer
    best: Span | None
    best_right: bool
    exact_match: float
    f1: float
    right: bool
    answer_in_quote: bool
    citation_correct: bool
    citation_fault: str | None
    citations: int
    verbatim: int
    ranks: Mapping[Order, int | None]
    passages_with_answer: int
    documents_with_answer: int
    read: int
    stale: str | None
    seconds: Mapping[str, float]

    @property
    def answered(self) -> bool:
        """Whether the bot gave an answer, right or wrong."""
        return self.answer.text is not None

    @property
    def failed(self) -> bool:
        """Whether there is something to find a cause for."""
        return not (self.right and self.citation_correct)

    @property
    def rank(self) -> int | None:
        """The fused rank of the first passage with the answer."""
        return self.ranks["fused"]
