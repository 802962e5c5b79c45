"""Where sentences end: spans hold all ink, in order, and end where a reader would end them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.sentences import sentence_spans
from tests.texts import articles, ink


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    "text",
    [
        "It cost 94.47 billion U.S. dollars.|It grew.",
        "The U.S. market grew.|It is large.",
        "It grew in the U.S.|The market is large.",
        "Dr. Li met Mr. Smith and Prof. J. Smith.|They danced.",
        "See No. 5 and Fig. 3.2.|Then stop.",
        "He said no.|Then he left.",
        "It is a work of art.|Robots made it.",
        "Opened on Aug. 23 in Chongqing.|Robots danced.",
        "Robots, e.g. R2, danced.|Others (i.e. D2) slept.",
        "It grew 3.5 percent to 1,200.|More came.",
        'He said "It danced."|Then it slept.',
        "She said \u201cGo!\u201d|They went.",
        "Really?!|Yes.|Wow...|Well.",
        "\u201cReally?\u201d she asked.|\u201cYes.\u201d",
        "(It danced.)|[It slept.]|It woke.",
        "他说\u201c你好。\u201d|然后走了。",
        "「はい。」|彼は言った。",
        "1. Robots danced.|2. Crowds came.",
        "Version 2.0 of qa.open runs. it stays one sentence",
        "No marks at all",
        "Robots danced 🤖.|Crowds came 🎉!|E\u0301lan.",
        "One.|One.|One.",
        "End at 5 p.m.|The crowd left.",
        "Visit example.com.|Robots danced.",
        "The Ph.D. Li danced with non-U.S. Robots.|They slept.",
        "Wrapped\nover lines.|And\r\nagain.",
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str) -> None:
    """A "|" stands where one is to end."""
    assert sentences(text.replace("|", " ")) == text.split("|")


def test_full_width_marks_need_no_space() -> None:
    assert sentences("机器人跳舞。人群鼓掌！“好？”完") == [
        "机器人跳舞。",
        "人群鼓掌！",
        "“好？”",
        "完",
    ]


@pytest.mark.parametrize("text", ["", " ", "\r\n\f\t", "\u3000"])
def test_white_space_has_no_sentences(text: str) -> None:
    assert sentence_spans(text) == []


@given(articles, st.data())
def test_spans_hold_all_ink_of_the_stretch_once_and_in_order(
    text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    spans = sentence_spans(text, start, end)
    edges = [edge for span in spans for edge in span]
    assert edges == sorted(edges)
    assert all(start <= first < last <= end for first, last in spans)
    assert [n for first, last in spans for n in ink(text, first, last)] == ink(text, start, end)
    for first, last in spans:
        assert not text[first].isspace()
        assert not text[last - 1].isspace()


@given(articles)
def test_what_stands_around_a_stretch_does_not_matter(text: str) -> None:
    alone = sentence_spans(text)
    shifted = sentence_spans(f"Before. {text}\n\nAfter.", 8, 8 + len(text))
    assert shifted == [(first + 8, last + 8) for first, last in alone]


@pytest.mark.parametrize(
    "text",
    [
        "." * 1_000_000 + "x",
        ".)" * 500_000 + "x",
        "." + ")" * 1_000_000 + "x",
        ".'" * 500_000 + "x ",
        "?! " * 300_000,
        " " * 1_000_000,
        "A" + ".A" * 500_000 + ". B",
        "a. " * 200_000,
        "。" * 1_000_000,
        "x" * 2_000_000,
        "no end to these words " * 90_000,
    ],
    ids=lambda text: f"{text[:6]!r}",
)
def test_long_runs_come_to_an_end(text: str) -> None:
    """Quadratic time would be hours here."""
    spans = sentence_spans(text)
    assert sum(last - first for first, last in spans) >= len(text.strip()) // 2
