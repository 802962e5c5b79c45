"""The nearest stretch, held against a search of all stretches; and where a match may not cut."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.nearest import compare, nearest
from tests.texts import articles

words = st.lists(st.sampled_from("robots danced at the expo in 2018 and 2019".split()), max_size=12)
texts = words.map(" ".join)


def cost(sought: list[str], found: list[str]) -> int:
    """What it costs to turn the words found into those sought: the whole table, the plain way."""
    row = [3 * n for n in range(len(found) + 1)]
    for i, word in enumerate(sought, start=1):
        before, row = row, [10 * i]
        for j, other in enumerate(found, start=1):
            row.append(min(before[j - 1] + 10 * (word != other), before[j] + 10, row[j - 1] + 3))
    return row[-1]


@given(texts, texts)
def test_no_stretch_costs_less_than_the_nearest(text: str, quote: str) -> None:
    sought, found = quote.split(), text.split()
    near = nearest(text, quote)
    if near is None:
        assert not set(sought) & set(found)
        return
    least = min(
        cost(sought, found[i:j]) for i in range(len(found) + 1) for j in range(i, len(found) + 1)
    )
    assert cost(sought, text[near.start : near.end].split()) == least


@given(articles, articles)
def test_differences_turn_the_one_into_the_other(text: str, quote: str) -> None:
    near = nearest(text, quote)
    if near is None:
        return
    assert 0 <= near.start < near.end <= len(text)
    assert 0 <= near.similarity <= 1
    for one in near.differences:
        assert near.start <= one.start <= one.end <= near.end
        assert text[one.start : one.end] == one.written
        assert one.quoted in quote
        assert one.quoted or one.written


@given(articles)
def test_a_text_is_as_near_as_can_be_to_itself(text: str) -> None:
    near = nearest(text, text)
    if near is not None:
        assert (near.similarity, near.differences) == (1.0, ())
    else:
        assert not any(character.isalnum() for character in text)


@pytest.mark.parametrize(
    ("quote", "text", "expected"),
    [
        ("36 months", "It lasts 24 months.", [("36", "24", True)]),
        ("lasts 24 months", "It lasts 24 years.", [("months", "years", False)]),
        ("It costs 24", "It costs 24 million.", [("", "million", True)]),
        ("up 31.9", "It is up 31.9% now", [("", "%", True)]),
        ("costs $24", "it costs €24", [("$", "€", True)]),
        ("grew 5 percent", "It grew -5 percent", [("5", "-5", True)]),
        ("two robots danced", "three robots danced", [("two", "three", True)]),
        ("signed 1,200 projects", "signed 1200 projects", []),
        ("signed 1200 projects", "signed 1,300 projects", [("1200", "1,300", True)]),
        ("robots danced here", "robots never danced here", [("", "never", False)]),
        ("robots, danced", "robots danced", [(",", "", False)]),
        ("二十亿元", "约三十亿元", [("二", "三", True)]),
    ],
)
def test_what_differs_is_said(quote: str, text: str, expected: list[tuple[str, str, bool]]) -> None:
    near = nearest(text, quote)
    assert near is not None
    assert [(d.quoted, d.written, d.figures) for d in near.differences] == expected


def test_of_two_as_near_the_first_is_taken() -> None:
    near = nearest("24 months. 48 months.", "36 months")
    assert near is not None
    assert (near.start, near.end) == (0, 9)


def test_nothing_is_compared_where_no_word_is_shared_or_too_many_would_be() -> None:
    assert nearest("robots danced", "elephants sang") is None
    assert nearest("", "robots") is None
    assert nearest("robots", "...") is None
    assert nearest("robot " * 20_000, "robot " * 20_000) is None


def test_a_long_text_takes_no_long_time() -> None:
    text = "The robot went on and danced in the hall of the expo. " * 5_000
    text += "The warranty of the robot is 24 months. " + text
    began = time.process_time()
    near = nearest(text, "The warranty of the robot is 36 months.")
    assert near is not None
    assert [(d.quoted, d.written) for d in near.differences] == [("36", "24")]
    assert time.process_time() - began < 20


def test_a_comparison_of_nothing() -> None:
    assert compare("", "", 0, 0).differences == ()
