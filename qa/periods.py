"""Half-years and quarters have several names: a question is read with the one the articles use."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

# "The first half" may be one of a game: it is a period where a year stands behind it.
_YEAR = r"(?:,? (?:of |in )?(?P<year>[12]\d{3})\b)"
_LEAD = r"(?P<lead>\b(?:in|during|over|for|from|between) )?"
# "5 January to June" and "late January to June" are shorter.
_WHOLE = r"(?<!\d )(?<!\d(?:st|nd|rd|th) )(?<!late )(?<!early )(?<!mid[ -])"
_TO = r"(?: to | through | until |\s?[-\u2013]\s?)"


class _Name(NamedTuple):
    """One name of a period: as it is found, as it is asked for, and as it is written."""

    told: re.Pattern[str]
    asked: re.Pattern[str]
    written: str


def _name(pattern: str, written: str) -> _Name:
    told = rf"(?<!\w){pattern}{_YEAR}"
    flags = re.IGNORECASE
    return _Name(re.compile(told, flags), re.compile(_LEAD + told, flags), written)


def _names(part: str, months: tuple[str, ...], first: str, last: str, short: str) -> list[_Name]:
    return [
        _name(rf"(?:the )?{part}", f"the {part} of"),
        *(
            _name(rf"(?:the )?{some.replace('six', '(?:six|6)')}", f"the {some} of")
            for some in months
        ),
        _name(_WHOLE + first + _TO + last, f"{first} to {last}"),
        _name(short, short),
    ]


_PERIODS = (
    _names("first half", ("first six months",), "January", "June", "H1"),
    _names("second half", ("last six months", "second six months"), "July", "December", "H2"),
    _names("first quarter", ("first three months",), "January", "March", "Q1"),
    _names("second quarter", (), "April", "June", "Q2"),
    _names("third quarter", (), "July", "September", "Q3"),
    _names("fourth quarter", ("last three months",), "October", "December", "Q4"),
)


def as_written(question: str, texts: Iterable[str]) -> str:
    """The question with its half-year or quarter named as in the first of `texts` that names it.

    As it is where it has none, where one of the texts names it as the question does, or where none
    of them names it with the same year.

    >>> as_written("How fast did it grow from January to June 2021?", ["In the first half of 2021"])
    'How fast did it grow in the first half of 2021?'
    >>> as_written("What happened in H1 2021?", ["H1 of 2020", "the first half of the game"])
    'What happened in H1 2021?'
    """
    for names in _PERIODS:
        for own in names:
            if found := own.asked.search(question):
                used = _used(names, found["year"], texts)
                if not used or own in used:
                    return question
                named = _led(found["lead"] or "", f"{used[0].written} {found['year']}")
                return question[: found.start()] + named + question[found.end() :]
    return question


def _used(names: Iterable[_Name], year: str, texts: Iterable[str]) -> list[_Name]:
    """Which names of a period, of that year, the texts use, in the order of their first use."""
    places = [
        (number, match.start(), name)
        for number, text in enumerate(texts)
        for name in names
        for match in name.told.finditer(text)
        if match["year"] == year
    ]
    return [name for _, _, name in sorted(places, key=lambda place: place[:2])]


def _led(lead: str, named: str) -> str:
    """The name behind the preposition that goes with it, where the question has one."""
    if not lead:
        return named
    fitting = "from" if " to " in named else "in"
    return f"{fitting.capitalize() if lead[0].isupper() else fitting} {named}"
