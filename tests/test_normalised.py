"""One spelling of a text, and the way back to the original."""

from __future__ import annotations

import sys
import time
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.normalised import Normalised, normalise
from tests.texts import articles

_PIECES = [
    *("Robots", "robots", "36 months", "1,200", "1200", "1,200,000", "12,34", "0.5", "10²", "½"),
    *("“", "”", "‘", "«", '"', "'", "`", "´", "–", "—", "-", "−", ",", ".", "％", "%", "₂"),
    *(
        " ",
        "  ",
        "\n",
        "\r\n",
        "\t",
        "\u00a0",
        "\u3000",
        "\f",
        "\x00",
        "\u00ad",
        "\u200b",
        "\ufe0f",
    ),
    *("e\u0301", "é", "ﬁnal", "final", "Å", "\u030a", "\u0323", "\u0345", "ß", "SS", "İ", "Σς"),
    *(
        "１，２００",
        "机器人",
        "ｶﾞ",
        "ガ",
        "각",
        "\u1100\u1161",
        "🤖",
        "👩‍👩‍👧",
        "\u202e",
        "㎡",
        "№",
        "…",
    ),
]
texts = st.one_of(articles, st.lists(st.sampled_from(_PIECES), max_size=30).map("".join))
# Long enough to be cut into blocks.
long_texts = st.tuples(texts, st.integers(1, 1200), texts).map(
    lambda t: (t[0] + "x1,") * t[1] + t[2]
)


def slow_normalise(text: str) -> str:
    """The same in one go, a character at a time."""
    plain = "".join(normalise(c).replace(" ", c) if c.isspace() else normalise(c) for c in text)
    spaced = " ".join(unicodedata.normalize("NFD", plain).split())
    return normalise(spaced)


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("Robots  danced\r\nthere", "robots danced there"),
        ("\u00a0Robots\u3000danced\x0c", " robots danced "),
        ("“Robots” ‘danced’ «there»", '"robots" \'danced\' "there"'),
        ("2018–2022 — vice‑mayor −5", "2018-2022 - vice-mayor -5"),
        ("oﬃce Ⅳ ３６ ㎞ ℃ Å", "office iv 36 km °c a\u030a"),
        ("café", "cafe\u0301"),
        ("STRASSE", "straße"),
        ("1,200 and 1,200,000.5", "1200 and 1200000.5"),
        ("１，２００", "1200"),
        ("soft\u00adhyphen zero\u200bwidth", "softhyphen zerowidth"),
    ],
)
def test_what_does_not_matter(written: str, same: str) -> None:
    assert normalise(written) == normalise(same)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("36 months", "24 months"),
        ("10² m", "102 m"),
        ("1½ years", "11⁄2 years"),
        ("① robot", "1 robot"),
        ("⒈5", "1.5"),
        ("H₂O", "H2O"),
        ("1.200", "1,200"),
        ("1,20", "120"),
        ("12,34", "1234"),
        ("2018,200", "2018200"),
        ("1,200,30", "120030"),
        ("0,200.5,300", "0200.5300"),
        ("5′", '5"'),
        ("-5", "5"),
        ("10-5", "105"),
        ("24 %", "24%"),
        ("cafe", "café"),
        ("now here", "nowhere"),
        ("\u202e42", "42"),
        ("a\x00b", "ab"),
        ("機", "机"),
    ],
)
def test_what_does(one: str, other: str) -> None:
    assert normalise(one) != normalise(other)


def test_every_character_is_normal_after_one_go() -> None:
    every = [chr(n) for n in range(sys.maxunicode + 1) if not 0xD800 <= n < 0xE000]
    once = normalise("x".join(every))
    assert normalise(once) == once


def test_no_character_but_a_digit_becomes_a_figure() -> None:
    every = [chr(n) for n in range(sys.maxunicode + 1) if not 0xD800 <= n < 0xE000]
    made = normalise("\n".join(c for c in every if not c.isdecimal()))
    assert not set(made) & set("0123456789")


@given(texts)
def test_twice_is_as_good_as_once(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(texts)
def test_it_is_what_the_slow_way_gives(text: str) -> None:
    assert normalise(text).strip() == slow_normalise(text).strip()


@given(st.one_of(texts, long_texts), st.data())
def test_every_match_leads_back_to_what_is_the_quote_normalised(
    text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 60)))
    quote = data.draw(st.one_of(st.just(text[start:end]), texts))
    found = list(Normalised.of(text).find(quote))
    for first, last in found:
        assert normalise(text[first:last]).strip() == normalise(quote).strip()
        assert text[first:last].strip() == text[first:last]
    assert all(one[1] <= other[0] for one, other in pairwise(found))


@given(texts, texts, texts)
def test_what_stands_there_is_found(before: str, quote: str, after: str) -> None:
    text = f"{before} x\n{quote}\ny {after}"
    found = list(Normalised.of(text).find(quote))
    if not normalise(quote).strip():
        assert found == []
        return
    start = len(before) + 3
    covered = {n for stretch in found for n in range(*stretch)}
    ink = [n for n, c in enumerate(quote) if normalise(c).strip()]
    if not unicodedata.combining(normalise(quote).strip()[0]):
        assert {start + ink[0], start + ink[-1]} <= covered


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("café", "cafe"),
        ("cafe\u0301", "cafe"),
        ("oﬃce", "of"),
        ("각", "가"),
        ("1,200", "1"),
        ("1,200", "12"),
        ("1,200", "200"),
        ("1200", "20"),
        ("10²", "10"),
        ("words", ""),
        ("words", " \u200b\n"),
        ("", "words"),
    ],
)
def test_no_match_is_a_part_of_a_character_or_of_a_number(text: str, quote: str) -> None:
    assert list(Normalised.of(text).find(quote)) == []


def test_places_are_those_of_the_original() -> None:
    text = "A “ﬁne”\u00ad \u200b\n  day – A 'fine' day"
    found = list(Normalised.of(text).find("FINE"))
    assert [text[start:end] for start, end in found] == ["ﬁne", "fine"]
    found = list(Normalised.of(text).find('"fine" day'))
    assert [text[start:end] for start, end in found] == ["“ﬁne”\u00ad \u200b\n  day"]


@pytest.mark.parametrize(
    "text",
    [
        " " * 300_000,
        "e" + "\u0301" * 30_000,
        "\u200b" * 300_000,
        "机" * 300_000,
        "1," * 150_000,
        "a" * 300_000,
        "é\u00a0" * 150_000,
    ],
    ids=["spaces", "marks", "unseen", "unspaced", "commas", "one word", "beyond ASCII"],
)
def test_long_runs_take_no_longer_than_other_text(text: str) -> None:
    began = time.process_time()
    assert list(Normalised.of(text + " Robots danced.").find("robots  DANCED")) == [
        (len(text) + 1, len(text) + 14)
    ]
    assert time.process_time() - began < 5
