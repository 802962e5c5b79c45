"""Which documents give an answer, which give another one, and how many are independent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from qa.claims import Claim, claim_of, one_thing, speaks_to, tells
from qa.names import is_name
from qa.types import Document, Source, Span
from qa.values import Words, comparable, compatible

# A span is heard from an even chance on.
_EVEN = 0.5
# Texts whose words are the same in the same order to this share are copies of one another.
_COPY = 0.8

Support = Callable[[Span], float]


@dataclass(frozen=True, slots=True)
class Side:
    """One answer: the spans that give it, best first, one of each document."""

    spans: tuple[Span, ...]

    @property
    def doc_ids(self) -> frozenset[str]:
        """The documents that give this answer."""
        return frozenset(span.passage.doc_id for span in self.spans)


def sides(
    question: str, spans: Sequence[Span], support: Support, convincing: float
) -> tuple[Side, ...]:
    """The sides that the documents take: the best span's first; more than one is a conflict.

    `support` is how likely a span is an answer if it is all there is. Besides the best one only
    spans with an even chance are heard; a name that differs needs `convincing`, for two names may
    well be true at once. The order of `spans` does not matter.

    A document gives the answer if one of its spans is compatible with it and its sentence speaks to
    the question. Another document gives a different one if one of its spans contradicts it, speaks
    to the question, and is about the same year, edition and part. A document that gives both stays
    with the best span.
    """
    ordered = sorted(spans, key=lambda span: (-span.score, span.passage.id, span.start))
    claims = [claim_of(span) for span in ordered if span == ordered[0] or support(span) >= _EVEN]
    found: list[Side] = []
    leading: list[Claim] = []
    for claim in claims:
        if any(claim.span.passage.doc_id in side.doc_ids for side in found):
            continue
        if not leading or (
            (not isinstance(claim.value, Words) or support(claim.span) >= convincing)
            and all(_differ(question, leader, claim) for leader in leading)
        ):
            leading.append(claim)
            found.append(_side(question, claim, claims))
    return _apart(found)


def _side(question: str, leader: Claim, claims: Sequence[Claim]) -> Side:
    """The leader's span, and of each other document the best that gives the same answer."""
    spans = {leader.span.passage.doc_id: leader.span}
    for claim in claims:
        doc_id = claim.span.passage.doc_id
        if (
            doc_id not in spans
            and compatible(leader.value, claim.value)
            and speaks_to(question, claim)
        ):
            spans[doc_id] = claim.span
    return Side(tuple(spans.values()))


def _apart(found: Sequence[Side]) -> tuple[Side, ...]:
    """The sides, with each document on the first of its own: who tells both does not differ."""
    placed: set[str] = set()
    apart = []
    for side in found:
        if spans := tuple(span for span in side.spans if span.passage.doc_id not in placed):
            apart.append(Side(spans))
        placed |= side.doc_ids
    return tuple(apart)


def _differ(question: str, a: Claim, b: Claim) -> bool:
    """Whether both answer the question about the same thing, and cannot both be true."""
    if isinstance(a.value, Words) and not (is_name(a.span.text) and is_name(b.span.text)):
        return False  # two descriptions hardly ever exclude each other
    return (
        comparable(a.value, b.value)
        and not compatible(a.value, b.value)
        and not (tells(a, b.value) or tells(b, a.value))
        and speaks_to(question, a)
        and speaks_to(question, b)
        and one_thing(question, a, b)
    )


def independent(documents: Sequence[Document]) -> int:
    """How many of `documents` are independent: the most of which no two share where they are from.

    Two share it if they have an entry of `sources` in common, or are near-duplicates.

    >>> report = Document("a", "", "Robots danced at the expo in 2018.")
    >>> copy = Document("b", "", "Today: Robots danced at the expo in 2018.")
    >>> independent([report, copy, Document("c", "", "In 2018 there was a dance of robots.")])
    2
    """
    related = {
        (a.id, b.id) for a in documents for b in documents if a.id != b.id and _related(a, b)
    }
    return _most(sorted(document.id for document in documents), related)


def _most(doc_ids: list[str], related: set[tuple[str, str]]) -> int:
    """The size of the largest set without a pair that is related (exact: there are few)."""
    if not doc_ids:
        return 0
    first, *rest = doc_ids
    apart = [other for other in rest if (first, other) not in related]
    if len(apart) == len(rest):
        return 1 + _most(rest, related)
    return max(1 + _most(apart, related), _most(rest, related))


def _related(a: Document, b: Document) -> bool:
    shared = {_entry(source) for source in a.sources} & {_entry(source) for source in b.sources}
    return bool(shared) or _copies(*sorted((a.text, b.text)))


def _entry(source: Source) -> tuple[str, str, str | None]:
    return source.title, source.publisher, source.date


@lru_cache(maxsize=1024)
def _copies(a: str, b: str) -> bool:
    from rapidfuzz.distance import Indel

    share: float = Indel.normalized_similarity(a.split(), b.split(), score_cutoff=_COPY)
    return share >= _COPY
