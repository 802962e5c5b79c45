"""Periods: the same time in the articles' words, and nothing else of the question changed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.periods import as_written

HALF = [
    "in the first half of 2021",
    "in the first six months of 2021",
    "from January to June 2021",
    "in H1 2021",
]
QUARTER = ["in the third quarter of 2019", "from July to September 2019", "in Q3 2019"]


@pytest.mark.parametrize("names", [HALF, QUARTER], ids=["half", "quarter"])
@given(data=st.data())
def test_any_name_becomes_the_articles_own(names: list[str], data: st.DataObject) -> None:
    asked, told = data.draw(st.sampled_from(names)), data.draw(st.sampled_from(names))
    question = f"How much did it grow {asked}, and why?"
    assert as_written(question, [f"It grew by 5% {told}."]) == question.replace(asked, told)


@pytest.mark.parametrize(
    ("asked", "read"),
    [
        ("What grew from January through June, 2021?", "What grew in the first half of 2021?"),
        ("What grew between January and June 2021?", None),  # "and" joins more than it parts
        ("In H1 2021, what grew?", "In the first half of 2021, what grew?"),
        ("growth January\u2013June 2021", "growth the first half of 2021"),
        ("What grew in the first 6 months of 2021?", "What grew in the first half of 2021?"),
        ("What grew in h1 of 2021?", "What grew in the first half of 2021?"),
        ("What grew in the second half of 2021?", None),
        ("What grew in H1 2020?", None),
        ("What grew in the first six months?", None),
        ("Who led in the first half of the game?", None),
        ("What is H1N1?", None),
        ("What grew from 5 January to June 2021?", None),
        ("What grew from the 5th January to June 2021?", None),
        ("What grew from late January to June 2021?", None),
        ("What grew from mid-January to June 2021?", None),
    ],
)
def test_other_ways_to_ask(asked: str, read: str | None) -> None:
    assert as_written(asked, ["Exports grew in the first half of 2021."]) == (read or asked)


def test_the_first_text_that_names_it_counts() -> None:
    texts = ["Nothing.", "It grew from January to June 2021.", "In H1 2021 it grew."]
    assert as_written("What of the first half of 2021?", texts) == "What of January to June 2021?"


def test_the_questions_own_name_is_kept_wherever_it_stands() -> None:
    texts = ["It grew from January to June 2021.", "In H1 2021 it grew."]
    assert as_written("What grew in H1 2021?", texts) == "What grew in H1 2021?"


@given(st.text(max_size=60), st.lists(st.text(max_size=60), max_size=3))
def test_any_other_question_is_left_alone(question: str, texts: list[str]) -> None:
    assert as_written(question, texts) == question


@given(st.sampled_from([*HALF, *QUARTER]), st.lists(st.sampled_from([*HALF, *QUARTER]), max_size=4))
def test_twice_is_once(asked: str, texts: list[str]) -> None:
    once = as_written(f"What grew {asked}?", texts)
    assert as_written(once, texts) == once
