"""Agreement and conflict: who gives the answer, who another one, and who is independent."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.agreement import independent, sides
from qa.types import Document, Passage, Source, Span

QUESTION = "How many guests came to the Lantern Fair in 2022?"


def said(
    doc_id: str, text: str, words: str, *, title: str = "Lantern Fair", score: float = 0.9
) -> Span:
    """A span over `words` in a document that is one passage."""
    start = text.index(words)
    return Span(
        Passage(doc_id, "", 0, len(text), text, title), start, start + len(words), words, score
    )


def told(*spans: Span, question: str = QUESTION, convincing: float = 0.5) -> list[list[str]]:
    """The documents of each side; a span's score is how likely it is by itself."""
    found = sides(question, spans, lambda span: span.score, convincing)
    return [[span.passage.doc_id for span in side.spans] for side in found]


HERALD = said("herald", "In 2022 the Lantern Fair had 1,200 guests.", "1,200")
GAZETTE = said("gazette", "1.2 thousand guests came to the Lantern Fair of 2022.", "1.2 thousand")
COUNCIL = said("council", "The Lantern Fair 2022 had 900 guests, by our tickets.", "900", score=0.8)


def test_the_same_answer_in_other_words_is_one_side() -> None:
    assert told(HERALD, GAZETTE) == [["gazette", "herald"]]


def test_another_answer_is_another_side() -> None:
    assert told(HERALD, GAZETTE, COUNCIL) == [["gazette", "herald"], ["council"]]


def test_there_may_be_more_than_two_sides() -> None:
    third = said("police", "The police saw 2,000 guests at the Lantern Fair 2022.", "2,000")
    assert len(told(HERALD, COUNCIL, third)) == 3


def test_no_spans_are_no_sides() -> None:
    assert told() == []


def test_what_is_less_likely_than_not_does_not_contradict() -> None:
    assert told(HERALD, replace(COUNCIL, score=0.5)) == [["herald"], ["council"]]
    assert told(HERALD, replace(COUNCIL, score=0.49)) == [["herald"]]


def test_a_name_that_differs_has_to_convince() -> None:
    question = "Who designed the Quarry Theatre?"
    falk = said("a", "The Quarry Theatre was designed by Maren Falk.", "Maren Falk")
    orre = said("b", "The Quarry Theatre was designed by Jonas Orre.", "Jonas Orre", score=0.8)
    assert told(falk, orre, question=question, convincing=0.8) == [["a"], ["b"]]
    assert told(falk, orre, question=question, convincing=0.81) == [["a"]]


def test_the_same_said_without_much_conviction_still_agrees() -> None:
    unsure = said("note", "The Lantern Fair 2022 had 1,200 guests.", "1,200", score=0.6)
    assert told(HERALD, unsure, convincing=0.85) == [["herald", "note"]]
    hardly = said("note", "The Lantern Fair 2022 had 1,200 guests.", "1,200", score=0.4)
    assert told(HERALD, hardly) == [["herald"]]


def test_a_document_that_tells_both_figures_is_on_no_other_side() -> None:
    text = "The Lantern Fair 2022 had 900 guests by our tickets; the Herald wrote 1,200 guests."
    both = said("council", text, "900", score=0.8), said("council", text, "1,200", score=0.7)
    assert told(HERALD, *both) == [["herald", "council"]]
    assert told(*both) == [["council"]]
    assert told(HERALD, *both, replace(COUNCIL, passage=replace(COUNCIL.passage, doc_id="z"))) == [
        ["herald", "council"],
        ["z"],
    ]


@pytest.mark.parametrize(
    ("text", "words", "title"),
    [
        ("The Lantern Fair had 900 guests in 2021.", "900", "Lantern Fair"),
        ("The fair had 900 guests.", "900", "Lantern Fair 2021"),
        ("The Salt Market had 900 guests in 2022.", "900", "Markets of 2022"),
        ("The Lantern Fair of 2022 cost 900 crowns.", "900 crowns", "Lantern Fair"),
        ("At the Lantern Fair 2022 there were 900 stalls.", "900", "Lantern Fair"),
        ("The Lantern Fair 2022 had 900 guests each day.", "900", "Lantern Fair"),
        ("In November 2022 the Lantern Fair had 900 guests.", "900", "Lantern Fair"),
        ("Of this the fair's 900 members approve.", "900", "Lantern Fair 2022"),
    ],
)
def test_another_year_place_unit_thing_part_or_subject_is_no_other_side(
    text: str, words: str, title: str
) -> None:
    assert told(HERALD, said("other", text, words, title=title, score=0.8)) == [["herald"]]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The Lantern Fair 2022 had some 1,150 guests.", "some 1,150"),
        ("More than 1,000 guests came to the Lantern Fair in 2022.", "More than 1,000"),
        ("The Lantern Fair 2022 was for 1,200 guests.", "1,200 guests"),
    ],
)
def test_another_precision_is_the_same_side(text: str, words: str) -> None:
    assert told(HERALD, said("other", text, words, score=0.8)) == [["herald", "other"]]


def test_dates_are_one_side_where_one_lies_in_the_other() -> None:
    question = "When was the Quarry Theatre opened?"
    day = said("a", "The Quarry Theatre was opened on 21 June 1998.", "21 June 1998")
    month = said("b", "The Quarry Theatre was opened in June 1998.", "June 1998", score=0.8)
    other = said("c", "The Quarry Theatre was opened in July 1998.", "July 1998", score=0.8)
    assert told(day, month, question=question) == [["a", "b"]]
    assert told(day, other, question=question) == [["a"], ["c"]]


def test_names_contradict_but_descriptions_do_not() -> None:
    question = "Who designed the Quarry Theatre?"
    falk = said("a", "The Quarry Theatre was designed by Maren Falk.", "Maren Falk")
    orre = said("b", "The Quarry Theatre was designed by Jonas Orre.", "Jonas Orre", score=0.8)
    short = said("c", "Falk designed the Quarry Theatre.", "Falk", score=0.7)
    someone = said("d", "A local man designed the Quarry Theatre.", "A local man", score=0.8)
    both = said("e", "Ada and Bo designed the Quarry Theatre.", "Ada and Bo", score=0.8)
    assert told(falk, orre, short, question=question) == [["a", "c"], ["b"]]
    assert told(falk, someone, question=question) == [["a"]]
    assert told(falk, both, question=question) == [["a"]]


def test_what_a_pronoun_stands_for_is_read_in_the_sentence_before() -> None:
    text = "The Lantern Fair 2022 was short. It had 900 guests."
    assert told(HERALD, said("other", text, "900", score=0.8)) == [["herald"], ["other"]]
    text = "The Lantern Fair 2022 was short. Our club had 900 guests."
    assert told(HERALD, said("other", text, "900", title="", score=0.8)) == [["herald"]]


SPANS = [
    HERALD,
    GAZETTE,
    COUNCIL,
    said("council", "The Lantern Fair 2022 had 900 guests, by our tickets.", "2022", score=0.6),
    said("police", "The police saw 2,000 guests at the Lantern Fair 2022.", "2,000", score=0.7),
    said("echo", "At the Lantern Fair of 2022 there were 900 guests.", "900", score=0.8),
    said("old", "In 2021 the Lantern Fair had 700 guests.", "700", score=0.8),
    said("copy", "In 2022 the Lantern Fair had 1,200 guests.", "1,200"),
]


@given(st.sets(st.sampled_from(range(len(SPANS)))), st.integers())
def test_the_order_of_the_spans_does_not_matter(chosen: set[int], seed: int) -> None:
    spans = [SPANS[number] for number in sorted(chosen)]
    shuffled = random.Random(seed).sample(spans, len(spans))
    assert told(*shuffled) == told(*spans)


@given(st.sets(st.sampled_from(range(len(SPANS)))))
def test_no_document_is_on_two_sides(chosen: set[int]) -> None:
    placed = [doc_id for side in told(*(SPANS[number] for number in chosen)) for doc_id in side]
    assert len(placed) == len(set(placed))


REPORT, REVIEW = Source("Fair report", "Herald", "2022-11-15"), Source("Review", "Gazette")


def written(doc_id: str, text: str, *sources: Source) -> Document:
    return Document(doc_id, doc_id, text, sources=sources)


def test_documents_with_a_source_in_common_count_once() -> None:
    a, b = written("a", "One text.", REPORT), written("b", "Quite another.", REPORT, REVIEW)
    assert independent([a]) == 1
    assert independent([a, b]) == 1
    assert independent([a, written("c", "Quite another.", REVIEW)]) == 2
    later = Source("Fair report", "Herald", "2023-11-15")
    assert independent([a, written("c", "Quite another.", later)]) == 2
    noted = Source("Fair report", "Herald", "2022-11-15", "printed twice")
    assert independent([a, written("c", "Quite another.", noted)]) == 1


def test_the_ends_of_a_chain_are_independent() -> None:
    a, b = written("a", "One text.", REPORT), written("b", "Another.", REPORT, REVIEW)
    c = written("c", "And a third.", REVIEW)
    assert independent([a, b, c]) == independent([b, c, a]) == 2


def test_near_duplicates_count_once() -> None:
    text = (
        "The Lantern Fair 2022 had 1,200 guests and 86 stalls, and it rained on one day of three."
    )
    copy = text.replace("rained", "snowed")
    assert independent([written("a", text), written("b", copy)]) == 1
    other = "In its third year 1,200 people went to see the lanterns, most of them children."
    assert independent([written("a", text), written("b", copy), written("c", other)]) == 2


def test_no_documents_are_none() -> None:
    assert independent([]) == 0
