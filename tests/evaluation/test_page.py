"""The page: everything on it, all of it escaped, and nothing from elsewhere."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace

import pytest

from qa.evaluation.compare import compare
from qa.evaluation.outcome import Outcome
from qa.evaluation.page import report_page
from qa.evaluation.page.markup import escape, marked
from qa.evaluation.report import Report
from qa.evaluation.runner import evaluate
from qa.evaluation.thresholds import Miss, Threshold
from tests.evaluation.pages import HOSTILE, Reading, hostile_report
from tests.evaluation.planted import (
    DOCUMENTS,
    QUESTIONS,
    KnowingReader,
    UnsureReader,
    WrongReader,
    make,
)

GOOD = evaluate(make(), QUESTIONS)
WRONG = evaluate(make(reader=WrongReader()), QUESTIONS)
UNSURE = evaluate(make(reader=UnsureReader()), QUESTIONS)


# A sentence before the answers says one of them too, but it is not what they are tied to.
MOVED = [replace(d, text=f"Bus 530 was late. {d.text}") for d in DOCUMENTS]
PLACES = [
    replace(
        question, gold=tuple(replace(p, start=p.start + 18, end=p.end + 18) for p in question.gold)
    )
    for question in QUESTIONS
]
LATER = evaluate(make(MOVED, reader=KnowingReader(("530 projects", "Ada Chen"))), PLACES)


BEFORE = ["530", "Ada Chen", "no answer"]
SAID = [f"{before} → {o.answer.text}" for before, o in zip(BEFORE, WRONG.outcomes, strict=True)]


@pytest.mark.parametrize("report", [GOOD, WRONG, UNSURE])
def test_every_question_is_there_once_and_the_same_report_gives_the_same_page(
    report: Report,
) -> None:
    page = report_page(report)
    assert page == report_page(replace(report))
    read = Reading(page)
    questions = [o.question.question for o in report.outcomes]
    assert read.texts("span", "asked") == questions
    assert len(read.texts("details", "question")) == len(questions)
    ids = [attributes["id"] for _, attributes, _ in read.elements if "id" in attributes]
    assert len(ids) == len(set(ids))


def test_hostile_text_in_every_field_stays_text() -> None:
    misses = [Miss(Threshold("right", 1.0, HOSTILE), None)]
    now = hostile_report()
    before = Report(tuple(replace(o, right=not o.right) for o in now.outcomes))
    harmless = report_page(WRONG)
    attacked = report_page(now, HOSTILE, misses=misses, comparison=compare(before, now))
    read = Reading(attacked)
    assert {tag for tag, _, _ in read.elements} <= {
        *(tag for tag, _, _ in Reading(harmless).elements),
        *("ul", "li", "i", "div", "p"),
    }
    assert len(read.texts("script")) == 1
    assert not {"img", "iframe", "object", "base", "link"} & {tag for tag, _, _ in read.elements}
    for _, attributes, _ in read.elements:
        assert not [name for name in attributes if name.startswith("on")]
        assert "style" not in attributes
    assert read.texts("h1") == [HOSTILE]
    assert all(HOSTILE in text for text in read.texts("span", "asked"))
    assert len(read.texts("span", "asked")) == 2 * len(now.outcomes)
    assert all(HOSTILE in text for text in read.texts("blockquote"))


@pytest.mark.parametrize("report", [WRONG, hostile_report()])
def test_nothing_is_fetched_from_anywhere(report: Report) -> None:
    page = report_page(report)
    for _, attributes, _ in Reading(page).elements:
        assert not {"src", "srcset", "action", "formaction", "data", "poster"} & set(attributes)
        assert (attributes.get("href") or "#").startswith("#")
    style, script = Reading(page).texts("style")[0], Reading(page).texts("script")[0]
    assert not re.search(r"//\w|url\(|@import|@font-face", style)
    assert not re.search(r"https?:|fetch|import|XMLHttp|WebSocket|innerHTML|eval", script)


def test_the_policy_allows_the_style_and_the_script_there_are_and_nothing_else() -> None:
    read = Reading(report_page(hostile_report()))
    [policy] = [
        a["content"] or "" for t, a, _ in read.elements if t == "meta" and "http-equiv" in a
    ]
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    for name, tag in (("style-src", "style"), ("script-src", "script")):
        digest = hashlib.sha256(read.texts(tag)[0].encode()).digest()
        assert rules.pop(name) == f"'sha256-{base64.b64encode(digest).decode()}'"
    assert rules == {"default-src": "'none'", "base-uri": "'none'", "form-action": "'none'"}


@pytest.mark.parametrize("report", [GOOD, WRONG, LATER])
def test_what_is_highlighted_in_a_quote_and_a_passage_is_the_answer(report: Report) -> None:
    for outcome in report.outcomes:
        if not outcome.answered:
            continue
        page = report_page(Report((outcome,)))
        cited = [citation.answer for citation in outcome.answer.citations]
        quotes = re.findall(r"<blockquote.*?</blockquote>", page, re.DOTALL)
        assert [Reading(quote).texts("mark") for quote in quotes] == [[words] for words in cited]
        joined = re.sub(r'</mark><mark class="[a-z ]*">', "", page)  # where marks overlap
        assert set(Reading(joined).texts("mark", "given")[1:]) == set(cited)  # after the legend's


def test_the_expected_answer_is_underlined_where_it_stands() -> None:
    read = Reading(report_page(Report(WRONG.outcomes[:1])))
    assert set(read.texts("mark", "gold")[1:]) == {"530"}
    later = report_page(Report(LATER.outcomes[:1]))
    assert re.search(r'signed <mark class="[a-z ]*gold">530</mark>', later)
    assert "Bus 530 was" in later
    untied = replace(WRONG.outcomes[0], question=replace(WRONG.outcomes[0].question, gold=()))
    assert set(Reading(report_page(Report((untied,)))).texts("mark", "gold")[1:]) == {"530"}
    [held] = {text for text in read.texts("b", "holds")}
    assert held == "holds the answer"


def test_numbers_are_counted_in_words_and_missed_thresholds_named() -> None:
    page = report_page(WRONG)
    right, count = WRONG.overall.right, len(WRONG.outcomes)
    assert f"{right} of {count} questions answered rightly" in page
    assert "threshold" not in Reading(page).texts("h1")[0]
    assert "Every threshold is reached." in report_page(WRONG, misses=[])
    missed = report_page(WRONG, misses=[Miss(Threshold("right", 1.0), 0.5)])
    assert "right is 0.5000, at least 1.0000 is needed" in missed
    for text in ("No question failed.", "no answer"):
        assert text in report_page(GOOD)


def test_what_changed_since_the_baseline_can_be_chosen_and_shows_what_was_said_before() -> None:
    assert "Since the baseline" not in report_page(WRONG)
    read = Reading(report_page(WRONG, comparison=compare(GOOD, WRONG)))
    asked = [question.question for question in QUESTIONS]
    listed = "".join(f"{q}{said}" for q, said in zip(asked, SAID, strict=True))
    assert read.texts("ul", "changes") == [listed]
    states = [a["data-state"] or "" for _, a, _ in read.elements if "data-state" in a]
    assert [state.split()[-1] for state in states] == ["newly-wrong"] * 3
    assert "newly wrong (3)" in read.texts("option")
    facts = [text for tag, _, texts in read.elements if tag in ("dt", "dd") for text in texts[:1]]
    assert [facts[n + 1] for n, fact in enumerate(facts) if fact == "Before"] == BEFORE
    (link,) = [a for t, a, _ in read.elements if t == "a" and a.get("data-field") == "state"]
    assert link["data-value"] == "newly-wrong"
    (told,) = [text for text in read.texts("p") if "both runs" in text]
    assert told.endswith("asked: 3 newly wrong. No significant drop (McNemar’s p = 0.250).")
    same = Reading(report_page(GOOD, comparison=compare(GOOD, GOOD)))
    assert any("the same answers to all" in text for text in same.texts("p"))


def test_documents_are_listed_that_lose_most_first() -> None:
    read = Reading(report_page(Report((WRONG.outcomes[0], *GOOD.outcomes[1:]))))
    (table,) = read.texts("table", "documents")
    assert table == "documentrightshareexpo.md0 of 1run-lijia.md1 of 1"


def test_the_words_of_passages_are_shown_where_they_explain_something() -> None:
    for report, whole in ((GOOD, False), (WRONG, True)):
        shown = Reading(report_page(report)).texts("p", "text")
        read = {hit.passage.text for outcome in report.outcomes for hit in outcome.answer.hits}
        assert (set(shown) == read) is whole
        for outcome in report.outcomes:
            assert all(citation.quote in shown for citation in outcome.answer.citations)


def test_an_interval_that_says_nothing_is_not_shown() -> None:
    read = Reading(report_page(GOOD))
    assert [text for text in read.texts("small") if "100–100" in text] == []
    assert "95% interval)" not in read.texts("p", "hero")[0]


def test_a_question_without_anything_to_show_is_shown() -> None:
    outcome = UNSURE.outcomes[0]
    bare = replace(outcome, answer=replace(outcome.answer, hits=()), best=None, seconds={})
    assert "No passage was read." in report_page(Report((bare,)))


@pytest.mark.parametrize(
    ("stretches", "expected"),
    [
        ([], "a&#60;c"),
        ([(-5, 1, "x")], '<mark class="x">a</mark>&#60;c'),
        ([(2, 99, "x")], 'a&#60;<mark class="x">c</mark>'),
        ([(2, 1, "x"), (7, 9, "x")], "a&#60;c"),
    ],
)
def test_offsets_that_cannot_be_are_cut_off(
    stretches: Sequence[tuple[int, int, str]], expected: str
) -> None:
    assert marked("a<c", stretches) == expected


def test_what_a_page_cannot_hold_is_replaced() -> None:
    assert escape("a\x00b\ud800c\x1bd\r\n\te") == "a\ufffdb\ufffdc\ufffdd&#13;\n\te"
    report_page(Report((poisoned_with("\ud800\x00", WRONG.outcomes[0]),))).encode()


def poisoned_with(text: str, outcome: Outcome) -> Outcome:
    return replace(outcome, question=replace(outcome.question, id=text, question=text, kind=text))
