"""JUnit XML: read back by a parser, with as many cases and failures as the report has."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.evaluation.blame import cause
from qa.evaluation.junit import junit_xml
from qa.evaluation.outcome import Outcome
from qa.evaluation.report import Report
from qa.evaluation.runner import evaluate
from tests.evaluation.planted import DOCUMENTS, QUESTIONS, UnsureReader, WrongReader, make

GOOD = evaluate(make(), QUESTIONS)
WRONG = evaluate(make(reader=WrongReader()), QUESTIONS)
UNSURE = evaluate(make(reader=UnsureReader()), QUESTIONS)
EDITED = [replace(d, text=d.text.replace("530", "531")) for d in DOCUMENTS]
STALE = evaluate(make(EDITED), QUESTIONS)


@pytest.mark.parametrize("report", [GOOD, WRONG, UNSURE, STALE])
def test_counts_are_those_of_the_report_and_of_the_cases(report: Report) -> None:
    root = ET.fromstring(junit_xml(report))
    [suite] = root.findall("testsuite")
    cases, failures = suite.findall("testcase"), suite.findall("testcase/failure")
    failed = [outcome for outcome in report.outcomes if outcome.failed]
    assert len(cases) == len(report.outcomes)
    assert len(failures) == len(failed)
    for element in (root, suite):
        assert element.get("tests") == str(len(cases))
        assert element.get("failures") == str(len(failures))
    for case, outcome in zip(cases, report.outcomes, strict=True):
        assert case.get("classname") == outcome.question.kind
        assert case.get("name") == f"{outcome.question.id}: {outcome.question.question}"
        took = sum(outcome.seconds.values())
        assert float(case.get("time", "")) == pytest.approx(took, abs=1e-6)
        assert (case.find("failure") is not None) == outcome.failed


def test_a_failure_has_its_cause_what_was_expected_and_what_was_given() -> None:
    failure = ET.fromstring(junit_xml(WRONG)).find("testsuite/testcase/failure")
    assert failure is not None
    outcome = WRONG.outcomes[0]
    assert failure.get("type") == cause(outcome) == "wrong-span"
    assert "holds the answer" in failure.get("message", "")
    assert "expected: 530\n" in (failure.text or "")
    assert f"given: {outcome.answer.text}\n" in (failure.text or "")
    silent = ET.fromstring(junit_xml(UNSURE)).find("testsuite/testcase/failure")
    assert silent is not None
    assert "given: nothing (" in (silent.text or "")


def test_a_stale_question_fails_as_stale_or_passes_with_a_note() -> None:
    failure = ET.fromstring(junit_xml(STALE)).find("testsuite/testcase/failure")
    assert failure is not None
    assert failure.get("type") == "stale"
    assert "was edited" in failure.get("message", "")
    right = replace(GOOD.outcomes[0], stale="The article was edited.")
    case = ET.fromstring(junit_xml(Report((right,)))).find("testsuite/testcase")
    assert case is not None
    assert case.find("failure") is None
    assert "was edited" in case.findtext("system-out", "")


def test_properties_are_the_overall_metrics() -> None:
    found = {
        p.get("name"): p.get("value") for p in ET.fromstring(junit_xml(WRONG)).iter("property")
    }
    overall = WRONG.overall
    assert found["questions"] == str(overall.questions)
    assert found["right_questions"] == str(overall.right)
    for name, value in overall.metrics.items():
        assert (name in found) == (value is not None)
        assert value is None or float(found[name] or "") == pytest.approx(value, abs=1e-6)
    interval = overall.intervals["right"]
    assert interval is not None
    assert (float(found["right.low"] or ""), float(found["right.high"] or "")) == interval


def test_the_same_report_gives_the_same_text() -> None:
    assert junit_xml(WRONG) == junit_xml(replace(WRONG))
    assert junit_xml(WRONG).startswith("<?xml version='1.0' encoding='UTF-8'?>")


@given(st.text(st.characters(exclude_categories=()), min_size=1))
def test_any_text_in_any_field_gives_xml_that_can_be_read(text: str) -> None:
    outcome = hostile(WRONG.outcomes[0], text)
    xml = junit_xml(Report((outcome,)))
    case = ET.fromstring(xml.encode()).find("testsuite/testcase")  # also as bytes: no surrogates
    assert case is not None
    assert len(case) == 1


def hostile(outcome: Outcome, text: str) -> Outcome:
    """The outcome with `text` wherever questions and documents put theirs."""
    question = replace(
        outcome.question, id=text, question=text, kind=text, answers=(text,), doc_ids=(text,)
    )
    citations = tuple(
        replace(citation, quote=text, doc_id=text) for citation in outcome.answer.citations
    )
    answer = replace(outcome.answer, text=text, reason=text, citations=citations)
    return replace(outcome, question=question, answer=answer, stale=text)
