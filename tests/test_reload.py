"""A rebuilt index is picked up while questions are being asked, and none is dropped."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

import qa
from qa.answerer import Bot
from qa.errors import IndexDamagedError, IndexMismatchError
from qa.types import Answer, Hit, Span
from tests.fakes import WordEncoder
from tests.readers import OverlapReader

QUESTION = "What did robots do at the expo?"
OLD = ["Robots danced at the expo."]
NEW = ["Robots sang at the expo.", "Drones flew."]


def build(texts: Sequence[str], index: Path, **options: Any) -> Bot:
    options = {"encoder": WordEncoder(), "reader": OverlapReader(), **options}
    return qa.build(texts, index, **options)


def reopen(index: Path) -> Bot:
    return qa.open(index, encoder=WordEncoder(), reader=OverlapReader())


def test_a_rebuilt_index_is_picked_up_once(tmp_path: Path) -> None:
    bot = build(OLD, tmp_path)
    assert not bot.stale
    assert not bot.reload()
    build(NEW, tmp_path)
    assert bot.stale
    assert bot.ask(QUESTION).text == OLD[0]
    assert bot.reload()
    assert bot.ask(QUESTION).text == NEW[0]
    assert sorted(bot.documents) == ["0", "1"]
    assert not bot.stale
    assert not bot.reload()


def test_every_bot_of_the_folder_reloads_for_itself(tmp_path: Path) -> None:
    first, second = build(OLD, tmp_path), reopen(tmp_path)
    build(NEW, tmp_path)
    assert first.reload()
    assert second.stale
    assert second.reload()
    assert second.ask(QUESTION) == first.ask(QUESTION)


class SlowReader(OverlapReader):
    """Reads when it is told to."""

    def __init__(self) -> None:
        self.begun, self.go_on = Event(), Event()

    def read(self, question: str, hits: Sequence[Hit]) -> list[Span]:
        self.begun.set()
        assert self.go_on.wait(60)
        return super().read(question, hits)


def test_a_question_that_has_begun_finishes_on_the_build_it_began_with(tmp_path: Path) -> None:
    reader = SlowReader()
    bot = build(OLD, tmp_path, reader=reader)
    answers: list[Answer] = []
    asking = Thread(target=lambda: answers.append(bot.ask(QUESTION)))
    asking.start()
    assert reader.begun.wait(60)
    # The second build removes the one before the old one: here, the one that is being read.
    for texts in (NEW, ["Robots slept."]):
        build(texts, tmp_path)
        assert bot.reload()
    reader.go_on.set()
    asking.join()
    assert answers[0].text == OLD[0]
    assert answers[0].citations[0].quote == OLD[0]
    assert list(bot.documents) == ["0"]
    assert bot.ask(QUESTION).text == "Robots slept."


def test_threads_that_ask_while_it_reloads_get_one_build_or_the_other(tmp_path: Path) -> None:
    bot = build(OLD, tmp_path)
    expected = {OLD[0]: bot.documents["0"].text, NEW[0]: NEW[0]}
    stop = Event()

    def ask() -> int:
        count = 0
        while not stop.is_set():
            answer = bot.ask(QUESTION)
            assert answer.text is not None
            assert expected[answer.text] == answer.citations[0].quote
            count += 1
        return count

    with ThreadPoolExecutor(4) as pool:
        asking = [pool.submit(ask) for _ in range(4)]
        for texts in (NEW, OLD) * 3:
            build(texts, tmp_path)
            assert bot.reload()
        stop.set()
        assert all(future.result() for future in asking)


def test_an_index_in_memory_has_nothing_to_reload() -> None:
    bot = qa.build(OLD, encoder=WordEncoder(), reader=OverlapReader())
    assert not bot.stale
    with pytest.raises(qa.InputError, match="in memory") as error:
        bot.reload()
    assert "qa.build" in error.value.hint


def test_a_reload_that_fails_leaves_the_bot_as_it_was(tmp_path: Path) -> None:
    bot = build(OLD, tmp_path)
    build(NEW, tmp_path, encoder=WordEncoder(sha256="f" * 64))
    with pytest.raises(IndexMismatchError, match="SHA-256"):
        bot.reload()
    assert bot.ask(QUESTION).text == OLD[0]
    (tmp_path / "current").write_text("nonsense")
    with pytest.raises(IndexDamagedError):
        bot.reload()
    assert bot.ask(QUESTION).text == OLD[0]
    shutil.rmtree(tmp_path)
    with pytest.raises(qa.IndexNotFoundError):
        bot.reload()
    assert bot.ask(QUESTION).text == OLD[0]
    build(NEW, tmp_path)
    assert bot.reload()
    assert bot.ask(QUESTION).text == NEW[0]


@pytest.mark.real
def test_another_encoder_comes_with_its_index(tmp_path: Path) -> None:
    from tests.tiny_encoder import save_tiny_encoder

    bot = qa.build(OLD, tmp_path / "index", reader=OverlapReader())
    first = bot.encoder
    tiny = save_tiny_encoder(tmp_path)
    qa.build(OLD, tmp_path / "index", qa.Settings(str(tiny)), reader=OverlapReader())
    assert bot.reload()
    assert bot.encoder.name == bot.index.encoder_name == str(tiny)
    assert bot.ask(QUESTION).text == OLD[0]
    second = bot.encoder
    qa.build(NEW, tmp_path / "index", qa.Settings(str(tiny)), reader=OverlapReader())
    assert bot.reload()
    assert bot.encoder is second  # what is loaded already and fits is kept
    assert first is not second
