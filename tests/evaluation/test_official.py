"""Exact match and F1 are those of the official SQuAD evaluations, on 1,000 random predictions."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from qa.evaluation.metrics import exact_match, token_f1
from qa.evaluation.reading import Reading, score
from tests.evaluation.official import official

# What answers to questions of the SQuAD kind look like: names, dates, amounts, clauses.
WORDINGS = """
Denver Broncos|the Denver Broncos|Carolina Panthers|Super Bowl 50|Super Bowl L|Levi's Stadium
Santa Clara, California|at Levi's Stadium in Santa Clara|February 7, 2016|7 February 2016|2016
golden anniversary|the "golden anniversary"|gold-themed|24–10|24 to 10|$1.2 million|1.2 million
US$1.2 million|31.9%|31.9 percent|5,300|53 hundred|Beyoncé|Beyoncé and Bruno Mars|Bruno Mars
the 10th and 11th centuries|10th century|in the 10th and 11th centuries|Norman|The Normans
"Norseman, Viking"|Viking|Rollo|King Charles III|Charles III of West Francia|a duchy|an army
about half a billion years|half a billion years ago|AC|the AC electrical system|Nikola Tesla's
O₂|dioxygen|diatomic oxygen gas|8|eight|third-most abundant|the third most abundant element
北京|Warsaw (Polish: Warszawa)|Warszawa|state-owned|the state|none|no one|The Who|Ha-Joon Chang
""".replace("\n", "|").split("|")
WORDINGS = [wording for wording in WORDINGS if wording]
EDITS: list[Callable[[str], str]] = [
    str.upper,
    str.lower,
    str.title,
    lambda text: f"the {text}",
    lambda text: f"{text}.",
    lambda text: f" {text}  ",
    lambda text: f"“{text}”",
    lambda text: f"in {text}, mostly",
    lambda text: text.replace(" ", "\u00a0"),
    lambda text: text.replace("-", " "),
    lambda text: " ".join(reversed(text.split())),
    lambda text: " ".join(text.split()[1:]) if text.count(" ") > 1 else text,
    lambda text: " ".join([text, text]),
]


def predicted(source: random.Random, golds: list[str]) -> str | None:
    """A gold answer, altered more or less; another answer; none."""
    chance = source.random()
    if chance < 0.15:
        return None
    text = source.choice(golds) if golds and chance < 0.75 else source.choice(WORDINGS)
    for edit in source.sample(EDITS, source.randrange(3)):
        text = edit(text)
    return text


def questions(source: random.Random, count: int, *, unanswerable: float) -> dict[str, list[str]]:
    return {
        f"q{number}": []
        if source.random() < unanswerable
        else source.sample(WORDINGS, source.randint(1, 5))
        for number in range(count)
    }


@pytest.mark.parametrize(("version", "unanswerable"), [("1.1", 0.0), ("2.0", 0.5)])
def test_a_thousand_random_predictions_score_as_officially(
    version: str, unanswerable: float
) -> None:
    """An article alone is an answer to us and none to the script; no prediction here is one."""
    source = random.Random(version)
    golds_of = questions(source, 1_000, unanswerable=unanswerable)
    predictions = {name: predicted(source, golds) for name, golds in golds_of.items()}
    expected = official(golds_of, {name: text or "" for name, text in predictions.items()})
    exact = [exact_match(predictions[name], golds) for name, golds in golds_of.items()]
    overlap = [token_f1(predictions[name], golds) for name, golds in golds_of.items()]
    assert 100 * sum(exact) / len(exact) == pytest.approx(expected[0], abs=1e-9)
    assert 100 * sum(overlap) / len(overlap) == pytest.approx(expected[1], abs=1e-9)
    for name, em, f1 in zip(golds_of, exact, overlap, strict=True):
        one = official({name: golds_of[name]}, {name: predictions[name] or ""})
        assert (100 * em, 100 * f1) == pytest.approx(one, abs=1e-9), (name, predictions[name])
    # The predictions are worth comparing: some right, some half right, some wrong.
    assert 100 < sum(em == 1 for em in exact) < 900
    assert sum(0 < f1 < 1 for f1 in overlap) > 50


def test_readings_add_up_to_the_official_figures() -> None:
    source = random.Random("readings")
    golds_of = questions(source, 1_000, unanswerable=0.3)
    predictions = {
        name: source.choice(golds or WORDINGS) if source.random() < 0.7 else "something else"
        for name, golds in golds_of.items()
    }
    readings = [Reading(tuple(golds), predictions[n], 1.0) for n, golds in golds_of.items()]
    found = score(readings, "all", 0.0)
    assert found.exact_match is not None
    assert found.f1 is not None
    expected = official(golds_of, predictions)
    assert (100 * found.exact_match, 100 * found.f1) == pytest.approx(expected, abs=1e-9)


def test_a_question_without_a_prediction_counts() -> None:
    golds_of = {"q1": ["Rollo"], "q2": ["Rollo"], "q3": []}
    expected = official(golds_of, {"q1": "Rollo", "q2": "", "q3": ""})
    assert expected == pytest.approx((200 / 3, 200 / 3))
    ours = [
        exact_match(text, golds)
        for text, golds in (("Rollo", ["Rollo"]), (None, ["Rollo"]), (None, []))
    ]
    assert 100 * sum(ours) / 3 == pytest.approx(expected[0])
    assert official(golds_of, {"q1": "Rollo", "q3": ""}) == expected


@pytest.mark.parametrize(
    ("prediction", "golds", "em", "f1"),
    [
        # From the documentation of the metric in public libraries.
        ("1976", ["1976"], 100.0, 100.0),
        ("Beyonce", ["Beyoncé and Bruno Mars"], 0.0, 0.0),
        # The worked example of SQuAD 2.0's authors: no answer against an answer.
        ("", ["Normandy"], 0.0, 0.0),
        ("", [], 100.0, 100.0),
        ("Normandy", [], 0.0, 0.0),
    ],
)
def test_the_second_implementation_itself(
    prediction: str, golds: list[str], em: float, f1: float
) -> None:
    assert official({"q": golds}, {"q": prediction}) == (em, f1)
