"""The chat without a browser: what deeds ask, that few ask at a time, what feedback keeps."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from qa import Bot
from qa.errors import InputError, QAError
from qa.surfaces.web.chat import Chat
from qa.surfaces.web.collections import Collections
from qa.surfaces.web.deed import Deed
from qa.surfaces.web.doing import done, judged, looked
from qa.surfaces.web.feedback import Feedback
from qa.surfaces.web.gate import Gate
from qa.surfaces.web.seen import Seen
from qa.surfaces.web.talk import Asked, Talk
from qa.surfaces.web.view import View
from qa.types import Answer
from tests.web.fakes import SIGNING, TWO_ANSWERS, FakeBot, HeldBot, fake_bot


def chat_of(bot: FakeBot, feedback: Path | None = None, gate: Gate | None = None) -> Chat:
    collections = Collections(None, bundled=cast(Bot, bot))
    return Chat(collections, feedback=Feedback(feedback), examples=(SIGNING,), gate=gate)


def asked(chat: Chat, *questions: str) -> Talk:
    talk = Talk("bundled")
    for question in questions:
        talk = talk.plus(chat.turn(talk, Asked(question, "bundled")))
    return talk


def test_too_many_at_a_time_are_told_so_at_once() -> None:
    bot = HeldBot()
    bot.go.clear()
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
    turn = chat_of(fake_bot()).turn(Talk("gone"), Asked(SIGNING, "gone"))
    assert isinstance(turn.outcome, InputError)
    assert turn.outcome.hint


@pytest.mark.parametrize(
    ("deed", "question"),
    [
        (Deed("ask", words="typed"), "typed"),
        (Deed("ask", words=" "), " "),
        (Deed("ask"), None),
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
    found = chat.asked(asked(chat, SIGNING, TWO_ANSWERS), deed)
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
    seen = Seen(asked(chat, SIGNING))
    assert looked(chat, seen, deed) is seen


def test_a_search_that_cannot_be_done_says_why() -> None:
    chat = chat_of(fake_bot())
    found = chat.search(Talk("gone"), View("search", -1, words="expo", is_waiting=True))
    assert (found.is_waiting, found.places) == (False, ())
    assert "gone" in found.complaint


def test_words_are_marked_by_their_offsets_without_white_space_around(tmp_path: Path) -> None:
    chat = chat_of(fake_bot(), tmp_path / "feedback.sqlite")
    seen = judged(chat, Seen(asked(chat, SIGNING)), Deed("wrong", turn=0))
    assert seen.view is not None
    assert seen.talk.turns[0].verdict == "wrong"
    marked = Deed("marked", view=seen.view.id, number=1)
    for start, end in ((5, 5), (-1, 4), (0, 10_000), (40, 42)):
        with pytest.raises(InputError, match="no words are marked"):
            judged(chat, seen, replace(marked, start=start, end=end))
        refused = done(chat, seen, replace(marked, start=start, end=end))
        assert refused.view is not None
        assert "no words are marked: select them" in refused.view.complaint
    after = judged(chat, seen, replace(marked, start=49, end=54))
    assert (after.view, after.talk.turns[0].verdict) == (None, "marked")


def test_marks_without_an_open_article_are_not_kept(tmp_path: Path) -> None:
    chat = chat_of(fake_bot(), tmp_path / "feedback.sqlite")
    seen = Seen(asked(chat, SIGNING))
    assert judged(chat, seen, Deed("marked", turn=0, number=1, start=0, end=4)) is seen
    assert not (tmp_path / "feedback.sqlite").exists()
