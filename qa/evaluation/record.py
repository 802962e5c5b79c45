"""An outcome as plain values: all that a page, a comparison or a test runner shows of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from math import isfinite
from typing import Any

from qa.contract import ContractError, answer_from_dict
from qa.evaluation.blame import cause, explain
from qa.evaluation.files import as_object, member
from qa.evaluation.outcome import ORDERS, Outcome
from qa.evaluation.questions import parse_question
from qa.present import VERSION, answer_to_dict
from qa.types import Answer, Passage, Span

_OF_ANSWER = ["answer", *(field.name for field in fields(Answer) if field.name != "text")]
_METRICS = ("exact_match", "f1", "right", "answer_in_quote", "citation_correct")


def outcome_to_dict(outcome: Outcome) -> dict[str, object]:
    """Everything but the time, for JSON (the shape is in eval/README.md).

    The keys of the question file and of the answer's JSON contract keep their names and meaning;
    "passages" are those that were read, unless `brief` left them out.
    """
    answer = answer_to_dict(outcome.answer)
    passages = answer.pop("hits")
    del answer["version"], answer["question"]
    best = outcome.best
    return {
        **outcome.question.to_dict(),
        **answer,
        "best_span": None
        if best is None
        else {
            "doc_id": best.passage.doc_id,
            "start": best.start,
            "end": best.end,
            "text": best.text,
            "score": best.score,
        },
        "best_span_right": outcome.best_right,
        "cause": cause(outcome),
        "explanation": explain(outcome),
        "stale": outcome.stale,
        "citation_fault": outcome.citation_fault,
        "metrics": {name: getattr(outcome, name) for name in _METRICS},
        "citations_shown": outcome.citations,
        "citations_verbatim": outcome.verbatim,
        "ranks": {order: outcome.ranks[order] for order in ORDERS},
        "passages_with_answer": outcome.passages_with_answer,
        "documents_with_answer": outcome.documents_with_answer,
        "passages_read": outcome.read,
        "passages": passages,
    }


def brief(outcome: Outcome) -> Outcome:
    """The outcome without what a later comparison has no use for, which is most of it."""
    answer = replace(outcome.answer, hits=(), alternatives=(), rejected=None)
    question = replace(outcome.question, gold=())
    return replace(outcome, question=question, answer=answer, seconds={})


def outcome_from_dict(record: Mapping[str, object], seconds: Mapping[str, object]) -> Outcome:
    """The outcome that was written as `record`; `seconds` of each stage by question id.

    Cause and explanation are worked out again. Raises `ValueError` for a key that is missing or of
    another type.
    """
    question = parse_question(record)
    metrics = _object(record, "metrics")
    ranks = _object(record, "ranks")
    stages = as_object(seconds.get(question.id, {}))
    return Outcome(
        question=question,
        answer=_answer(record),
        best=None if record.get("best_span") is None else _best(_object(record, "best_span")),
        best_right=_value(record, "best_span_right", bool),
        exact_match=_value(metrics, "exact_match", float),
        f1=_value(metrics, "f1", float),
        right=_value(metrics, "right", bool),
        answer_in_quote=_value(metrics, "answer_in_quote", bool),
        citation_correct=_value(metrics, "citation_correct", bool),
        citation_fault=_value(record, "citation_fault", str | None),
        citations=_value(record, "citations_shown", int),
        verbatim=_value(record, "citations_verbatim", int),
        ranks={order: _value(ranks, order, int | None) for order in ORDERS},
        passages_with_answer=_value(record, "passages_with_answer", int),
        documents_with_answer=_value(record, "documents_with_answer", int),
        read=_value(record, "passages_read", int),
        stale=_value(record, "stale", str | None),
        seconds={stage: _value(stages, stage, float) for stage in stages},
    )


def _answer(record: Mapping[str, object]) -> Answer:
    """The answer, as the JSON contract has it but for the name of its passages."""
    answer = {name: record[name] for name in _OF_ANSWER if name in record}
    hits = member(record, "passages", list)
    try:
        return answer_from_dict({**answer, "version": VERSION, "hits": hits})
    except ContractError as error:
        raise ValueError(str(error)) from error


def _best(record: Mapping[str, object]) -> Span:
    """The span; of its passage only these words are known."""
    doc_id, text = (member(record, name, str) for name in ("doc_id", "text"))
    start, end = (member(record, name, int) for name in ("start", "end"))
    passage = Passage(doc_id=doc_id, heading="", start=start, end=end, text=text)
    return Span(passage, start, end, text, _value(record, "score", float))


def _value(record: Mapping[str, object], key: str, expected: Any) -> Any:
    """`record[key]` if it is of the type; a whole number will do for a float."""
    if key not in record:
        raise ValueError(f"{key!r} is missing")
    value = record[key]
    if expected is float and type(value) is int:
        return float(value)
    # A JSON `true` is an int to Python.
    fits = isinstance(value, expected) and (expected is bool or not isinstance(value, bool))
    if not fits or (isinstance(value, float) and not isfinite(value)):
        raise ValueError(f"{key!r} must not be {value!r:.40}")
    return value


def _object(record: Mapping[str, object], key: str) -> dict[str, object]:
    if key not in record:
        raise ValueError(f"{key!r} is missing")
    return as_object(record[key])
