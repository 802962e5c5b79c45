"""Is this passage in the articles: word for word, nearly so, or not at all?

A passage is found only where nothing that means something differs. Where a figure is another one,
or where the words found are the end of a longer number, that is a difference, never a match.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from typing import Any, Literal

import numpy as np

from qa.decide import cite
from qa.errors import InputError
from qa.index import Index
from qa.nearest import Difference, Nearest, nearest
from qa.normalised import Normalised, Stretch
from qa.occurrences import is_whole, occurrences
from qa.text import has_half_character, terms
from qa.types import Citation, Document, Passage, Span

Match = Literal["exact", "normalised", "nearest", "absent"]

VERSION = 1
MAX_QUOTE = 20_000
# Places are counted up to the first number and given up to the second.
COUNTED, GIVEN = 1_000, 20
# The nearest stretch is looked for in so many of the passages that share most words; it counts
# where it is at least so similar. Others hardly less similar are given too, so many in all.
_CANDIDATES, _NEAR, _HARDLY, _NEAREST = 20, 0.5, 0.1, 3
_PARAGRAPH = 4_000


@dataclass(frozen=True, slots=True)
class Place:
    """Where a passage stands, or the nearest there is to it.

    `citation.answer` are the article's own words, `citation.quote` the sentences around them.
    `similarity` (see `qa.nearest.Nearest`) is 1 where `differences` is empty.
    """

    match: Match
    citation: Citation
    similarity: float = 1.0
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class QuoteCheck:
    """What was found of a passage. `match` is the best of all places:

    - "exact": it stands there word for word
    - "normalised": but for white space, quotation marks, dashes, case, compatibility characters
      and the commas within numbers
    - "nearest": it does not stand there; `places` are what comes nearest, with the differences
    - "absent": nothing comes near; `places` is empty

    `count` is how often it stands there, exactly or normalised, counted up to 1,000 places; the
    first 20 are given, exact ones first.
    """

    quote: str
    match: Match
    places: tuple[Place, ...] = ()
    count: int = 0

    @property
    def found(self) -> bool:
        """Whether the passage stands in an article."""
        return self.match in ("exact", "normalised")

    @property
    def different_figures(self) -> tuple[Difference, ...]:
        """The figures that are others in the place that comes nearest."""
        if self.found or not self.places:
            return ()
        return tuple(one for one in self.places[0].differences if one.figures)


class QuoteFinder:
    """Looks passages up in the documents of one index, which it brings to one spelling once.

    `qa.Bot.verify_quote` uses one; it has an example.
    """

    def __init__(self, index: Index) -> None:
        self.index = index
        self._normalised: dict[str, Normalised] = {}

    def verify(self, quote: str, doc_id: str | None = None) -> QuoteCheck:
        """What is found of `quote` in all documents, or in that one.

        Raises InputError for a quote without a letter or digit or of more than 20,000 characters,
        and for a document that is not there.
        """
        check_quote(quote)
        sought = quote.strip()
        documents: Sequence[Document] = list(self.index.documents.values())
        if doc_id is not None:
            if doc_id not in self.index.documents:
                raise InputError(
                    f"there is no document {doc_id!r}",
                    hint="name one by its id: the file's path below the folder of the articles",
                )
            documents = [self.index.documents[doc_id]]
        found = list(islice(self._standing(sought, documents), COUNTED))
        if found:
            places = tuple(
                Place(match, cite_stretch(document, *stretch))
                for match, document, stretch in found[:GIVEN]
            )
            return QuoteCheck(quote, found[0][0], places, len(found))
        near = self._nearest(sought, None if doc_id is None else documents[0])
        return QuoteCheck(quote, "nearest" if near else "absent", tuple(near))

    def _standing(
        self, quote: str, documents: Sequence[Document]
    ) -> Iterator[tuple[Match, Document, Stretch]]:
        """Where it stands word for word, then where it does but for its spelling."""
        for document in documents:
            for stretch in occurrences(document.text, quote):
                yield "exact", document, stretch
        for document in documents:
            for start, end in self._spelled_out(document).find(quote):
                if document.text[start:end] != quote and is_whole(document.text, start, end):
                    yield "normalised", document, (start, end)

    def _spelled_out(self, document: Document) -> Normalised:
        found = self._normalised.get(document.id)
        if found is None:
            found = self._normalised[document.id] = Normalised.of(document.text)
        return found

    def _nearest(self, quote: str, document: Document | None) -> list[Place]:
        if document is not None:
            found = [(document, nearest(document.text, quote))]
        else:
            found = [self._nearest_to(passage, quote) for passage in self._candidates(quote)]
        near = {
            (document.id, one.start): (document, one)
            for document, one in found
            if one is not None and one.similarity >= _NEAR
        }
        ordered = sorted(near.values(), key=lambda pair: (-pair[1].similarity, pair[0].id))
        return [
            Place(
                "nearest",
                cite_stretch(document, one.start, one.end),
                one.similarity,
                one.differences,
            )
            for document, one in ordered[:_NEAREST]
            if one.similarity > ordered[0][1].similarity - _HARDLY
        ]

    def _candidates(self, quote: str) -> list[Passage]:
        """The passages that share most with the quote, as BM25 counts it; few for a long one."""
        scores = self.index.lexical.score(terms(quote))
        count = min(_CANDIDATES, max(3, MAX_QUOTE // len(quote)))
        best = np.lexsort((np.arange(len(scores)), -scores))[:count]
        return [self.index.passages[row] for row in best if scores[row] > 0]

    def _nearest_to(self, passage: Passage, quote: str) -> tuple[Document, Nearest | None]:
        document = self.index.documents[passage.doc_id]
        reach = len(quote) + 100
        start, end = max(0, passage.start - reach), passage.end + reach
        return document, nearest(document.text, quote, start, min(end, len(document.text)))


def check_quote(quote: str) -> None:
    """Raise InputError unless `quote` is text to look for, of at most 20,000 characters."""
    hint = "pass the words as they were quoted"
    if not isinstance(quote, str):
        raise InputError(f"a quote is text, not {type(quote).__name__}", hint=hint)
    if not any(character.isalnum() for character in quote):
        raise InputError("the quote has no letter and no digit", hint=hint)
    if has_half_character(quote):
        raise InputError(
            "the quote holds half a character (a lone surrogate)", hint="check how it was decoded"
        )
    if len(quote) > MAX_QUOTE:
        raise InputError(
            f"the quote has {len(quote):,} characters, at most {MAX_QUOTE:,} are looked for",
            hint="look for one passage at a time",
        )


def cite_stretch(document: Document, start: int, end: int) -> Citation:
    """The citation of any stretch of a document, with the sentences of its paragraph."""
    text = document.text
    above = text.rfind("\n\n", max(0, start - _PARAGRAPH), start)
    below = text.find("\n\n", end, end + _PARAGRAPH)
    first = above + 2 if above >= 0 else max(0, start - _PARAGRAPH)
    last = below if below >= 0 else min(len(text), end + _PARAGRAPH)
    passage = Passage(document.id, "", first, last, text[first:last], document.title)
    return cite(Span(passage, start, end, text[start:end], 0.0), document)


def quote_check_to_dict(check: QuoteCheck) -> dict[str, Any]:
    """The finding as plain values, ready for `json.dumps`."""
    return {
        "version": VERSION,
        "quote": check.quote,
        "match": check.match,
        "count": check.count,
        "places": [asdict(place) for place in check.places],
    }
