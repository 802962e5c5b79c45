"""Values: what answers say, whatever their wording."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from qa.values import Date, Number, Words, comparable, compatible, value


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1,200", "1,200"),
        ("1.2 thousand", "1,200"),
        ("1 200", "1,200"),
        ("Ninety-two contracts", "92 contract"),
        ("two hundred and fifty", "250"),
        ("two and a half million people", "2,500,000 peopl"),
        ("2½ million", "2,500,000"),
        ("a dozen", "12"),
        ("half a million", "500,000"),
        ("one third of the economy", "100/3 %"),
        ("three-quarters", "75 %"),
        ("3.5亿元", "350,000,000 CNY"),
        ("٣٤", "34"),
        ("\N{FULLWIDTH DIGIT THREE}4", "34"),
        ("33.628 billion yuan", "33,628,000,000 CNY"),
        ("RMB212.1 billion", "212,100,000,000 CNY"),
        ("US$94.47 billion", "94,470,000,000 USD"),
        ("roughly 10 U.S. dollars", "9 to 11 USD"),
        ("by 38.4%", "38.4 %"),
        ("58.7 per cent", "58.7 %"),
        ("3 percentage points", "3 pp"),
        ("-5%", "-5 %"),
        ("20 to 30 percent", "20 to 30 %"),
        ("20% to 30%", "20 to 30 %"),
        ("20 to 30 million", "20,000,000 to 30,000,000"),
        ("more than 110,000 enterprises", "110,000 to 120,000 enterpri"),
        ("nearly 500", "400 to 500"),
        ("500+", "500 to 600"),
        ("two years", "24 month"),
        ("3 hours", "10,800 second"),
        ("5km", "5,000 metre"),
        ("501 major projects in the city", "501 major project"),
    ],
)
def test_numbers(text: str, said: str) -> None:
    assert isinstance(value(text), Number)
    assert str(value(text)) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("23 August 2018", "2018-08-23 to 2018-08-23"),
        ("on Monday, August 23, 2021", "2021-08-23 to 2021-08-23"),
        ("Aug. 23rd, 2021", "2021-08-23 to 2021-08-23"),
        ("from 23 to 25 August 2018", "2018-08-23 to 2018-08-25"),
        ("August 23–25, 2018", "2018-08-23 to 2018-08-25"),
        ("26 August to 2 September 2019", "2019-08-26 to 2019-09-02"),
        ("2018-08-23", "2018-08-23 to 2018-08-23"),
        ("in August 2021", "2021-08-01 to 2021-08-31"),
        ("2018", "2018-01-01 to 2018-12-31"),
        ("since 2018", "2018-01-01 to 2018-12-31"),
        ("2018-19", "2018-01-01 to 2019-12-31"),
        ("from 2018 to 2022", "2018-01-01 to 2022-12-31"),
        ("the first half of 2021", "2021-01-01 to 2021-06-30"),
        ("the fourth quarter of 2021", "2021-10-01 to 2021-12-31"),
        ("the 1990s", "1990-01-01 to 1999-12-31"),
        ("22 to 24 August", "22 aug to 24 aug"),
        ("29 February", "29 feb to 29 feb"),
        ("2021年8月23日", "2021-08-23 to 2021-08-23"),
    ],
)
def test_dates(text: str, said: str) -> None:
    assert isinstance(value(text), Date)
    assert str(value(text)) == said


@pytest.mark.parametrize(
    "text",
    [
        *("5G", "5G networks", "COVID-19", "1.2.3", "9:30 a.m.", "24-10", "9" * 50, "", "?!"),
        *("Smart China Expo 2019", "hundreds of thousands", "an app", "the second"),
    ],
)
def test_what_is_neither_is_words(text: str) -> None:
    assert isinstance(value(text), Words)


@pytest.mark.parametrize(
    ("a", "b", "together"),
    [
        ("1.2 trillion yuan", "1,200 billion yuan", True),
        ("33.628 billion", "33.628 billion yuan", True),
        ("33.628 billion yuan", "26 billion", False),
        ("33.6 billion", "33.628 billion yuan", True),
        ("26 billion", "26.4 billion", True),
        ("26 billion", "27 billion", False),
        ("30 billion", "33.6 billion", False),
        ("500", "501", False),
        ("31.9%", "32 percent", True),
        ("54.6 percent", "58.7%", False),
        ("one third", "33.3%", True),
        ("more than 500", "501", True),
        ("over 600", "501", False),
        ("more than 500", "700", False),
        ("more than 800", "843 firms", True),
        ("about 500", "540", True),
        ("about 500", "560", False),
        ("nearly 500", "493", True),
        ("20 to 30 percent", "25%", True),
        ("24 months", "two years", True),
        ("24 months", "36 months", False),
        ("2018", "2,018", True),
        ("1850", "1,851", False),
        ("2021", "23 August 2021", True),
        ("23 August", "23 August 2021", True),
        ("23 August", "24 August 2021", False),
        ("23 to 25 August 2021", "25 August 2021", True),
        ("26 to 29 August 2019", "25 to 28 August 2019", False),
        ("2018", "2019", False),
        ("Qin Shubin", "Qin", True),
        ("The Expo Center", "expo centers", True),
        ("Huawei and Tencent", "Tencent", True),
        ("Ada", "Bob", False),
        ("501 major projects", "530 projects", False),
        ("501 major projects", "501", True),
        ("five verses today", "five verses", True),
    ],
)
def test_what_can_be_true_together(a: str, b: str, together: bool) -> None:
    assert comparable(value(a), value(b))
    assert compatible(value(a), value(b)) is together
    assert compatible(value(b), value(a)) is together


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("612 billion yuan", "94.47 billion U.S. dollars"),
        ("26 billion yuan", "58.7%"),
        ("501 projects", "92 contracts"),
        ("60 digital workshops", "60 billion yuan"),
        ("32 secondary nodes", "32 enterprise nodes"),
        ("3 percent", "3 percentage points"),
        ("501", "Chongqing"),
        ("August 2021", "92 contracts"),
    ],
)
def test_what_cannot_be_compared(a: str, b: str) -> None:
    assert not comparable(value(a), value(b))
    assert not compatible(value(a), value(b))


PARTS = st.sampled_from(
    """more than|about|nearly|a total of|the|in|from|to|and|-|%|$|US$|RMB|yuan|U.S. dollars|percent
    |per cent|1,200|1.2|3|20|2018|2021|23|thousand|billion|million|hundred|dozen|half|a|third|/|½
    |ninety|two|one|projects|August|Monday|of|first|quarter|亿|元|5G|0|generously|happily|'s|+|–|٣""".replace(
        "\n", ""
    ).split("|")
)
TEXTS = st.lists(PARTS | st.text(max_size=6), max_size=8).map(" ".join) | st.text(max_size=40)


@given(TEXTS)
@example("(who) 500")
@example("a a a dozen")
def test_a_value_said_again_is_itself(text: str) -> None:
    assert value(str(value(text))) == value(text)


@given(TEXTS, TEXTS)
def test_comparing_has_no_order(a: str, b: str) -> None:
    one, other = value(a), value(b)
    assert comparable(one, other) == comparable(other, one)
    assert compatible(one, other) == compatible(other, one)
    assert compatible(one, one)


@pytest.mark.parametrize(
    "part",
    ["9", "1,", "one hundred ", "and ", "a ", "more than ", "1/", "½", "2018 to ", "(", "亿"],
)
def test_a_hostile_text_takes_no_longer_than_another(part: str) -> None:
    started = time.perf_counter()
    value(part * 20_000)
    assert time.perf_counter() - started < 2
