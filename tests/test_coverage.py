"""Coverage: how much of a question stands in a passage, its title or heading."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.coverage import coverage
from qa.types import Passage

WORDS = ["robots", "dancing", "hall", "2018", "530", "Lijia", "the", "of", "who"]
TEXTS = st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)


def passage(text: str, title: str = "", heading: str = "") -> Passage:
    return Passage("a.md", heading, 0, len(text), text, title)


@given(TEXTS, TEXTS, TEXTS, TEXTS)
def test_it_is_the_share_of_words_that_stand_anywhere(
    question: str, title: str, heading: str, text: str
) -> None:
    told = f"{title} {heading} {text}".split()
    asked = {word for word in question.split() if word not in ("the", "of", "who")}
    share = sum(word in told for word in asked) / len(asked) if asked else 1.0
    assert coverage(question, passage(text, title, heading)) == pytest.approx(share)


def test_inflection_and_case_do_not_count() -> None:
    assert coverage("Which ROBOT danced?", passage("Robots dancing")) == 1.0


def test_a_word_that_is_asked_twice_counts_once() -> None:
    assert coverage("robots, robots and halls", passage("robots")) == 0.5


def test_a_question_without_terms_lacks_nothing() -> None:
    assert coverage("Who is it?", passage("")) == coverage("", passage("Robots")) == 1.0


def test_nothing_is_covered_by_an_empty_passage() -> None:
    assert coverage("Which robots?", passage("")) == 0.0
