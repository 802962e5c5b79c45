"""Negatives: what retrieval brings up for a question, and never a passage that answers it."""

from __future__ import annotations

import pytest

import qa
from qa.evaluation.metrics import contains_answer
from qa.evaluation.squad import SquadQuestion
from tests.fakes import WordEncoder
from tests.readers import OverlapReader
from training.negatives import DEPTH, negatives

TEXTS = [
    f"In {year}, robots danced at the expo with {year % 100} drones and 53 guests."
    for year in range(2001, 2025)
]


@pytest.fixture(scope="module")
def bot() -> qa.Bot:
    documents = [qa.Document(f"d{n}", f"Expo {n}", text) for n, text in enumerate(TEXTS)]
    settings = qa.Settings(keep_chrome=True)
    return qa.build(documents, settings=settings, encoder=WordEncoder(), reader=OverlapReader())


def question(words: str, *answers: str, identity: str = "q") -> SquadQuestion:
    return SquadQuestion(identity, words, answers, (0,) * len(answers), "d0")


@pytest.mark.parametrize("answer", ["2005", "7 drones", "the expo"])
def test_no_negative_holds_the_answer(bot: qa.Bot, answer: str) -> None:
    for passage in negatives(bot, question("When did robots dance at the expo in 2005?", answer)):
        assert not contains_answer([answer], f"{passage.title} {passage.heading} {passage.text}")


def test_the_first_is_the_best_ranked_one_without_the_answer(bot: qa.Bot) -> None:
    asked = question("When did robots dance at the expo in 2005?", "2005")
    ranked = [hit.passage.id for hit in bot.retrieve(asked.question, passages=DEPTH)]
    assert "2005" in TEXTS[int(ranked[0][1:].partition("#")[0])]
    first, second = negatives(bot, asked)
    assert first.id == ranked[1]
    assert second.id in ranked[2:]


def test_the_choice_depends_on_the_question_alone(bot: qa.Bot) -> None:
    asked = [question("When did robots dance?", "2005", identity=f"q{n}") for n in range(20)]
    forward = {one.id: [p.id for p in negatives(bot, one)] for one in asked}
    backward = {one.id: [p.id for p in negatives(bot, one)] for one in reversed(asked)}
    assert forward == backward
    assert len({second for _, second in forward.values()}) > 3


def test_where_every_passage_answers_there_is_none(bot: qa.Bot) -> None:
    assert not list(negatives(bot, question("How many guests came?", "53 guests")))
