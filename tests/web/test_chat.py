"""The chat without a browser: what deeds ask, that few ask at a time, what feedback keeps."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import cast

import pytest

from qa import Bot
from qa.answerer import Trace
from qa.answerer import Turn as History
from qa.errors import InputError, QAError
from qa.surfaces.web.chat import Chat
from qa.surfaces.web.collections import Collections
from qa.surfaces.web.deed import Deed
from qa.surfaces.web.feedback import Feedback
from qa.surfaces.web.gate import Gate
from qa.surfaces.web.talk import Asked, Talk
from qa.types import Answer
from tests.web.fakes import SIGNING, TWO_ANSWERS, FakeBot, fake_bot


class SlowBot(FakeBot):
    """Answers when it is told to, and says when it has begun."""

    def __init__(self) -> None:
        known = fake_bot()
        super().__init__([*known.documents.values()], known.answers)
        self.begun, self.go = Event(), Event()

    def trace(self, question: str, history: Sequence[History] = ()) -> Trace:
        self.begun.set()
        assert self.go.wait(20)
        return super().trace(question, history)


def chat_of(bot: FakeBot, feedback: Path | None = None, gate: Gate | None = None) -> Chat:
    collections = Collections(None, bundled=cast(Bot, bot))
    return Chat(collections, feedback=Feedback(feedback), examples=(SIGNING,), gate=gate)


def asked(chat: Chat, *questions: str) -> Talk:
    talk = Talk("bundled")
    for question in questions:
        talk = chat.answer(talk, Asked(question, "bundled"))
    return talk


def test_too_many_at_a_time_are_told_so_at_once() -> None:
    bot = SlowBot()
    chat = chat_of(bot, gate=Gate(at_once=1, waiting=0))
    with ThreadPoolExecutor() as pool:
        first = pool.submit(asked, chat, SIGNING)
        assert bot.begun.wait(20)
        turned_away = asked(chat, SIGNING).turns[0].outcome
        bot.go.set()
        answered = first.result(20).turns[0].outcome
    assert isinstance(turned_away, QAError)
    assert "many people" in str(turned_away)
    assert "Ask again" in turned_away.hint
    assert isinstance(answered, Answer)
    assert isinstance(asked(chat, SIGNING).turns[0].outcome, Answer)


def test_a_collection_that_is_gone_is_an_error_in_the_conversation() -> None:
    turn = chat_of(fake_bot()).answer(Talk("gone"), Asked(SIGNING, "gone")).turns[0]
    assert isinstance(turn.outcome, InputError)
    assert turn.outcome.hint


@pytest.mark.parametrize(
    ("deed", "question"),
    [
        (Deed(), "typed"),
        (Deed("example", number=0), SIGNING),
        (Deed("example", number=1), None),
        (Deed("example", number=-1), None),
        (Deed("retry", turn=1), TWO_ANSWERS),
        (Deed("retry", turn=0), None),
        (Deed("retry", turn=9), None),
        (Deed("reask", turn=0, words="Meant?"), "Meant?"),
        (Deed("reask", turn=-1, words="Meant?"), None),
        (Deed("clear"), None),
        (Deed("rm -rf"), None),
    ],
)
def test_what_a_deed_asks(deed: Deed, question: str | None) -> None:
    chat = chat_of(fake_bot())
    found = chat.asked(asked(chat, SIGNING, TWO_ANSWERS), deed, "typed")
    assert (found and found[1].question) == question


@pytest.mark.parametrize(
    "deed",
    [
        Deed("source", turn=0, number=0),
        Deed("source", turn=0, number=2),
        Deed("source", turn=1, number=1),
        Deed("why", turn=-1),
        Deed("next"),
        Deed("result", number=1),
        Deed("wrong", turn=0),
        Deed("nonsense", turn=0),
    ],
)
def test_a_deed_that_means_nothing_opens_nothing(deed: Deed) -> None:
    chat = chat_of(fake_bot())
    assert chat.look(asked(chat, SIGNING), None, deed) is None


def test_a_search_that_cannot_be_done_says_why() -> None:
    chat = chat_of(fake_bot())
    view = chat.look(Talk("gone"), None, Deed("search", words="expo"))
    assert view is not None
    assert "gone" in view.complaint


def test_words_are_marked_by_their_offsets_without_white_space_around(tmp_path: Path) -> None:
    chat = chat_of(fake_bot(), tmp_path / "feedback.sqlite")
    talk = asked(chat, SIGNING)
    talk, view = chat.judge(talk, None, Deed("wrong", turn=0))
    assert (view is not None, talk.turns[0].verdict) == (True, "wrong")
    for start, end in ((5, 5), (-1, 4), (0, 10_000), (40, 42)):
        with pytest.raises(InputError, match="no words are marked"):
            chat.judge(talk, view, Deed("marked", start=start, end=end))
    talk, after = chat.judge(talk, view, Deed("marked", start=49, end=54))
    assert (after, talk.turns[0].verdict) == (None, "marked")


def test_marks_without_an_open_article_are_not_kept(tmp_path: Path) -> None:
    chat = chat_of(fake_bot(), tmp_path / "feedback.sqlite")
    talk = asked(chat, SIGNING)
    assert chat.judge(talk, None, Deed("marked", turn=0, start=0, end=4)) == (talk, None)
    assert not (tmp_path / "feedback.sqlite").exists()
