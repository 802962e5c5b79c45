"""Contrasts: one thing is exchanged, and with it the passage answers no more."""

from __future__ import annotations

import random
import re

import pytest

from qa.text import terms
from training.contrasts import contrasts
from training.examples import Example

YEARS = re.compile(r"\d{4}")
ASKED = [
    Example("How many projects did the 2019 expo sign?", "Expo", "2019", "It signed 53.", 10, 12),
    Example("Who opened the park in Lijia in 2018?", "Parks", "", "In 2018 Ann did so.", 8, 11),
    Example("What did guests see at Lijia Park?", "Parks", "", "Lijia Park has drones.", 15, 21),
    Example("Who sang in Yubei District?", "Parks", "", "In Yubei District, Bo sang.", 19, 21),
    Example("What does the airport cost?", "Airport", "", "It costs 5 yuan.", 9, 15),
    Example("Where are the bridges?", "Bridges", "", "They are in the north.", 9, 21),
    Example("Who is the mayor?", "Towns", "", "Nobody knows."),
]
TEXTS = {example.text: example for example in ASKED}


@pytest.fixture(scope="module")
def made() -> list[list[Example]]:
    """The contrasts of sixty seeds."""
    return [list(contrasts(ASKED, random.Random(seed))) for seed in range(60)]


def differing(one: Example, other: Example) -> set[str]:
    fields = ("question", "title", "heading", "text")
    return {name for name in fields if getattr(one, name) != getattr(other, name)}


def is_dated(example: Example) -> bool:
    """Question and title were both given a year."""
    return differing(example, TEXTS[example.text]) == {"question", "title"}


def test_an_unanswerable_contrast_differs_in_one_thing(made: list[list[Example]]) -> None:
    changed = [example for run in made for example in run if not is_dated(example)]
    kinds = set()
    for example in changed:
        original = TEXTS[example.text]
        assert original.start is not None
        assert example.start is example.end is None
        [field] = differing(example, original)
        kinds.add(field)
    assert kinds == {"question", "title"}


def test_another_year_is_near_and_nowhere_in_the_passage(made: list[list[Example]]) -> None:
    found = set()
    for example in (example for run in made for example in run if not is_dated(example)):
        before = YEARS.findall(TEXTS[example.text].question)
        after = YEARS.findall(example.question)
        if before and before != after:
            assert 1 <= abs(int(after[0]) - int(before[0])) <= 4
            assert after[0] not in f"{example.title} {example.heading} {example.text}"
            assert YEARS.sub("", example.question) == YEARS.sub("", TEXTS[example.text].question)
            found.add(after[0])
    assert len(found) > 4


def test_another_name_is_of_the_same_article_and_not_in_the_passage() -> None:
    pair = [
        Example("Who sang at Lijia Hall?", "Parks", "", "At Lijia Hall, Bo sang.", 15, 17),
        Example("Who sang in Yubei District?", "Parks", "", "In Yubei District, Al sang.", 19, 21),
    ]
    runs = [list(contrasts(pair, random.Random(seed))) for seed in range(60)]
    asked = {example.question for run in runs for example in run if not YEARS.search(example.title)}
    assert asked == {"Who sang at Yubei District?", "Who sang in Lijia Hall?"}


def test_another_title_shares_nothing_with_the_question(made: list[list[Example]]) -> None:
    retitled = [
        example
        for run in made
        for example in run
        if differing(example, TEXTS[example.text]) == {"title"}
    ]
    titles = {TEXTS[example.text].title for example in retitled}
    assert titles == {"Airport", "Bridges", "Expo", "Parks"}
    for example in retitled:
        assert not set(terms(example.question)) & set(terms(example.title))


def test_dated_pairs_ask_the_same_and_only_the_title_decides(made: list[list[Example]]) -> None:
    dated = [example for run in made for example in run if is_dated(example)]
    assert len(dated) >= 10
    for one, other in zip(dated[::2], dated[1::2], strict=True):
        original = TEXTS[one.text]
        assert differing(one, other) == {"title"}
        [year] = YEARS.findall(one.question)
        assert YEARS.findall(one.title) == [year]
        assert YEARS.findall(other.title) != [year]
        assert (one.start, one.end) == (original.start, original.end)
        assert one.text[one.start : one.end] == original.text[original.start : original.end]
        assert other.start is other.end is None


def test_the_same_seed_makes_the_same_contrasts() -> None:
    first, second = (list(contrasts(ASKED, random.Random(3))) for _ in range(2))
    assert first == second


def test_nothing_is_made_of_what_has_no_answer() -> None:
    assert not list(contrasts([ASKED[-1]] * 50, random.Random(0)))
