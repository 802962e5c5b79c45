"""The JSON contract: one shape for an answer on every surface (`qa/answer.schema.json`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from qa.types import Answer, Candidate, Hit

VERSION = 1


def answer_to_dict(answer: Answer) -> dict[str, Any]:
    """The answer as plain values, ready for `json.dumps`.

    >>> from qa.types import Answer
    >>> answer_to_dict(Answer("Who?", "Who?", None, 0.0, reason="nothing near"))["answer"] is None
    True
    """
    return {
        "version": VERSION,
        "question": answer.question,
        "resolved_question": answer.resolved_question,
        "answer": answer.text,
        "confidence": answer.confidence,
        "reason": answer.reason,
        "signal": answer.signal,
        "rejected": answer.rejected and candidate_to_dict(answer.rejected),
        "conflict": answer.conflict,
        "agreement": answer.agreement,
        "citations": [asdict(citation) for citation in answer.citations],
        "alternatives": [candidate_to_dict(candidate) for candidate in answer.alternatives],
        "hits": [hit_to_dict(hit) for hit in answer.hits],
    }


def candidate_to_dict(candidate: Candidate) -> dict[str, Any]:
    """Another answer, or one that did not convince, as plain values."""
    return {
        "answer": candidate.text,
        "confidence": candidate.confidence,
        "citations": [asdict(citation) for citation in candidate.citations],
    }


def hit_to_dict(hit: Hit) -> dict[str, Any]:
    """A retrieved passage as plain values; a rank is None beyond the retriever's depth."""
    passage = hit.passage
    return {
        "doc_id": passage.doc_id,
        "title": passage.title,
        "start": passage.start,
        "end": passage.end,
        "text": passage.text,
        "score": hit.score,
        "ranks": dict(hit.ranks),
        "scores": dict(hit.scores),
    }


def differ(texts: Sequence[str]) -> str:
    """That sources contradict each other, in figures or otherwise.

    >>> differ(["58.7%", "54.6 percent"])
    'Sources give different figures.'
    """
    figures = all(any(map(str.isdigit, text)) for text in texts)
    return f"Sources give different {'figures' if figures else 'answers'}."
