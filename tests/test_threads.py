"""One bot shared by 16 threads answers as for one. `make soak` is the long form."""

from __future__ import annotations

import asyncio
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import qa
from qa.encoder import SentenceEncoder
from qa.errors import QuestionError
from qa.question_encoder import QuestionEncoder
from qa.reader import SpanReader
from qa.text import terms
from tests.conftest import ROOT
from tests.soak import known_questions, said, soak

THREADS = 16
WORDS = "expo projects signed dancing robots drones flying visitors were 1,200 yuan cities".split()


@pytest.fixture(scope="module")
def light(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("light")
    qa.build(ROOT / "corpus", folder, light=True)
    return folder


@pytest.mark.real
@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_16_threads_get_the_answers_of_one_and_memory_stays(light: Path) -> None:
    bot = qa.open(light)
    assert isinstance(bot.encoder, QuestionEncoder)
    expected = {question: said(bot, question) for question in known_questions()[::20]}
    soaked = soak(bot, expected, count=6 * THREADS, threads=THREADS)
    assert soaked.different == []
    assert len(soaked.resident) == 6 * THREADS
    # So short a run shows a leak of whole answers or models; `make soak` shows smaller ones.
    assert soaked.growth < 64 * 2**20


@pytest.mark.real
@pytest.mark.slow
def test_threads_may_begin_before_the_models_are_loaded(real_bot: qa.Bot) -> None:
    """Only one of them loads, with torch too."""
    questions = known_questions()[::40]
    encoder = SentenceEncoder()
    bot = qa.Bot(real_bot.index, encoder, SpanReader(), qa.Policy())
    with ThreadPoolExecutor(THREADS) as pool:
        asked = list(pool.map(lambda question: said(bot, question), questions * 3))
    assert asked == [said(bot, question) for question in questions] * 3


def test_every_thread_stems_for_itself() -> None:
    expected = [terms(word) for word in WORDS]
    with ThreadPoolExecutor(THREADS) as pool:
        for found in pool.map(lambda _: [terms(word) for word in WORDS], range(200)):
            assert found == expected


@pytest.mark.real
def test_an_event_loop_gets_the_same_answers_and_errors(light: Path) -> None:
    bot = qa.open(light)
    questions = known_questions()[:4]

    async def ask_all() -> list[qa.Answer]:
        return await asyncio.gather(*(bot.aask(question) for question in questions))

    assert asyncio.run(ask_all()) == [bot.ask(question) for question in questions]
    with pytest.raises(QuestionError):
        asyncio.run(bot.aask(" "))
