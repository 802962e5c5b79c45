"""What scores amount to: one softmax over all answers, and constants read from a file."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.confidence import Constants, joint_odds, load_constants
from qa.errors import ReaderError
from qa.text import terms

WORDS = st.sampled_from(["Li", "the Li", "LI", "Ma", "530", "of 530", "机器人", "", "the"])
SCORED = st.lists(st.tuples(st.floats(-10, 10), WORDS), min_size=1, max_size=12)


@given(SCORED)
def test_joint_odds_are_those_of_one_softmax(scored: list[tuple[float, str]]) -> None:
    scores, texts = [score for score, _ in scored], [text for _, text in scored]
    exponentials = [math.exp(score) for score in scores]
    total = 1 + sum(exponentials)  # "no answer" scores 0
    ours = sum(e for e, text in zip(exponentials, texts, strict=True) if _same(text, texts[0]))
    probability, others = ours / total, (total - ours) / total
    assert joint_odds(scores, texts) == pytest.approx(math.log(probability / others), abs=1e-6)


def _same(one: str, other: str) -> bool:
    return terms(one) == terms(other)


@given(SCORED, st.floats(0.1, 5))
def test_an_answer_gains_by_its_own_scores_and_loses_by_others(
    scored: list[tuple[float, str]], more: float
) -> None:
    scores, texts = [score for score, _ in scored], [text for _, text in scored]
    odds = joint_odds(scores, texts)
    assert joint_odds([scores[0] + more, *scores[1:]], texts) > odds
    assert joint_odds([*scores, scores[0]], [*texts, texts[0]]) > odds
    assert joint_odds([*scores, 0.0], [*texts, "something else"]) < odds


@pytest.mark.parametrize(
    ("answer", "other", "same"),
    [
        ("530", "530 projects", True),
        ("the Ministry of Trade", "Ministry of Trade of Vey", True),
        ("4 May 2019", "May 2019", True),
        ("4 May 2019", "11 May 2019", False),
        ("412 metres", "436 metres", False),
        ("Li", "Li Wei of Tencent in Vey", False),
        ("Li", "", False),
    ],
)
def test_answers_that_share_half_of_their_words_and_all_figures_are_one(
    answer: str, other: str, same: bool
) -> None:
    for texts in ([answer, other], [other, answer]):
        odds = joint_odds([1.0, 1.0], texts)
        assert odds == pytest.approx(1 + math.log(2) if same else -math.log(1 + math.exp(-1)))


def test_odds_of_scores_beyond_what_an_exponential_holds() -> None:
    assert joint_odds([5000.0], ["Li"]) == 5000.0
    assert joint_odds([-5000.0], ["Li"]) == -5000.0
    assert joint_odds([5000.0, 5000.0], ["Li", "Ma"]) == 0.0


NUMBERS: dict[str, Any] = {
    "weight": 2,
    "coverage": 3.0,
    "bias": -1.0,
    "slope": 1.5,
    "shift": 0.25,
    "threshold": 0.3,
}
CONSTANTS = Constants(**NUMBERS)


@given(st.floats(-50, 50), st.floats(0, 1))
def test_a_score_is_the_weighed_signs_and_the_bias(logits: float, coverage: float) -> None:
    assert CONSTANTS.score(logits, coverage) == pytest.approx(2 * logits + 3 * coverage - 1)


@given(st.floats(-20, 20))
def test_a_probability_is_that_of_its_shifted_log_odds(odds: float) -> None:
    probability = CONSTANTS.probability(odds)
    assert 0 < probability < 1
    assert math.log(probability / (1 - probability)) == pytest.approx(1.5 * odds + 0.25, abs=1e-3)


@given(st.floats(-1e9, 1e9), st.floats(0, 1e9))
def test_a_probability_grows_with_the_odds_and_stays_one(odds: float, more: float) -> None:
    assert 0 <= CONSTANTS.probability(odds) <= CONSTANTS.probability(odds + more) <= 1


def test_the_constants_are_read_from_the_folder(tmp_path: Path) -> None:
    (tmp_path / "reader.json").write_text(json.dumps({"constants": NUMBERS, "provenance": {}}))
    assert load_constants(tmp_path) == CONSTANTS


def without(name: str) -> dict[str, Any]:
    return {key: value for key, value in NUMBERS.items() if key != name}


@pytest.mark.parametrize(
    "content",
    [
        None,
        "",
        "{",
        "[]",
        "3",
        '"constants"',
        "\udcff",
        "{}",
        json.dumps({"constants": []}),
        json.dumps({"constants": "none"}),
        *(json.dumps({"constants": without(name)}) for name in NUMBERS),
        *(json.dumps({"constants": {**NUMBERS, name: "high"}}) for name in NUMBERS),
        *(json.dumps({"constants": {**NUMBERS, name: None}}) for name in NUMBERS),
        *(json.dumps({"constants": {**NUMBERS, name: [1]}}) for name in NUMBERS),
        json.dumps({"constants": {**NUMBERS, "more": 1}}),
    ],
    ids=lambda content: str(content)[:60],
)
def test_constants_that_cannot_be_used_are_refused(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "reader.json"
    if content is not None:
        path.write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(ReaderError, match="holds no constants of a reader") as error:
        load_constants(tmp_path)
    assert str(path) in str(error.value)
    assert error.value.hint
