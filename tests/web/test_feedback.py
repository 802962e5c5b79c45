"""Feedback is kept whole, from many threads, and never on words that do not stand there."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest

import qa
from qa.errors import InputError
from qa.evaluation.feedback_entries import read_entries
from qa.surfaces.web.feedback import Feedback
from qa.types import Answer, Document
from tests.fakes import WordEncoder
from tests.readers import OverlapReader
from tests.web.fakes import HOSTILE

DOCUMENT = Document("expo.md", "Expo", "The 2019 expo signed 530 projects. Robots danced.")
SILENCE = Answer("Who?", "Who?", None, 0.1, reason="nothing is sure enough")


@pytest.fixture(scope="module")
def bot() -> qa.Bot:
    return qa.build([DOCUMENT], encoder=WordEncoder(), reader=OverlapReader())


@pytest.fixture
def answer(bot: qa.Bot) -> Answer:
    found = bot.ask("How many projects did the 2019 expo sign?")
    assert found.text is not None
    return found


@pytest.fixture
def feedback(tmp_path: Path) -> Feedback:
    return Feedback(tmp_path / "data" / "feedback.sqlite")


def record(feedback: Feedback, answer: Answer, bot: qa.Bot, **said: object) -> None:
    options = {"collection_id": "mine", "verdict": "right", "documents": bot.documents, **said}
    feedback.record(answer=answer, **options)  # type: ignore[arg-type]


def test_what_was_said_comes_back(feedback: Feedback, answer: Answer, bot: qa.Bot) -> None:
    assert feedback.path is not None
    record(feedback, answer, bot)
    record(feedback, answer, bot, verdict="wrong", marked=("expo.md", 35, 41))
    record(feedback, answer, bot, verdict="wrong", absent=True)
    record(feedback, replace(SILENCE, question=HOSTILE), bot, collection_id=HOSTILE)
    right, marked, absent, silent = read_entries(feedback.path)
    assert (right.verdict, right.answer, right.absent) == ("right", answer.text, False)
    assert [(p.marked, p.words) for p in right.places] == [(False, answer.text)]
    assert [(p.marked, p.words) for p in marked.places][1] == (True, "Robots")
    assert (absent.verdict, absent.absent) == ("wrong", True)
    assert (silent.asked, silent.question, silent.answer) == (HOSTILE, "Who?", None)
    assert silent.collection_id == HOSTILE
    assert len({e.corpus_sha256 for e in (right, marked, absent, silent)}) == 1


def test_a_later_word_on_the_same_turn_takes_the_place_of_the_first(
    feedback: Feedback, answer: Answer, bot: qa.Bot
) -> None:
    assert feedback.path is not None
    record(feedback, answer, bot, turn="one")
    record(feedback, answer, bot, turn="two")
    record(feedback, answer, bot, turn="one", verdict="wrong", marked=("expo.md", 35, 41))
    assert [e.verdict for e in read_entries(feedback.path)] == ["right", "wrong"]
    with sqlite3.connect(feedback.path) as database:
        assert database.execute("SELECT count(*) FROM place").fetchone() == (3,)


@pytest.mark.parametrize(
    "said",
    [
        {"verdict": "so-so"},
        {"marked": ("expo.md", 0, 3)},
        {"absent": True},
        {"verdict": "wrong", "absent": True, "marked": ("expo.md", 0, 3)},
        {"verdict": "wrong", "marked": ("../expo.md", 0, 3)},
        {"verdict": "wrong", "marked": ("expo.md", 3, 3)},
        {"verdict": "wrong", "marked": ("expo.md", -3, 3)},
        {"verdict": "wrong", "marked": ("expo.md", 0, 3_000)},
        {"verdict": "wrong", "marked": ("expo.md", 3, 4)},
        {"documents": {}},
        {"documents": {"expo.md": replace(DOCUMENT, text=f"{DOCUMENT.text} And more.")}},
        {"documents": {"expo.md": replace(DOCUMENT, text=f"So {DOCUMENT.text}")}},
    ],
)
def test_what_does_not_stand_there_is_not_kept(
    feedback: Feedback, answer: Answer, bot: qa.Bot, said: dict[str, object]
) -> None:
    with pytest.raises(InputError) as error:
        record(feedback, answer, bot, **said)
    assert error.value.hint
    assert feedback.path is not None
    assert not feedback.path.exists()


def test_silence_is_not_called_absent(feedback: Feedback, bot: qa.Bot) -> None:
    with pytest.raises(InputError, match="was the answer"):
        record(feedback, SILENCE, bot, verdict="wrong", absent=True)


def test_nothing_is_kept_where_it_is_off(tmp_path: Path, answer: Answer, bot: qa.Bot) -> None:
    off = Feedback(None)
    assert not off.enabled
    record(off, answer, bot)
    assert list(tmp_path.iterdir()) == []


def test_many_threads_at_once(feedback: Feedback, answer: Answer, bot: qa.Bot) -> None:
    failed: list[Exception] = []

    def say(name: str) -> None:
        own = Feedback(feedback.path)
        try:
            for number in range(10):
                record(own, answer, bot, turn=f"{name}-{number % 5}")
        except Exception as error:
            failed.append(error)

    threads = [Thread(target=say, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failed == []
    assert feedback.path is not None
    assert len(read_entries(feedback.path)) == 20


@pytest.mark.parametrize("content", [b"", b"no database at all, but text" * 100])
def test_a_file_that_is_none_is_told(
    tmp_path: Path, answer: Answer, bot: qa.Bot, content: bytes
) -> None:
    path = tmp_path / "feedback.sqlite"
    path.write_bytes(content)
    if not content:
        assert read_entries(path) == []
        record(Feedback(path), answer, bot)
        assert len(read_entries(path)) == 1
        return
    for attempt in (lambda: read_entries(path), lambda: record(Feedback(path), answer, bot)):
        with pytest.raises(InputError, match=r"feedback\.sqlite"):
            attempt()
    assert path.read_bytes() == content


def test_feedback_of_a_later_version_is_left_alone(
    tmp_path: Path, answer: Answer, bot: qa.Bot
) -> None:
    path = tmp_path / "feedback.sqlite"
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE entry (something_else TEXT)")
        database.execute("PRAGMA user_version = 7")
    for attempt in (lambda: read_entries(path), lambda: record(Feedback(path), answer, bot)):
        with pytest.raises(InputError, match="version 7"):
            attempt()


def test_a_place_that_cannot_hold_it_is_told(tmp_path: Path, answer: Answer, bot: qa.Bot) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="cannot be kept") as error:
        record(Feedback(tmp_path / "file" / "feedback.sqlite"), answer, bot)
    assert "QA_FEEDBACK=off" in error.value.hint
    with pytest.raises(InputError, match="no feedback"):
        read_entries(tmp_path / "none.sqlite")
