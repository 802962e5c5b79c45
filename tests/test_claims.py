"""Claims: what a sentence is about."""

from __future__ import annotations

import time

import pytest

from qa.claims import claim_of, one_thing, source, speaks_to, tells
from qa.types import Passage, Span
from qa.values import value


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


@pytest.mark.parametrize("part", ["Ab ", "A", "It ", "the A ", "1,", "first ", ". ", "Ab of "])
def test_a_hostile_text_takes_no_longer_than_another(part: str) -> None:
    text = part * 20_000
    started = time.perf_counter()
    claim = claim_of(Span(Passage("a", "", 0, len(text), text), 0, 5, text[:5], 1.0))
    assert speaks_to(text[:2000], claim) in (True, False)
    assert one_thing(text[:2000], claim, claim) in (True, False)
    assert time.perf_counter() - started < 5


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("According to the Port Herald, how long is the bridge?", "the Port Herald"),
        ("According to the Herald how long is the bridge?", "the Herald"),
        ("How long is the bridge according to the Herald?", "the Herald"),
        ("How many guests did the tourist office count?", "the tourist office"),
        (
            "What growth does the report on the fair of 2021 give for trade?",
            "the report on the fair",
        ),
        ("What growth did the opening report give?", "the opening report"),
        ("How long is the bridge?", ""),
        ("How fast did the economy grow?", ""),
    ],
)
def test_the_source_that_a_question_asks_for(question: str, named: str) -> None:
    assert source(question).startswith(named)
    assert bool(source(question)) is bool(named)


def test_where_one_source_is_asked_for_another_does_not_speak_to_it() -> None:
    herald = claim_of(spoken("The bridge cost 9 crowns, says the Herald.", "9"))
    other = claim_of(spoken("The bridge cost 8 crowns.", "8", title="Gazette"))
    titled = claim_of(spoken("The bridge cost 9 crowns.", "9", title="The Herald on bridges"))
    question = "What did the bridge cost, according to the Herald?"
    assert [speaks_to(question, claim) for claim in (herald, other, titled)] == [True, False, True]


def test_a_sentence_that_names_nothing_is_about_what_its_passage_names() -> None:
    question = "How many guests came to the fair of Sandholm?"
    text = "Sandholm was full. Bo was there. Around 9 guests came to the fair."
    assert speaks_to(question, claim_of(spoken(text, "9")))
    other = "Sandholm was full. Bo was there. Around 9 guests came to the fair of Vey."
    assert not speaks_to(question, claim_of(spoken(other, "9")))
    assert not speaks_to(question, claim_of(spoken("Around 9 guests came to the fair.", "9")))


@pytest.mark.parametrize(
    ("text", "words", "other", "both"),
    [
        ("It rose by 9%; the average was 8%.", "9%", "8%", True),
        ("It rose by 9%. The average was 8%.", "9%", "8%", False),
        ("From six hosts in 2018 to nine in 2020.", "six", "9", True),
        ("In 2022 it had 900 guests.", "900", "2,000", False),  # a year is no figure
        ("It opened on 3 May 2019, not on 4 May 2019.", "3 May 2019", "4 May 2019", True),
        ("Orre designed it, not Falk.", "Orre", "Falk", True),
        ("Orre designed it, not Falk.", "Orre", "Maren Falk", False),
    ],
)
def test_who_tells_both_figures_explains_them(
    text: str, words: str, other: str, both: bool
) -> None:
    assert tells(claim_of(spoken(text, words)), value(other)) is both


def test_a_share_of_something_is_no_growth() -> None:
    growth = claim_of(spoken("Trade grew by 9%.", "9%"))
    share = claim_of(spoken("Trade is one third of it.", "one third"))
    assert not one_thing("What growth did trade reach?", growth, share)
    assert not one_thing("What growth did trade reach in May 2021?", share, growth)
    assert one_thing("What share is trade?", growth, share)
