"""The nouns. Every offset is a half-open range of Unicode code points into `Document.text`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from qa.text import indexed_text

Retriever = Literal["lexical", "dense"]
Fusion = Literal["standard-score", "min-max", "reciprocal-rank"]
# Why there is no answer: no passage is on the topic; some are, but no span convinces; two readings
# of the question or two spans are so close that neither can be preferred.
Signal = Literal["off-topic", "no-convincing-span", "readings-too-close"]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a document's facts come from.

    `date` is as printed; None where nothing is printed, and `date_note` then says what is known.

    >>> Source("City report", "unknown", date_note="undated, after August 2022").date is None
    True
    """

    title: str
    publisher: str = "unknown"
    date: str | None = None
    date_note: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One article. `text` is what its file holds (see docs/concepts.md) and is never altered.

    `id` is the file's POSIX path below the source folder, or the `id` of its JSON line.
    `body_start` is where the text begins after front matter. `page_starts` are the offsets at
    which pages begin, empty where the format has none. `source_sha256` is the SHA-256 of the
    file's bytes, None for a document that never was a file.

    >>> Document("a.txt", "A", "Robots danced.").text[0:6]
    'Robots'
    """

    id: str
    title: str
    text: str
    url: str | None = None
    date: str | None = None
    sources: tuple[Source, ...] = ()
    page_starts: tuple[int, ...] = ()
    source_sha256: str | None = None
    body_start: int = 0


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one document: `document.text[start:end] == text`.

    `heading` is the path of headings above it, joined by " > ", empty where there are none;
    `title` is the document's.

    >>> Passage("a.txt", "", 0, 14, "Robots danced.").id
    'a.txt#0-14'
    """

    doc_id: str
    heading: str
    start: int
    end: int
    text: str
    title: str = ""

    @property
    def id(self) -> str:
        """`doc_id#start-end`: unique in an index, and enough to find the words again."""
        return f"{self.doc_id}#{self.start}-{self.end}"

    @property
    def indexed_text(self) -> str:
        """What retrievers see of it: title, heading and text, a line each.

        >>> Passage("a.txt", "", 0, 14, "Robots danced.", "Expo").indexed_text
        'Expo\\nRobots danced.'
        """
        return indexed_text(self.title, self.heading, self.text)


@dataclass(frozen=True, slots=True)
class Hit:
    """A retrieved passage with what each retriever thought of it.

    `score` is the fused score, in [0, 1]. `ranks` are 1-based, None where the retriever did not
    bring the passage up within its depth; `scores` are raw (BM25, cosine) and always there.
    """

    passage: Passage
    score: float
    ranks: Mapping[Retriever, int | None]
    scores: Mapping[Retriever, float]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch that a reader points at: `document.text[start:end] == text`.

    `score` is comparable across passages; what it means is the reader's to say.
    """

    passage: Passage
    start: int
    end: int
    text: str
    score: float


@dataclass(frozen=True, slots=True)
class Citation:
    """Where the words stand. All offsets are into the text of document `doc_id`.

    `quote` (`start`..`end`) is the enclosing sentence or sentences, and contains `answer`
    (`answer_start`..`answer_end`). `page` is 1-based, None where the format has no pages.
    `text_sha256` is of the document's text in UTF-8, `source_sha256` of its file's bytes.
    """

    doc_id: str
    title: str
    url: str | None
    date: str | None
    page: int | None
    start: int
    end: int
    quote: str
    answer: str
    answer_start: int
    answer_end: int
    text_sha256: str
    source_sha256: str | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """Another answer, with citations of its own."""

    text: str
    confidence: float
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the articles say, in their own words; or that they do not say.

    `text` is None exactly where there are no citations; `reason` then says why in a sentence,
    `signal` for programs, and `rejected` is the best span that did not convince, None where there
    was none. `confidence` is in [0, 1]. `resolved_question` is what was looked up: the question,
    with what it refers back to put in. `agreement` counts the independent documents that give this
    answer; `conflict` is whether others give a different one, which is then in `alternatives`.
    `hits` are the passages that were retrieved, best first.

    >>> Answer("Who?", "Who?", None, 0.0, reason="no passage matches").citations
    ()
    """

    question: str
    resolved_question: str
    text: str | None
    confidence: float
    reason: str | None = None
    signal: Signal | None = None
    rejected: Candidate | None = None
    conflict: bool = False
    agreement: int = 0
    citations: tuple[Citation, ...] = ()
    alternatives: tuple[Candidate, ...] = ()
    hits: tuple[Hit, ...] = ()

    def __post_init__(self) -> None:
        if (self.text is None) != (not self.citations):
            raise ValueError("an answer has citations exactly when it has a text")


@dataclass(frozen=True, slots=True)
class Settings:
    """How an index is built. Stored in its manifest; opening with others is refused.

    `encoder`: a name or a folder. `passage_tokens`: the budget of a passage in the encoder's
    own tokens. `overlap_sentences`: how many sentences two neighbouring passages share.
    `keep_chrome`: keep the lines that web pages repeat (cookie notices and the like).

    >>> Settings(passage_tokens=80).overlap_sentences
    1
    """

    encoder: str = "all-MiniLM-L6-v2"
    analyser: str = "english-1"
    passage_tokens: int = 120
    overlap_sentences: int = 1
    keep_chrome: bool = False

    def __post_init__(self) -> None:
        if self.passage_tokens < 16:
            raise ValueError(f"passage_tokens must be at least 16, not {self.passage_tokens}")
        if self.overlap_sentences < 0:
            raise ValueError(f"overlap_sentences must not be negative: {self.overlap_sentences}")


@dataclass(frozen=True, slots=True)
class Policy:
    """How to ask. Unlike `Settings` it can differ from one opening of an index to the next.

    `fusion`: how scores are made comparable before they are added up: "standard-score" (in
    standard deviations from the candidates' mean), "min-max", or "reciprocal-rank" (ranks only).
    `weights`: the share of each retriever, adding up to 1. `depth`: how many candidates each
    retriever puts up. `passages`: how many fused hits are read. `threshold`: the confidence
    below which nothing is answered; None takes the reader's own.

    >>> Policy(weights={"lexical": 0.3, "dense": 0.7}).fusion
    'standard-score'
    """

    fusion: Fusion = "standard-score"
    weights: Mapping[Retriever, float] = field(
        default_factory=lambda: {"lexical": 0.3, "dense": 0.7}
    )
    depth: int = 100
    passages: int = 10
    reader: str = "span"
    threshold: float | None = None

    def __post_init__(self) -> None:
        if self.fusion not in get_args(Fusion):
            raise ValueError(f"unknown fusion {self.fusion!r}")
        shares = self.weights.values()
        if set(self.weights) != {"lexical", "dense"} or not all(0 <= w <= 1 for w in shares):
            raise ValueError(f"weights need 'lexical' and 'dense', from 0 to 1: {self.weights}")
        if abs(sum(shares) - 1) > 1e-9:
            raise ValueError(f"weights must add up to 1: {dict(self.weights)}")
        if self.depth < 1 or self.passages < 1:
            raise ValueError("depth and passages must be at least 1")
        if self.threshold is not None and not 0 <= self.threshold <= 1:
            raise ValueError(f"threshold must be from 0 to 1, not {self.threshold}")
