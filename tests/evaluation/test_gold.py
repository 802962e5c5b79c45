"""Ties between questions and texts: when they hold, when they are stale, and how they are made."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.evaluation.gold import Stamped, check, staleness, stamp, stamped_lines
from qa.evaluation.metrics import contains_answer, find_answer, stands_at
from qa.evaluation.places import Place
from qa.evaluation.questions import Question, load_questions
from qa.text import sha256
from qa.types import Document
from tests.texts import articles

TEXT = "The first Expo signed 501 major projects. The second signed 530."
EXPO = Question("q1", "How many?", ("501 major projects", "501"), ("expo.md", "notes.md"))
NONE = Question("q2", "Who paid?", (), (), "unanswerable")


def held(**texts: str) -> dict[str, Document]:
    return {f"{name}.md": Document(f"{name}.md", name, text) for name, text in texts.items()}


DOCUMENTS = held(expo=TEXT, notes="Five hundred and one (501) in all; 501 again.")


def tied(question: Question = EXPO) -> Question:
    return stamp([question], DOCUMENTS).questions[0]


def test_the_first_place_of_the_first_wording_in_each_document_is_tied() -> None:
    stamped = stamp([EXPO, NONE], DOCUMENTS)
    expo, notes = stamped.questions[0].gold
    assert expo == Place("501 major projects", "expo.md", 22, 40, sha256(TEXT))
    assert TEXT[expo.start : expo.end] == "501 major projects"
    assert (notes.answer, notes.doc_id, notes.start, notes.end) == ("501", "notes.md", 22, 25)
    assert stamped.questions[1] == NONE
    assert stamped.missing == ()


def test_front_matter_is_not_tied() -> None:
    text = "---\ntitle: 501 projects\n---\nThere were 501."
    document = Document("expo.md", "Expo", text, body_start=text.index("There"))
    (place,) = stamp([EXPO], {"expo.md": document}).questions[0].gold
    assert place.start == text.rindex("501")


def test_nothing_is_guessed_and_what_is_missing_is_listed() -> None:
    documents = held(expo="It signed 5010 projects.")
    stamped = stamp([EXPO], documents)
    assert stamped == Stamped((EXPO,), (("q1", "expo.md"), ("q1", "notes.md")))


def test_a_question_without_places_is_untied() -> None:
    assert check(EXPO, DOCUMENTS) == "untied"
    assert check(EXPO, {}) == "untied"
    assert staleness(EXPO, {}) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (TEXT, None),
        (TEXT + " It rained.", None),
        (TEXT.replace("first", "FIRST"), None),
        (TEXT.replace("501 major projects", "501 Major Projects"), None),
        (TEXT.replace("501", "510"), "'expo.md' was edited and no longer says '501 major proj"),
        (TEXT.replace("501 major", "1501 major"), "'expo.md' was edited and no longer says"),
        (TEXT.replace("projects", "projectsites"), "'expo.md' was edited and no longer says"),
        ("So: " + TEXT, "'expo.md' was edited and says '501 major projects' elsewhere now"),
        (TEXT[:30], "'expo.md' was edited and no longer says"),
        ("", "'expo.md' was edited and no longer says"),
    ],
)
def test_a_question_is_stale_where_the_words_no_longer_stand(
    text: str, expected: str | None
) -> None:
    question = tied()
    documents = {**DOCUMENTS, **held(expo=text)}
    assert check(question, documents) == ("ok" if expected is None else "stale")
    assert (staleness(question, documents) or "").startswith(expected or "")


def test_a_question_is_stale_where_the_document_is_gone() -> None:
    documents = held(expo=TEXT)
    assert check(tied(), documents) == "stale"
    assert staleness(tied(), documents) == "The index does not hold 'notes.md' any more."


def test_a_place_that_never_held_the_answer_is_told_from_an_edit() -> None:
    place = replace(tied().gold[0], start=0, end=9)
    question = replace(EXPO, gold=(place,))
    assert check(question, DOCUMENTS) == "stale"
    assert "never stood at 0 to 9 of 'expo.md'" in str(staleness(question, DOCUMENTS))


def test_stamping_again_mends_what_moved_keeps_what_stands_and_drops_nothing() -> None:
    once = tied()
    assert stamp([once], DOCUMENTS).questions == (once,)
    moved = {**DOCUMENTS, **held(expo="So: " + TEXT)}
    (again,) = stamp([once], moved).questions
    assert check(again, moved) == "ok"
    assert [place.start for place in again.gold] == [26, 22]
    # A second place, set by hand, is as good as the first.
    second = replace(once.gold[1], start=35, end=38)
    by_hand = replace(once, gold=(once.gold[0], second))
    assert stamp([by_hand], DOCUMENTS).questions == (by_hand,)
    # An edit that leaves the words in place is noted.
    longer = {**DOCUMENTS, **held(expo=TEXT + " It rained.")}
    (noted,) = stamp([once], longer).questions
    assert noted.gold[0] == replace(once.gold[0], text_sha256=sha256(longer["expo.md"].text))
    # What is stale for good stays so.
    emptied = {**DOCUMENTS, **held(expo="Nothing was signed.")}
    stamped = stamp([once], emptied)
    assert stamped.missing == (("q1", "expo.md"),)
    assert check(stamped.questions[0], emptied) == "stale"


def test_lines_get_their_ties_and_keep_all_else(tmp_path: Path) -> None:
    lines = [
        '{"note":"mine", "id": "q1", "question": "How many?", "answers": ["501"], '
        '"doc_ids": ["expo.md"]}',
        '{"id":   "q2", "question": "Who paid? 谁", "answers": []}',
    ]
    path = tmp_path / "q.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    stamped = stamp(load_questions(path), DOCUMENTS).questions
    written = list(stamped_lines(path, stamped))
    assert written[1] == lines[1]
    first = json.loads(written[0])
    assert list(first) == ["note", "id", "question", "answers", "doc_ids", "gold"]
    path.write_text("\n".join(written), encoding="utf-8")
    assert load_questions(path) == list(stamped)


@given(articles, st.data())
def test_what_stands_in_a_text_is_found_there_and_nothing_else(
    text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text)))
    answer = text[start : start + data.draw(st.integers(0, 20))]
    place = find_answer(answer, text)
    assert (place is not None) == contains_answer([answer], text)
    if place is not None:
        assert contains_answer([answer], text[slice(*place)])
        assert stands_at(answer, text, *place)
        assert find_answer(answer, text, place[0]) == place


@given(articles, st.data())
def test_a_stamped_question_is_never_stale(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    answer = text[start : start + data.draw(st.integers(0, 20))]
    documents = held(a=text)
    question = Question("q", "What?", (answer,), ("a.md",))
    stamped = stamp([question], documents)
    assert bool(stamped.missing) != bool(stamped.questions[0].gold)
    assert check(stamped.questions[0], documents) != "stale"
