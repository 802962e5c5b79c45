"""What a browser remembers and reports is believed only as far as it is well formed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.errors import QAError
from qa.surfaces.web.deed import Deed
from qa.surfaces.web.talk import LONGEST, REMEMBERED, Asked, Talk, is_question, recalled
from qa.surfaces.web.turn import Turn
from tests.web.fakes import answer_of, article

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inside: (
        st.lists(inside, max_size=3)
        | st.dictionaries(
            st.sampled_from(["question", "collection", "alone", "deed", "turn"]), inside
        )
    ),
)


def turn(question: str, collection: str = "a") -> Turn:
    document = article("", "It was ", "530", ".", "")
    answer = replace(
        answer_of(document, "", "It was ", "530", "."), resolved_question=f"{question}!"
    )
    return Turn(question, answer, collection)


@given(ANYTHING)
def test_nothing_ill_formed_is_asked_again(remembered: Any) -> None:
    for asked in recalled(remembered, {"a"}):
        assert is_question(asked.question)
        assert asked.collection == "a"


@given(ANYTHING)
def test_a_deed_has_the_shape_of_one(data: Any) -> None:
    deed = Deed.of(data)
    assert (type(deed.name), type(deed.words), type(deed.turn)) == (str, str, int)


def test_numbers_that_are_truths_are_no_numbers() -> None:
    assert Deed.of({"deed": "why", "turn": True, "number": 1.0}) == Deed("why")


def test_what_is_remembered_is_recalled() -> None:
    talk = Talk("a", (turn("Who?"), replace(turn("Where?", "b"), alone=True)))
    assert [*recalled(talk.to_remember(), {"a", "b"})] == [
        Asked("Who?", "a"),
        Asked("Where?", "b", alone=True),
    ]
    assert [*recalled(talk.to_remember(), {"b"})] == [Asked("Where?", "b", alone=True)]


def test_only_the_latest_questions_are_remembered_and_no_answers() -> None:
    talk = Talk("a")
    for number in range(LONGEST + 5):
        talk = talk.plus(turn(f"{number}?"))
    assert len(talk.turns) == LONGEST
    kept = talk.to_remember()
    assert len(kept) == REMEMBERED
    assert kept[-1] == {"question": f"{LONGEST + 4}?", "collection": "a", "alone": False}


@pytest.mark.parametrize("question", ["", "  ", "x" * 2_001, "half \ud800", None, 7, ["Who?"]])
def test_what_is_no_question(question: object) -> None:
    assert not is_question(question)


def test_a_question_that_could_not_be_asked_is_not_remembered() -> None:
    assert Talk("a", (Turn("half \ud800", QAError("")),)).to_remember() == []


def test_a_follow_up_refers_to_what_was_meant_in_the_same_collection() -> None:
    failed = Turn("Why?", QAError("busy"), "a")
    talk = Talk("a", (turn("Who?"), turn("Where?", "b"), failed))
    assert talk.history() == [{"question": "Who?!", "answer": "530"}]
