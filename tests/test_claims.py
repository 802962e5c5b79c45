"""Claims: what a sentence is about."""

from __future__ import annotations

import time

import pytest

from qa.claims import claim_of, is_name, names, one_thing, speaks_to
from qa.types import Passage, Span


def spoken(text: str, words: str, *, title: str = "", heading: str = "", after: int = 0) -> Span:
    start = text.index(words, after)
    passage = Passage("a.md", heading, 100, 100 + len(text), text, title)
    return Span(passage, 100 + start, 100 + start + len(words), words, 1.0)


@pytest.mark.parametrize(
    ("text", "words", "sentence"),
    [
        ("It rained. The fair had 9 guests. Bo left.", "9", "The fair had … guests."),
        ("The fair was short. It had 9 guests.", "9", "The fair was short. It had … guests."),
        ("Salt fair. It was fun. It had 9 guests.", "9", "Salt fair. It was fun. It had … guests."),
        ("# The fair\n\nIt had 9 guests.", "9", "It had … guests."),
        ("| 2018 | 9 guests |", "9", "| 2018 | … guests |"),
    ],
)
def test_the_sentence_of_a_claim(text: str, words: str, sentence: str) -> None:
    assert " ".join(claim_of(spoken(text, words)).sentence.split()) == sentence


def test_what_a_bare_number_counts_is_read_behind_it() -> None:
    assert str(claim_of(spoken("It had 550 newly registered firms in 2021.", "550")).value) == (
        "550 newli regist firm"
    )
    assert str(claim_of(spoken("The value was 26 billion, up by half.", "26 billion")).value) == (
        "26,000,000,000"
    )
    assert str(claim_of(spoken("Of 60 guests came 20.", "20")).value) == "20"


QUESTION = "How many guests did the Lantern Fair have in 2022?"


@pytest.mark.parametrize(
    ("text", "title", "speaks"),
    [
        ("In 2022 the Lantern Fair had 9 guests.", "", True),
        ("The fair had 9 guests.", "The Lantern Fair in 2022", True),
        ("It had 9 guests.", "Lantern Fair 2022", True),
        ("It had 9 stalls.", "Lantern Fair 2022", True),  # what it counts is not looked at here
        ("In 2021 the Lantern Fair had 9 guests.", "", False),
        ("The Lantern Fair had 9 guests.", "", False),
        ("It had 9 guests.", "Lantern Fairs from 2018 to 2022", False),
        ("In 2022 it had 9 guests.", "Lantern Fairs from 2018 to 2022", True),
        ("In 2022 the Salt Market had 9 guests.", "Lantern Fair", False),
        ("In 2022 it rained on 9 days.", "", False),
    ],
)
def test_a_claim_speaks_to_a_question_that_it_tells_most_of(
    text: str, title: str, speaks: bool
) -> None:
    assert speaks_to(QUESTION, claim_of(spoken(text, "9", title=title))) is speaks


@pytest.mark.parametrize(
    ("a", "b", "together"),
    [
        ("The fair had 9 guests.", "At the fair there were 8 guests.", True),
        ("In 2021 the fair had 9 guests.", "In 2022 the fair had 8 guests.", False),
        ("The fair had 9 guests.", "In 2022 the fair had 8 guests.", True),
        ("The first fair had 9 guests.", "The second fair had 8 guests.", False),
        ("The fair had 9 guests online.", "The fair had 8 guests.", True),
        ("The fair had 9 guests online.", "The fair had 8 guests offline.", False),
        ("In the first half of 2022 it had 9 guests.", "In 2022 it had 8 guests.", False),
        ("In the first half it had 9 guests.", "The fair had 8 guests.", True),
        ("The fair of May 2022 had 9 guests.", "The fair had 8 guests.", True),
        ("The fair had 9 guests in May.", "The fair had 8 guests in May.", True),
        ("The fair had 9 guests a day on average.", "The fair had 8 guests.", False),
        ("The quay alone had 9 guests.", "The fair had 8 guests.", False),
    ],
)
def test_two_claims_are_of_one_thing_unless_a_word_tells_them_apart(
    a: str, b: str, together: bool
) -> None:
    first, second = claim_of(spoken(a, "9")), claim_of(spoken(b, "8"))
    question = "How many guests did the fair have?"
    assert one_thing(question, first, second) is together
    assert one_thing(question, second, first) is together


def test_a_claim_of_another_year_than_the_question_s_is_of_another_thing() -> None:
    first = claim_of(spoken("It had 9 guests.", "9", title="Fair 2022"))
    second = claim_of(spoken("It had 8 guests.", "8", title="Fair 2021 and 2022"))
    assert one_thing("How many guests in 2022?", first, second)
    assert not one_thing("How many guests in 2021?", first, second)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        *(("Maren Falk", True), ("the Ministry of Trade", True), ("in Chongqing", True)),
        *(("held online", False), ("", False), ("2018", False)),
        *(("Huawei, Tencent", False), ("Ada and Bo", False), ("Trade and Industry", False)),
    ],
)
def test_names(text: str, name: bool) -> None:
    assert is_name(text) is name


def test_what_stands_first_in_a_sentence_is_no_name_by_its_capital() -> None:
    said = "Building it was hard, says Falk. Maren Falk stayed."
    assert names(said) == ["Falk", "Maren Falk"]


@pytest.mark.parametrize("part", ["Ab ", "A", "It ", "the A ", "1,", "first ", ". ", "Ab of "])
def test_a_hostile_text_takes_no_longer_than_another(part: str) -> None:
    text = part * 20_000
    started = time.perf_counter()
    claim = claim_of(Span(Passage("a", "", 0, len(text), text), 0, 5, text[:5], 1.0))
    assert speaks_to(text[:2000], claim) in (True, False)
    assert one_thing(text[:2000], claim, claim) in (True, False)
    assert time.perf_counter() - started < 5
