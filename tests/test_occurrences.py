"""Where a quotation may stand, and what it may not cut."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.occurrences import is_whole, nearest_occurrence, occurrences, whole
from tests.texts import articles

TEXT = (
    "The 2018-19 fair of 26 August 2019 (2019-08-26) cost $24\nmillion, was up 31.9 percent or "
    "12% in 36 months; -5 degrees, 20 to 30 robots, O'Brien, vice-director, 1,200 yuan, 机器人十五."
    "\n\nThousands came at 24\n\nMillions stayed."
)


@pytest.mark.parametrize(
    "quote",
    [
        *("fair of 26 August", "August 2019", "36", "36 months", "1,200 yuan", "-5 degrees"),
        *("$24\nmillion", "31.9 percent", "20 to 30 robots", "机器", "O'Brien", "came at 24"),
    ],
)
def test_what_may_be_cut_out(quote: str) -> None:
    start = TEXT.index(quote)
    assert list(occurrences(TEXT, quote)) == [(start, start + len(quote))]


@pytest.mark.parametrize(
    ("quote", "means"),
    [
        ("2018", "2018-19"),
        ("2019-08", "2019-08-26"),
        ("24", "$24\nmillion"),
        ("million", "$24\nmillion"),
        ("31.9", "31.9 percent"),
        ("31", "31.9 percent"),
        ("12", "12%"),
        ("5 degrees", "-5 degrees"),
        ("30 robots", "20 to 30 robots"),
        ("Brien", "O'Brien"),
        ("director", "vice-director"),
        ("200 yuan", "1,200 yuan"),
        ("ousands", "Thousands"),
    ],
)
def test_what_may_not(quote: str, means: str) -> None:
    start = TEXT.index(quote)
    first, last = whole(TEXT, start, start + len(quote))
    assert TEXT[first:last] == means
    assert not is_whole(TEXT, start, start + len(quote))
    assert (start, start + len(quote)) not in occurrences(TEXT, quote)


@given(articles, st.data())
def test_to_be_whole_takes_words_in_and_none_away(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    first, last = whole(text, start, end)
    assert 0 <= first <= start <= end <= last <= len(text)
    assert not text[first:start].endswith(" ") or text[first:start].strip()


@given(st.lists(st.sampled_from(["4 months", "24 months", "of", "it", "\n"])), st.integers(0, 99))
def test_the_nearest_occurrence_is_the_nearest_of_all(parts: list[str], place: int) -> None:
    text = " ".join(parts)
    every = list(occurrences(text, "4 months"))
    nearest = min(every, key=lambda one: (abs(one[0] - place), one[0]), default=None)
    assert nearest_occurrence(text, "4 months", place) == nearest


def test_many_places_take_no_long_time() -> None:
    began = time.process_time()
    assert len(list(occurrences("the robot and " * 5_000, "the"))) == 5_000
    assert len(list(occurrences("机" * 5_000, "机"))) == 5_000
    assert list(occurrences("a" * 50_000, "a")) == []
    assert nearest_occurrence("a" * 50_000, "a", 25_000) is None
    assert time.process_time() - began < 10
