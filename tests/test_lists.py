"""Answers that are lists."""

from __future__ import annotations

import re

import pytest
from hypothesis import given

from qa.bounds import widen
from qa.lists import asks_for_several, joined, listing
from qa.types import Passage, Span
from tests.test_bounds import inner, stretches

LISTS = """
    by <Huawei>, <Tencent> and <Baidu> => Huawei, Tencent and Baidu
    by <Huawei>, Tencent and <Baidu> => Huawei, Tencent and Baidu
    by <Huawei>, <Tencent> and Baidu. => Huawei, Tencent and Baidu
    by <Huawei>, <Tencent>, the DJI Group and JD => Huawei, Tencent, the DJI Group and JD
    by <Huawei>, <Tencent>, and the Bank of China. => Huawei, Tencent, and the Bank of China
    by <Huawei> and the <Alibaba Group> => Huawei and the Alibaba Group
    by <Huawei>; <Tencent>; or <Baidu> => Huawei; Tencent; or Baidu
    by <Huawei> as well as <Tencent> => Huawei as well as Tencent
    by <Tencent> & <Baidu> => Tencent & Baidu
    by <Hua>wei, <Ten>cent => Huawei, Tencent
    by the <Ministry of Trade>, the <Bank of China> => Ministry of Trade, the Bank of China
    for <robots>, <drones> and <sensors> here => robots, drones and sensors
    for <robots>, drones, smart cars and <chips> => robots, drones, smart cars and chips
    for <big data>, <robots> and smart cars. => big data, robots and smart cars
    for <technology>, <capital>, talent and data; => technology, capital, talent and data
    for <robots>, <drones> and sensors danced. => robots, drones
    in <2018>, <2019> and 2021. => 2018, 2019 and 2021
    worth <5> million yuan and <6> million => 5 million yuan and 6 million
    有<华为>、<腾讯>和<百度>参加 => 华为、腾讯和百度
    有<华为>、阿里、<百度>参加 => 华为、阿里、百度
    by <Huawei> and <Tencent>, and Baidu opened a lab => Huawei and Tencent
    by <Huawei>, <Tencent>, which Baidu owns, and others => Huawei, Tencent
    by <Huawei>, <Tencent> and Baidu's founder => Huawei, Tencent
    by <Huawei>, <Tencent> (2019) and Baidu => Huawei, Tencent
    | <Huawei>, <Tencent> and Baidu | Chongqing | => Huawei, Tencent and Baidu
    by <Huawei>, <Tencent>. Alibaba and Baidu came. => Huawei, Tencent
"""
NO_LISTS = [
    "by <Huawei>",
    "<Huawei> met <Tencent>",
    "<Huawei> of <China>",
    "<Huawei>, which met <Tencent>",
    "<Huawei>, it was said, and <Tencent>",
    "<Huawei>, the firm that makes phones, and <Tencent>",
    "<Huawei>, robots and <Tencent>",
    "<Huawei> (and <Tencent>)",
    "<Huawei> in Shenzhen, and <Tencent>",
    "| <Huawei> | <Tencent> |",
    "<Huawei>. And <Tencent>",
    "They met <Huawei>, Tencent. Then <Baidu> came",
    "<Huawei>,\n\n<Tencent>",
    "- <Huawei>,\n- <Tencent>",
    "<Huawei>, Tencent and one very long run of quite many words, <Baidu>",
]


def marked(line: str) -> tuple[str, list[tuple[int, int]]]:
    """A text and the stretches that stand between "<" and ">" in it."""
    parts = re.split("[<>]", line)
    offsets = [len("".join(parts[:count])) for count in range(1, len(parts))]
    return "".join(parts), list(zip(offsets[::2], offsets[1::2], strict=True))


@pytest.mark.parametrize("line", LISTS.strip().splitlines())
def test_a_list_goes_from_its_first_to_its_last_item(line: str) -> None:
    text, spans = marked(line.strip().split(" => ")[0])
    found = listing(text, spans[::-1])
    assert found is not None
    assert text[slice(*found)] == line.split(" => ")[1]


@pytest.mark.parametrize("line", NO_LISTS)
def test_what_is_no_enumeration_is_no_list(line: str) -> None:
    assert listing(*marked(line)) is None


def test_a_list_may_be_wrapped_as_its_sentence_is() -> None:
    line = "The guests of this year's opening ceremony in the great hall were <Huawei>,\n<Tencent>"
    text, spans = marked(line + " and Baidu.")
    found = listing(text, spans)
    assert found is not None
    assert text[slice(*found)] == "Huawei,\nTencent and Baidu"


def test_items_that_overlap_are_one() -> None:
    text, [(start, middle), (_, end)] = marked("by <Huawei> and <Tencent>")
    assert listing(text, [(start, middle), (start, end)]) is None
    assert listing(text + ", Baidu", [(start, end), (start, middle), (end + 2, end + 7)]) == (
        start,
        end + 7,
    )


@given(stretches(2))
def test_a_list_holds_its_items_and_ends_where_answers_end(
    case: tuple[str, list[tuple[int, int]]],
) -> None:
    text, spans = case
    found = listing(text, spans)
    widened = [widen(text, *span) for span in spans]
    assert listing(text, widened[::-1]) == found
    if found is None:
        return
    assert widen(text, *found) == found
    for start, end in widened:
        assert set(inner(text, start, end)) <= set(inner(text, *found))
    farthest = max(end for _, end in widened)
    assert not re.search(r"[\n\r\f\v\x85\u2028\u2029|]", text[farthest : found[1]])


@pytest.mark.parametrize(
    ("question", "several"),
    [
        ("Which companies took part?", True),
        ("What two cities host it?", True),
        ("Who were the winners?", True),
        ("Winners of which prizes spoke?", True),
        ("List the partners.", True),
        ("Which company took part?", False),
        ("What does the bus do?", False),
        ("What is the process called?", False),
        ("When was it opened?", False),
    ],
)
def test_what_asks_for_several_things(question: str, several: bool) -> None:
    assert asks_for_several(question) is several


TEXT = "Guests came from Huawei, Alibaba and Tencent. Baidu stayed away."
PASSAGE = Passage("a.txt", "", 100, 100 + len(TEXT), TEXT)


def span(words: str, score: float) -> Span:
    start = 100 + TEXT.index(words)
    return Span(PASSAGE, start, start + len(words), words, score)


def test_comparable_items_become_one_list() -> None:
    spans = [span("Alibaba", 3.0), span("Huawei", 2.0)]
    whole, other = joined("Which companies sent guests?", [*spans, span("stayed", -5.0)])
    assert (whole.text, whole.start, whole.score) == ("Huawei, Alibaba and Tencent", 117, 3.0)
    assert other.text == "stayed"


def test_a_question_for_one_thing_keeps_its_span() -> None:
    spans = [span("Alibaba", 3.0), span("Huawei", 2.0)]
    assert joined("Which company sent guests?", spans) == spans


def test_an_item_far_less_likely_is_none() -> None:
    spans = [span("Alibaba", 3.0), span("Huawei", -2.0)]
    assert joined("Which companies sent guests?", spans) == spans


def test_no_spans_no_list() -> None:
    assert joined("Which companies sent guests?", []) == []
