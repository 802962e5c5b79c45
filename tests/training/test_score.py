"""Scores of a network that is known: it points at one word wherever it stands."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from tests.training.invented import squad_of
from tests.training.tiny import tokenizer
from training.score import read, score

LONG = "Robots danced on stage and guests clapped. " * 60


class PointsAt:
    """Gives each token of `word` a start and an end logit of 4, "no answer" one of 1."""

    def __init__(self, word: str) -> None:
        [self._id] = tokenizer().tokens(word).ids

    def __call__(self, input_ids: Any, token_type_ids: Any) -> Any:
        logits = 4.0 * (input_ids == self._id)
        logits[:, 0] = 1.0
        return SimpleNamespace(start_logits=logits, end_logits=logits)


def test_the_words_come_from_the_text_as_printed() -> None:
    network = PointsAt("robots")
    assert read(network, tokenizer(), "Who danced?", "", "Then ROBOTS danced.") == ("ROBOTS", 6.0)


def test_question_and_title_are_not_pointed_at() -> None:
    network = PointsAt("robots")
    text, margin = read(network, tokenizer(), "Did robots dance?", "Robots", "Guests came.")
    assert text in "Guests came."
    assert margin == -2.0


def test_the_best_window_of_a_long_text_counts() -> None:
    network = PointsAt("park")
    text = f"{LONG} A park opened. {LONG}"
    assert read(network, tokenizer(), "What opened?", "Parks", text) == ("park", 6.0)


def test_exact_match_f1_and_how_well_answers_are_told_apart() -> None:
    squad = squad_of(
        ("Expo", "Robots danced.", [("Who danced?", "Robots")]),
        ("Expo", "Small robots sang.", [("Who sang?", "Small robots")]),
        ("Expo", "Guests came late.", [("When did guests come?", "late")]),
        ("Expo", "Nobody slept.", [("Who slept?", None)]),
    )
    scores = score(PointsAt("robots"), tokenizer(), squad, 10, "cpu")
    assert scores["exact_match"] == pytest.approx(1 / 3)
    assert scores["f1"] == pytest.approx((1 + 2 / 3) / 3)
    # Two of the three answerable ones score above the unanswerable one, the third as high.
    assert scores["told_apart"] == pytest.approx(2 / 3)


def test_without_unanswerable_questions_nothing_is_told_apart() -> None:
    squad = squad_of(("Expo", "Robots danced.", [("Who?", "Robots")]))
    scores = score(PointsAt("robots"), tokenizer(), squad, 10, "cpu")
    assert scores == {"exact_match": 1.0, "f1": 1.0}
