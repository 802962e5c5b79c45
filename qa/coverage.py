"""How much of a question a passage tells of."""

from __future__ import annotations

from functools import lru_cache

from qa.text import terms
from qa.types import Passage


def coverage(question: str, passage: Passage) -> float:
    """The share of the question's terms, in [0, 1], that stand in a passage, its title or heading.

    1 where a question has no terms ("Who is it?"): there is nothing that a passage could lack.

    >>> passage = Passage("a.txt", "", 0, 35, "The 2019 expo signed 530 projects.")
    >>> coverage("How many projects were signed in Lijia?", passage)
    0.5
    """
    asked = set(terms(question))
    told = _terms(passage.indexed_text)
    return len(asked & told) / len(asked) if asked else 1.0


@lru_cache(maxsize=4096)
def _terms(text: str) -> frozenset[str]:
    return frozenset(terms(text))
