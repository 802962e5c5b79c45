"""From spans to an answer with its citation, or to an honest "the articles do not say"."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from math import floor

from qa.layout import units
from qa.text import sha256, terms
from qa.types import Answer, Candidate, Citation, Document, Hit, Span

# Other answers that are shown: so many, and none that is less likely than this.
_ALTERNATIVES, _LIKELY = 3, 0.05

Confidence = Callable[[Sequence[Span]], float]


def decide(
    question: str,
    resolved_question: str,
    hits: Sequence[Hit],
    spans: Sequence[Span],
    documents: Mapping[str, Document],
    confidence: Confidence,
    threshold: float,
) -> Answer:
    """Answer with the best span if the confidence in it reaches `threshold`, else say why not.

    `spans` come best first. The answer is the best span's text and nothing else; `confidence` is
    the reader's, of the first of some spans.
    """
    if not spans:
        reason = "No passage of the articles has anything to do with this question."
        return Answer(question, resolved_question, None, 0.0, reason, "off-topic", hits=tuple(hits))
    citation = cite(spans[0], documents[spans[0].passage.doc_id])
    sure = confidence(spans)
    if sure < threshold:
        reason = (
            f"The nearest passage reaches a confidence of {_below(sure)}, "
            f"and answers start at {threshold:.0%}."
        )
        return Answer(
            question,
            resolved_question,
            None,
            sure,
            reason,
            "no-convincing-span",
            Candidate(citation.answer, sure, (citation,)),
            hits=tuple(hits),
        )
    return Answer(
        question,
        resolved_question,
        citation.answer,
        sure,
        agreement=1,
        citations=(citation,),
        alternatives=_alternatives(spans, documents, confidence, 1 - sure),
        hits=tuple(hits),
    )


def _alternatives(
    spans: Sequence[Span],
    documents: Mapping[str, Document],
    confidence: Confidence,
    left: float,
) -> tuple[Candidate, ...]:
    """The next answers in other words, as likely as what the best one leaves allows."""
    found: list[Candidate] = []
    given = [terms(spans[0].text)]
    for number, span in enumerate(spans):
        if len(found) == _ALTERNATIVES:
            break
        if terms(span.text) in given:
            continue
        likely = min(confidence(spans[number:]), left)
        if likely < _LIKELY:
            break
        given.append(terms(span.text))
        citation = cite(span, documents[span.passage.doc_id])
        found.append(Candidate(citation.answer, likely, (citation,)))
    return tuple(found)


def _below(confidence: float) -> str:
    """Whole percent, rounded down: what fell short must not read as if it had not."""
    return f"{floor(confidence * 100)}%"


def cite(span: Span, document: Document) -> Citation:
    """The citation of `span`: the sentences of its passage that hold it, and where they stand."""
    start, end = _enclosing(span)
    return Citation(
        doc_id=document.id,
        title=document.title,
        url=document.url,
        date=document.date,
        page=bisect_right(document.page_starts, span.start) or None,
        start=start,
        end=end,
        quote=document.text[start:end],
        answer=document.text[span.start : span.end],
        answer_start=span.start,
        answer_end=span.end,
        text_sha256=sha256(document.text),
        source_sha256=document.source_sha256,
    )


def _enclosing(span: Span) -> tuple[int, int]:
    """Document offsets of the sentences that the span touches."""
    offset = span.passage.start
    start, end = span.start, span.end
    for unit in units(span.passage.text):
        first, last = offset + unit.start, offset + unit.end
        if first < span.end and span.start < last:
            start, end = min(start, first), max(end, last)
    return start, end
