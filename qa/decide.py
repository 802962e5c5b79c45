"""From spans to an answer with its citations, or to an honest "the articles do not say"."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace

from qa.agreement import Side, independent, sides
from qa.layout import units
from qa.silence import Confidence, silence
from qa.text import sha256, terms
from qa.types import Answer, Candidate, Citation, Document, Hit, Span
from qa.values import Words, compatible, value

# Other answers that are shown: so many, and none that is less likely than this.
_ALTERNATIVES, _LIKELY = 3, 0.05
# Of the documents that agree, so many are cited.
_CITED = 5


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
    the reader's, of the first of some spans. All documents that give the answer are cited, and what
    agrees counts as one answer. Where others give a different one, the other sides are the
    alternatives, each with the confidence it would have if the documents on the others had not
    spoken. The answer's is that in all sides together, or the highest of a single one.
    """
    found = sides(resolved_question, spans, lambda span: confidence([span]), threshold)
    alone = [_shared([side], _unopposed(side, found, spans), confidence) for side in found]
    sure = max(alone, default=0.0)
    if len(found) > 1:
        sure = max(sure, _shared(found, spans, confidence))
        if sure < threshold:
            found, sure = found[:1], _shared(found[:1], spans, confidence)
            alone = [sure]
    if not found or sure < threshold:
        signal, reason = silence(resolved_question, hits, spans, sure, confidence, threshold)
        rejected = _candidate(found[0], sure, documents) if found else None
        return Answer(
            *(question, resolved_question, None, sure, reason, signal, rejected), hits=tuple(hits)
        )
    answer, *others = (
        _candidate(side, likely, documents) for side, likely in zip(found, alone, strict=True)
    )
    return Answer(
        question,
        resolved_question,
        answer.text,
        sure,
        conflict=bool(others),
        agreement=independent([documents[doc_id] for doc_id in found[0].doc_ids]),
        citations=answer.citations,
        alternatives=tuple(others)
        or _alternatives(spans, found[0].spans, documents, confidence, 1 - sure),
        hits=tuple(hits),
    )


def _shared(shown: Sequence[Side], spans: Sequence[Span], confidence: Confidence) -> float:
    """The confidence that one of the sides shown is right: as if what they say were one answer."""
    best = shown[0].spans[0]
    texts = {span.text for side in shown for span in side.spans if _same(span, side.spans[0])}
    others = (
        replace(span, text=best.text) if span.text in texts else span
        for span in spans
        if span != best
    )
    return confidence([best, *others])


def _unopposed(side: Side, found: Sequence[Side], spans: Sequence[Span]) -> list[Span]:
    """The spans without those of the documents on other sides."""
    silent = frozenset[str]().union(*(other.doc_ids for other in found if other != side))
    return [span for span in spans if span.passage.doc_id not in silent]


def _candidate(side: Side, sure: float, documents: Mapping[str, Document]) -> Candidate:
    cited = [cite(span, documents[span.passage.doc_id]) for span in side.spans[:_CITED]]
    return Candidate(cited[0].answer, sure, tuple(cited))


def _alternatives(
    spans: Sequence[Span],
    shown: Sequence[Span],
    documents: Mapping[str, Document],
    confidence: Confidence,
    left: float,
) -> tuple[Candidate, ...]:
    """The next answers that are not `shown` yet, each against all others, the best one included."""
    found: list[Candidate] = []
    given = list(shown)
    for number, span in enumerate(spans):
        if len(found) == _ALTERNATIVES:
            break
        if any(_same(span, other) for other in given):
            continue
        likely = min(confidence([span, *spans[:number], *spans[number + 1 :]]), left)
        if likely < _LIKELY:
            break
        given.append(span)
        found.append(_candidate(Side((span,)), likely, documents))
    return tuple(found)


def _same(a: Span, b: Span) -> bool:
    """Whether two spans are one answer. A part of a phrase may be another one: "Li of Tencent"."""
    if terms(a.text) == terms(b.text):
        return True
    one, other = value(a.text), value(b.text)
    return not isinstance(one, Words) and compatible(one, other)


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
