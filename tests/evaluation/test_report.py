"""The report: what it sums up, the same for the same outcomes, written and read back."""

from __future__ import annotations

import gzip
import json
import math
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from qa.errors import InputError
from qa.evaluation.blame import cause
from qa.evaluation.command import report_json
from qa.evaluation.compare import compare
from qa.evaluation.gate import baseline_json
from qa.evaluation.questions import Question
from qa.evaluation.report import Report, load_report
from qa.evaluation.runner import evaluate
from qa.evaluation.summary import METRICS, Summary
from tests.evaluation.planted import (
    QUESTIONS,
    UnsureReader,
    WrongReader,
    make,
    shuffled,
    without_terms,
)

SHUFFLED = evaluate(make(damage=shuffled), QUESTIONS)
WRONG = evaluate(make(reader=WrongReader()), QUESTIONS)


def test_the_same_outcomes_give_the_same_bytes_but_for_the_timing() -> None:
    again = evaluate(make(damage=shuffled), QUESTIONS)
    records = [json.loads(report_json(report)) for report in (SHUFFLED, again)]
    assert records[0].pop("timing") != records[1].pop("timing")
    first, second = (json.dumps(record, ensure_ascii=False) for record in records)
    assert first == second


@pytest.mark.parametrize("report", [SHUFFLED, WRONG, evaluate(make(), QUESTIONS)])
@pytest.mark.parametrize("name", ["report.json", "report.json.gz"])
def test_a_written_report_is_read_back(report: Report, name: str, tmp_path: Path) -> None:
    written = replace(report, run={"policy": {"depth": 3}})
    text = report_json(written)
    path = tmp_path / name
    path.write_bytes(gzip.compress(text.encode()) if name.endswith(".gz") else text.encode())
    read = load_report(path)
    assert report_json(read) == text
    assert read.run == written.run
    assert [cause(o) for o in read.outcomes] == [cause(o) for o in report.outcomes]
    assert [o.question for o in read.outcomes] == list(QUESTIONS)
    assert [o.answer.citations for o in read.outcomes] == [
        o.answer.citations for o in report.outcomes
    ]


@pytest.mark.parametrize("report", [SHUFFLED, WRONG, evaluate(make(), QUESTIONS)])
def test_a_saved_baseline_is_small_and_compares_as_the_whole_report_does(
    report: Report, tmp_path: Path
) -> None:
    path = tmp_path / "baseline.json"
    path.write_text(baseline_json(report), encoding="utf-8")
    saved = load_report(path)
    assert baseline_json(saved) == path.read_text(encoding="utf-8")
    assert path.read_text(encoding="utf-8").count("\n") == len(report.outcomes) + 2
    assert '"hits"' not in path.read_text(encoding="utf-8")
    assert [cause(o) for o in saved.outcomes] == [cause(o) for o in report.outcomes]
    assert saved.overall == report.overall
    for later in (SHUFFLED, WRONG):
        assert compare(saved, later).to_dict() == compare(report, later).to_dict()


def test_a_report_without_timing_is_read_too() -> None:
    report = Report.from_dict(json.loads(json.dumps(SHUFFLED.to_dict())))
    assert report.to_dict() == SHUFFLED.to_dict()
    assert report.latency == {}
    assert report.timing()["stages"] == {}


def changed(**changes: object) -> str:
    return json.dumps({**json.loads(report_json(SHUFFLED)), **changes})


def outcome_changed(**changes: object) -> str:
    outcomes = json.loads(report_json(SHUFFLED))["outcomes"]
    return changed(outcomes=[outcomes[0], {**outcomes[1], **changes}])


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "not valid JSON"),
        ("[]", "not a JSON object"),
        ("{}", "not a report of an evaluation"),
        ('{"version": 2, "outcomes": []}', "not a report of an evaluation"),
        (changed(version=1), "a report of version 1, not 2"),
        (changed(version=None), "a report of version None, not 2"),
        (changed(outcomes=[]), "a report without outcomes"),
        (changed(outcomes={}), "'outcomes' must be a list"),
        (changed(outcomes=[1]), "outcome 1: not a JSON object"),
        (changed(run=3), "not a JSON object"),
        (changed(timing=[]), "not a JSON object"),
        (outcome_changed(question=" "), "outcome 2: 'question' is blank"),
        (outcome_changed(confidence="high"), "outcome 2: confidence must be a number, not 'high'"),
        (outcome_changed(confidence=True), "outcome 2: confidence must be a number, not true"),
        (outcome_changed(confidence=math.nan), "outcome 2: confidence is out of range: nan"),
        (outcome_changed(id="deals"), "outcome 2: the id 'deals' is used twice"),
        (outcome_changed(stale=False), "outcome 2: 'stale' must not be False"),
        (outcome_changed(metrics={}), "outcome 2: 'exact_match' is missing"),
        (outcome_changed(metrics=None), "outcome 2: not a JSON object"),
        (outcome_changed(ranks={"fused": "1"}), "outcome 2: 'fused' must not be '1'"),
        (outcome_changed(passages=[{}]), "outcome 2: hits[0].doc_id is missing"),
        (outcome_changed(citations=[{}]), "outcome 2: citations[0].doc_id is missing"),
        (outcome_changed(citations=[], answer="x"), "outcome 2: citations must not be empty"),
        (outcome_changed(best_span={"doc_id": "a"}), "outcome 2: 'text' is missing"),
    ],
)
def test_a_file_that_is_no_report_is_refused(tmp_path: Path, content: str, reason: str) -> None:
    path = tmp_path / "report.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=r"report\.json: ") as caught:
        load_report(path)
    assert reason in str(caught.value)
    assert caught.value.hint


def test_an_outcome_holds_all_that_is_shown_of_it() -> None:
    outcomes: list[Any] = SHUFFLED.to_dict()["outcomes"]  # type: ignore[assignment]
    record = outcomes[1]
    assert record["id"] == "lijia"
    assert record["gold"][0]["start"] == 16
    assert record["answer"] == "530"
    assert record["citations"][0]["quote"] == "The Chongqing expo signed 530 projects."
    assert record["cause"] == "missed-by-dense"
    assert record["explanation"].startswith("1 passage holds the answer")
    assert record["ranks"] == {"fused": 4, "lexical": 1, "dense": None}
    assert record["metrics"]["right"] is False
    assert record["best_span"]["text"] == "530"
    assert len(record["passages"]) == 2
    assert set(record["passages"][0]) >= {"doc_id", "title", "start", "end", "text"}
    assert set(record["passages"][0]["ranks"]) == {"lexical", "dense"}


def test_every_question_is_in_the_causes_once_or_did_not_fail() -> None:
    assert {name: [o.question.id for o in found] for name, found in WRONG.causes.items()} == {
        "wrong-span": ["deals", "lijia"],
        "answered-unanswerable": ["cost"],
    }
    listed: Any = WRONG.to_dict()["causes"]
    assert [entry["questions"] for entry in listed] == [2, 1]
    assert listed[0]["ids"] == ["deals", "lijia"]
    assert listed[0]["meaning"] == "wrong span"
    assert sum(entry["share"] for entry in listed) == pytest.approx(1.0)


def test_a_question_counts_for_each_of_its_documents() -> None:
    deals, lijia, cost = QUESTIONS
    both = replace(deals, id="both", doc_ids=("expo.md", "tea.md"))
    report = evaluate(make(), [deals, lijia, cost, both])
    assert {doc_id: summary.questions for doc_id, summary in report.documents.items()} == {
        "expo.md": 2,
        "run-lijia.md": 1,
        "tea.md": 1,
    }
    assert all(not summary.intervals for summary in report.documents.values())
    assert report.answerable.questions == 3
    assert report.kinds["unanswerable"].metrics["abstention_recall"] == 1.0


def test_recall_is_that_of_each_retriever_and_of_their_fusion() -> None:
    metrics = evaluate(make(damage=without_terms), QUESTIONS).overall.metrics
    assert metrics["lexical_recall_at_20"] == 0.0
    assert metrics["dense_recall_at_1"] == 0.5
    assert metrics["recall_at_20"] == 0.5
    healthy = evaluate(make(), QUESTIONS).overall.metrics
    assert (healthy["lexical_recall_at_1"], healthy["lexical_recall_at_5"]) == (0.5, 1.0)
    assert healthy["lexical_reciprocal_rank_at_10"] == 0.75
    assert healthy["recall_at_1"] == 1.0


def test_every_metric_lies_in_its_interval_and_what_is_not_measured_has_none() -> None:
    questions = [replace(q, id=f"{q.id}{n}") for n in range(9) for q in QUESTIONS]
    report = evaluate(make(damage=shuffled), questions)
    summary = report.overall
    assert set(summary.intervals) == set(METRICS)
    for name, value in summary.metrics.items():
        interval = summary.intervals[name]
        assert (interval is None) == (value is None), name
        if interval is not None and value is not None:
            assert 0 <= interval[0] <= value <= interval[1] <= 1, name
    assert report.kinds["unanswerable"].intervals["recall_at_1"] is None
    assert Summary.of([]).metrics == dict.fromkeys(METRICS)


def test_stages_are_timed() -> None:
    assert list(WRONG.latency) == ["all", "encoding", "retrieving", "reading", "deciding"]
    for latency in WRONG.latency.values():
        assert 0 < latency.median <= latency.p95 <= latency.slowest
    questions: Any = WRONG.timing()["questions"]
    assert set(questions) == {"deals", "lijia", "cost"}
    assert set(questions["cost"]) == {"encoding", "retrieving", "reading", "deciding"}


def test_a_report_of_250_questions_takes_less_than_two_seconds() -> None:
    kinds = ("fact", "number", "date", "person", "place", "paraphrase", "mine", "yours")
    outcomes = evaluate(make(reader=UnsureReader()), QUESTIONS).outcomes
    many = [
        replace(outcome, question=replace(outcome.question, id=f"{n}", kind=kinds[n % 8]))
        for n, outcome in enumerate(outcomes * 84)
    ][:250]
    began = time.process_time()
    assert len(report_json(Report(tuple(many)))) > 250_000
    assert time.process_time() - began < 2


def test_a_question_of_the_readers_own_kind_and_id_is_kept_as_it_is() -> None:
    question = Question("<b>1</b>", "Who runs Lijia?", ("Ada Chen",), ("run-lijia.md",), "[red]")
    report = evaluate(make(), [question])
    assert list(report.kinds) == ["[red]"]
    assert Report.from_dict(report.to_dict()).outcomes[0].question == question
