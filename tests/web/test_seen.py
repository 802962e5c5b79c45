"""What a window shows while several things happen at once: nothing lost, nothing old in the way."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from dataclasses import replace
from functools import partial
from typing import cast

import pytest

from qa import Bot
from qa.surfaces.web.chat import Chat
from qa.surfaces.web.collections import Collections
from qa.surfaces.web.deed import Deed
from qa.surfaces.web.doing import done, looked
from qa.surfaces.web.seen import KEPT, Seen
from qa.surfaces.web.talk import Asked, Talk
from qa.surfaces.web.turn import places
from qa.surfaces.web.view import View
from qa.surfaces.web.window import Window
from tests.web.fakes import SIGNING, TWO_ANSWERS, fake_bot


@pytest.fixture
def chat() -> Chat:
    return Chat(Collections(None, bundled=cast(Bot, fake_bot())))


def asking(chat: Chat, seen: Seen, *questions: str) -> Seen:
    for question in questions:
        seen = done(chat, seen, Deed("ask", words=question))
    return seen


def answering(chat: Chat, seen: Seen) -> Seen:
    while seen.talk.waiting:
        asked = seen.talk.waiting[0]
        seen = seen.answered(asked, chat.turn(seen.talk, asked))
    return seen


def test_questions_wait_and_are_answered_in_the_order_in_which_they_were_asked(chat: Chat) -> None:
    seen = asking(chat, Seen(Talk("bundled")), "Who?", SIGNING)
    assert [asked.question for asked in seen.talk.waiting] == ["Who?", SIGNING]
    assert [kept["question"] for kept in seen.talk.to_remember()] == ["Who?", SIGNING]
    seen = answering(chat, seen)
    assert [turn.question for turn in seen.talk.turns] == ["Who?", SIGNING]
    assert seen.talk.waiting == ()


def test_an_answer_to_a_conversation_that_was_ended_is_not_shown(chat: Chat) -> None:
    seen = asking(chat, Seen(Talk("bundled")), SIGNING)
    asked = seen.talk.waiting[0]
    turn = chat.turn(seen.talk, asked)
    anew = asking(chat, done(chat, seen, Deed("clear")), SIGNING)
    assert anew.answered(asked, turn) is anew
    assert len(answering(chat, anew).talk.turns) == 1


def test_a_panel_opened_while_a_question_is_answered_stays(chat: Chat) -> None:
    seen = answering(chat, asking(chat, Seen(Talk("bundled")), SIGNING))
    source = looked(chat, seen, Deed("source", turn=0, number=1))
    followed = answering(chat, asking(chat, source, TWO_ANSWERS))
    assert (followed.view and followed.view.turn) == 1
    waiting = asking(chat, source, TWO_ANSWERS)
    why = looked(chat, waiting, Deed("why", turn=0))
    assert answering(chat, why).view is why.view


def test_a_deed_is_done_in_the_panel_that_was_seen(chat: Chat) -> None:
    seen = answering(chat, asking(chat, Seen(Talk("bundled")), "Who?"))
    turn = seen.talk.turns[0]
    old = View("search", 0, places(turn), words="old")
    new = View("search", 0, tuple(reversed(places(turn))), words="new")
    both = seen.looking_at(old).looking_at(new)
    for view in (old, new):
        opened = looked(chat, both, Deed("result", number=1, view=view.id)).view
        assert opened is not None
        assert (opened.kind, opened.words) == ("source", view.words)
        assert opened.place is view.places[0]
    leafed = looked(chat, looked(chat, both, Deed("next", view=new.id)), Deed("next", view=new.id))
    assert (leafed.view and leafed.view.number) == min(3, len(new.places))
    for _ in range(KEPT):
        both = both.looking_at(View("why", 0))
    assert looked(chat, both, Deed("result", number=1, view=old.id)) is both


def test_a_second_click_takes_nothing_more_back(chat: Chat) -> None:
    seen = answering(chat, asking(chat, Seen(Talk("bundled")), "Who?", SIGNING))
    for deed in (Deed("undo", turn=1), Deed("retry", turn=1)):
        after = done(chat, done(chat, seen, deed), deed)
        assert [turn.question for turn in after.talk.turns] == ["Who?"]
        assert len(after.talk.waiting) == (1 if deed.name == "retry" else 0)


def test_what_was_asked_while_the_last_visit_was_looked_up_comes_after_it(chat: Chat) -> None:
    last = answering(chat, asking(chat, Seen(Talk("bundled")), "Who?")).talk
    seen = asking(chat, Seen(Talk("bundled"), is_busy=True, is_opening=True), SIGNING)
    opened = answering(chat, seen.opened(last, None))
    assert [turn.question for turn in opened.talk.turns] == ["Who?", SIGNING]
    assert not opened.is_opening


def test_changes_from_many_threads_are_all_kept() -> None:
    window = Window(Talk())
    with ThreadPoolExecutor(8) as pool:
        for number in range(200):
            pool.submit(window.change, partial(Talk.asking, asked=Asked(str(number), "")))
    assert sorted(int(asked.question) for asked in window.shown.waiting) == list(range(200))


def test_whatever_the_order_of_drawing_the_newest_is_sent_last() -> None:
    """Two events draw, the first of them before the second changes what is shown."""
    window, sent = Window(1), list[int]()
    early = window.drawn(int)
    drawn = next(early)
    window.change(lambda shown: shown + 1)
    sent += window.drawn(int)
    sent.append(drawn)
    sent += early
    assert sent == [2, 1, 2]


def test_another_window_begins_alike_and_goes_its_own_way() -> None:
    first = Window(Seen(Talk("bundled")))
    second = deepcopy(first)
    first.change(lambda seen: replace(seen, is_busy=True))
    assert (first.shown.is_busy, second.shown.is_busy) == (True, False)
    drawn: Iterator[Seen] = second.drawn(lambda seen: seen)
    assert [seen.talk.collection for seen in drawn] == ["bundled"]
