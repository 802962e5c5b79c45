"""Known questions from feedback: nothing is guessed, and nothing is dropped without a word."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import qa
from qa.errors import InputError
from qa.evaluation.feedback_entries import Entry, FeedbackPlace, corpus_sha256
from qa.evaluation.from_feedback import FromFeedback, from_feedback
from qa.evaluation.gold import check
from qa.evaluation.questions import load_questions
from qa.surfaces.cli import main
from qa.surfaces.web.feedback import Feedback
from qa.text import sha256
from qa.types import Document
from tests.fakes import WordEncoder
from tests.readers import OverlapReader

TEXT = "The 2019 expo signed 530 projects. Robots danced. In 2018 it was 501 projects."
DOCUMENTS = {"expo.md": Document("expo.md", "Expo", TEXT)}
ASKED = "How many projects were signed in 2019?"


def place(words: str, *, marked: bool = False, doc_id: str = "expo.md") -> FeedbackPlace:
    text = DOCUMENTS["expo.md"].text
    start = text.index(words)
    return FeedbackPlace(marked, doc_id, start, start + len(words), words, sha256(text))


def entry(question: str = ASKED, answer: str | None = "530", **said: object) -> Entry:
    places = () if answer is None else (place(answer),)
    made = Entry(
        at="2026-11-22T09:30:00Z",
        collection_id="mine",
        asked=question,
        question=question,
        answer=answer,
        confidence=0.9,
        verdict="right",
        absent=False,
        corpus_sha256=corpus_sha256(DOCUMENTS),
        places=places,
    )
    return replace(made, **said)  # type: ignore[arg-type]


def marking(words: str, answer: str | None = "501", question: str = ASKED) -> Entry:
    wrong = entry(question, answer, verdict="wrong")
    return replace(wrong, places=(*wrong.places, place(words, marked=True)))


def made(*entries: Entry, documents: dict[str, Document] = DOCUMENTS) -> FromFeedback:
    return from_feedback(entries, documents)


def test_an_answer_that_was_called_right_is_gold() -> None:
    found = made(entry())
    (question,) = found.questions
    assert (question.question, question.answers, question.doc_ids) == (
        ASKED,
        ("530",),
        ("expo.md",),
    )
    assert (question.kind, question.split) == ("fact", "feedback")
    assert (question.gold[0].start, question.gold[0].end) == (21, 24)
    assert check(question, DOCUMENTS) == "ok"
    assert (found.entries, found.merged, found.unsaid) == (1, 0, 0)


def test_words_that_were_pointed_at_are_gold() -> None:
    (question,) = made(marking("530 projects")).questions
    assert question.answers == ("530 projects",)


@pytest.mark.parametrize(
    "said",
    [
        entry(answer="501", verdict="wrong", absent=True),
        entry(answer=None),
    ],
)
def test_what_the_articles_do_not_say_is_unanswerable(said: Entry) -> None:
    (question,) = made(said).questions
    assert (question.answers, question.kind, question.gold) == ((), "unanswerable", ())


def test_a_thumb_down_alone_is_counted_and_makes_nothing() -> None:
    found = made(entry(verdict="wrong"), entry("Who?", answer=None, verdict="wrong"))
    assert (found.questions, found.unsaid, found.entries) == ((), 2, 2)
    assert found.contradicting == ()


def test_the_same_said_twice_is_merged() -> None:
    found = made(
        entry(), entry(f"  {ASKED.upper().rstrip('?')} "), marking("530 projects"), entry()
    )
    (question,) = found.questions
    assert question.question == ASKED
    assert question.answers == ("530", "530 projects")
    assert found.merged == 3


@pytest.mark.parametrize(
    ("entries", "words"),
    [
        ([entry(), entry(answer="501")], "'530', and right is '501'"),
        ([entry(), marking("501", answer="530")], "'530', and right is '501'"),
        ([entry(), entry(verdict="wrong", absent=True)], "'530', and right is silence"),
        ([entry(), entry(answer=None)], "silence"),
        ([entry(), entry(verdict="wrong")], "Some call '530' right, others call it wrong"),
        ([entry(verdict="wrong"), entry()], "Some call '530' right, others call it wrong"),
        ([entry(answer=None), entry(answer=None, verdict="wrong")], "Some call silence right"),
    ],
)
def test_contradictions_are_listed_and_left_out(entries: list[Entry], words: str) -> None:
    found = made(*entries, entry("Who danced?", "Robots"))
    assert [question.question for question in found.questions] == ["Who danced?"]
    assert [one.question for one in found.contradicting] == [ASKED]
    assert words in found.contradicting[0].reason


def test_a_wrong_answer_beside_the_right_one_is_no_contradiction() -> None:
    found = made(entry(), entry(answer="501", verdict="wrong"), marking("530"))
    assert len(found.questions) == 1
    assert found.contradicting == ()


def test_articles_that_changed_are_told_and_never_guessed_at() -> None:
    edited = {"expo.md": replace(DOCUMENTS["expo.md"], text=TEXT + " More.")}
    found = made(entry(), entry("Who danced?", None), documents=edited)
    assert found.questions == ()
    assert "'expo.md' was edited" in found.changed[0].reason
    assert "Articles were added" in found.changed[1].reason
    assert "does not hold 'expo.md'" in made(entry(), documents={}).changed[0].reason
    more = {**DOCUMENTS, "park.md": Document("park.md", "Park", "Drones.")}
    assert len(made(entry(), documents=more).questions) == 1
    renamed = {"expo.md": replace(DOCUMENTS["expo.md"], title="Another")}
    assert len(made(entry(answer=None), documents=renamed).questions) == 1


def test_half_a_word_is_no_gold() -> None:
    found = made(marking("30 proj"))
    assert found.questions == ()
    assert "cuts a word" in found.unusable[0].reason


def test_collections_are_not_mixed() -> None:
    both = [entry(), entry("Who?", None, collection_id="other")]
    with pytest.raises(InputError, match="2 collections: mine, other"):
        from_feedback(both, DOCUMENTS)
    assert len(from_feedback(both, DOCUMENTS, collection_id="mine").questions) == 1
    with pytest.raises(InputError, match="no feedback on the collection 'third'"):
        from_feedback(both, DOCUMENTS, collection_id="third")
    assert from_feedback([], DOCUMENTS).questions == ()


def test_the_command_writes_questions_that_can_be_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bot = qa.build(
        list(DOCUMENTS.values()),
        tmp_path / "index",
        encoder=WordEncoder(),
        reader=OverlapReader(),
    )
    feedback = Feedback(tmp_path / "feedback.sqlite")
    answer = bot.ask("How many projects did the 2019 expo sign?")
    feedback.record(
        collection_id="mine",
        answer=answer,
        verdict="wrong",
        documents=bot.documents,
        marked=("expo.md", 21, 24),
    )
    out = tmp_path / "mine.jsonl"
    arguments = ["eval", "from-feedback", str(feedback.path), "--index", str(tmp_path / "index")]
    assert main([*arguments, "--out", str(out)]) == 0
    assert "entries: 1; questions: 1; merged: 0; only called wrong: 0" in capsys.readouterr().err
    (question,) = load_questions(out)
    assert question.answers == ("530",)
    assert check(question, bot.documents) == "ok"
    out.unlink()
    Path(str(feedback.path)).unlink()
    assert main([*arguments, "--out", str(out)]) == 2
    Feedback(feedback.path).record(
        collection_id="mine", answer=answer, verdict="wrong", documents=bot.documents
    )
    assert main([*arguments, "--out", str(out)]) == 2
    assert "no entry makes a known question" in capsys.readouterr().err
    assert not out.exists()
