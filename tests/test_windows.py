"""Windows: all of a passage, with offsets that fit its text and the question before it."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from qa.reader import BUNDLED
from qa.windows import MAX_CONTEXT, MAX_QUESTION, Tokenizer, Tokens, Window
from tests.texts import articles, ink

TOKENIZER = Tokenizer(BUNDLED / "tokenizer.json")
BEGIN, SEPARATE = 101, 102
# What the base model was never shown: control and format characters, accents on their own,
# characters of private use or of no use yet, and the sign for what could not be decoded.
DROPPED = {"Cc", "Cf", "Co", "Cn", "Mn"}


def made_of(count: int) -> Tokens:
    """A passage whose tokens are all different, each two characters after the last."""
    numbers = range(count)
    return Tokens(
        [1000 + n for n in numbers], [2 * n for n in numbers], [2 * n + 1 for n in numbers]
    )


def windows_of(
    passage: Tokens,
    question: Sequence[int] = (7,),
    context: Sequence[int] = (8, 9),
    max_tokens: int = 384,
    stride: int = 128,
) -> list[Window]:
    return list(TOKENIZER.windows(question, context, passage, max_tokens, stride))


@given(articles)
@example("cafe\u0301 a\u0300\u0316b \u0301 İstanbul ß \ufb01ne ½ \x00a\x00 \ufffd")
@example("👩‍👩‍👧 👍🏽 🇨🇳 机器人跳舞。한국어 \u200b\u200d\ufeff " + "x" * 300)
@example("[SEP] robots [CLS] danced [PAD][MASK] [UNK]")
def test_a_token_s_offsets_are_a_stretch_of_the_text(text: str) -> None:
    tokens = TOKENIZER.tokens(text)
    assert len(tokens.ids) == len(tokens.starts) == len(tokens.ends)
    assert all(0 <= a < b <= len(text) for a, b in zip(tokens.starts, tokens.ends, strict=True))
    assert tokens.starts == sorted(tokens.starts)
    assert tokens.ends == sorted(tokens.ends)


@given(articles)
@example("cafe\u0301 ½ \ufb01ne, 机器人 한국어 🇨🇳!")
def test_no_character_that_can_be_read_is_outside_of_the_tokens(text: str) -> None:
    tokens = TOKENIZER.tokens(text)
    held = {n for a, b in zip(tokens.starts, tokens.ends, strict=True) for n in range(a, b)}
    outside = {text[n] for n in ink(text) if n not in held} - {"\ufffd"}
    assert {unicodedata.category(character) for character in outside} <= DROPPED


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("🤖 Robots danced.", ["🤖", "Robots", "danced", "."]),
        ("机器人", ["机", "器", "人"]),
        ("a\r\n\u2028\tb", ["a", "b"]),
        ("31.9% of £5m", ["31", ".", "9", "%", "of", "£5", "m"]),
        ("", []),
        (" \n\u3000", []),
    ],
)
def test_offsets_count_code_points(text: str, tokens: list[str]) -> None:
    found = TOKENIZER.tokens(text)
    stretches = [text[a:b] for a, b in zip(found.starts, found.ends, strict=True)]
    assert stretches == tokens


@pytest.mark.parametrize("mark", ["[CLS]", "[SEP]", "[PAD]", "[UNK]", "[MASK]"])
def test_an_article_cannot_write_the_marks_that_separate_it(mark: str) -> None:
    ids = TOKENIZER.tokens(f"Robots {mark} danced").ids
    assert not {0, 100, 101, 102, 103} & set(ids)
    assert len(ids) >= 5


@given(
    count=st.integers(0, 900),
    question=st.lists(st.integers(200, 300), max_size=90),
    context=st.lists(st.integers(400, 500), max_size=MAX_CONTEXT),
    max_tokens=st.integers(MAX_QUESTION + MAX_CONTEXT + 5, 500),
    stride=st.integers(1, 200),
)
def test_windows_hold_every_token_of_the_passage_with_its_offsets(
    count: int, question: list[int], context: list[int], max_tokens: int, stride: int
) -> None:
    passage = made_of(count)
    windows = windows_of(passage, question, context, max_tokens, stride)
    seen: list[int] = []
    for window in windows:
        assert len(window.ids) == len(window.types) <= max_tokens
        separated = [*context, SEPARATE] if context else []
        before = [BEGIN, *question[:MAX_QUESTION], SEPARATE, *separated]
        assert (window.ids[: window.first], window.ids[-1]) == (before, SEPARATE)
        asked = min(len(question), MAX_QUESTION) + 2
        assert window.types == [0] * asked + [1] * (len(window.ids) - asked)
        places = [number - 1000 for number in window.ids[window.first : -1]]
        assert list(window.starts) == [passage.starts[place] for place in places]
        assert list(window.ends) == [passage.ends[place] for place in places]
        assert places == list(range(places[0], places[0] + len(places))) if places else not count
        seen += places
    assert set(seen) == set(range(count))


def test_neighbouring_windows_are_a_stride_apart_and_the_last_is_needed() -> None:
    room = 384 - 7
    for count, expected in ((0, 1), (room, 1), (room + 1, 2), (room + 128, 2), (room + 129, 3)):
        windows = windows_of(made_of(count))
        assert len(windows) == expected
        assert [w.starts[0] for w in windows if w.starts] == [
            2 * 128 * n for n in range(expected) if count
        ]


def test_no_context_takes_its_separator_along() -> None:
    (window,) = windows_of(made_of(1), [7], [])
    assert window.ids == [BEGIN, 7, SEPARATE, 1000, SEPARATE]
    assert window.types == [0, 0, 0, 1, 1]
    assert TOKENIZER.context("", "") == []


def test_a_context_is_the_title_and_the_heading_and_is_cut() -> None:
    both = [*TOKENIZER.tokens("Expo").ids, *TOKENIZER.tokens("Robots > Dances").ids]
    assert TOKENIZER.context("Expo", "Robots > Dances") == both
    assert TOKENIZER.context("Expo", "") == TOKENIZER.tokens("Expo").ids
    assert len(TOKENIZER.context("?!" * 500, "机器" * 500)) == MAX_CONTEXT
