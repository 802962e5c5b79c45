"""Dates: days, months, years and ranges of them, each as the first and the last day it may be."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from qa.values.numbers import Number
from qa.values.words import plain

# A date without a year is kept in this one, a leap year that no article is about.
NO_YEAR = 4

_MONTHS = {
    name: number
    for number, name in enumerate(
        "jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1
    )
}
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_YEAR = r"[12]\d{3}"
_TO = r" ?(?:to|until|till|through|and|-|\u2013|\u2014) ?"
_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? (?:the )?)"
_BEFORE = re.compile(
    rf"^(?:(?:in|on|from|since|by|during|between|the|year|of|early|mid|late|until|around)[ -])*"
    rf"(?:{_WEEKDAY})?"
)
_PATTERNS = [
    re.compile(pattern)
    for pattern in (
        r"(?P<y>[12]\d{3})-(?P<mn>0?[1-9]|1[0-2])(?:-(?P<d>\d\d?))?",
        rf"(?P<d>{_DAY})(?: of)? (?P<m>{_MONTH})(?:,? (?P<y>{_YEAR}))?",
        rf"(?P<m>{_MONTH}) (?P<d>{_DAY})(?:,? (?P<y>{_YEAR}))?",
        rf"(?P<d>{_DAY}){_TO}(?:the )?(?P<d2>{_DAY})(?: of)? (?P<m>{_MONTH})(?:,? (?P<y>{_YEAR}))?",
        rf"(?P<m>{_MONTH}) (?P<d>{_DAY}){_TO}(?P<d2>{_DAY})(?:,? (?P<y>{_YEAR}))?",
        rf"(?P<m>{_MONTH})(?:,? (?:of )?(?P<y>{_YEAR}))?",
        rf"(?P<y>{_YEAR})",
        r"(?P<decade>[12]\d\d0)'?s",
        r"(?P<y>[12]\d{3})[-\u2013/](?P<short>\d\d)",
        rf"(?P<half>first|second) half(?: of)? (?P<y>{_YEAR})",
        rf"(?P<quarter>first|second|third|fourth) quarter(?: of)? (?P<y>{_YEAR})",
        r"(?P<y>[12]\d{3})年(?:(?P<mn>\d\d?)月(?:(?P<d>\d\d?)日)?)?",
    )
]
_ORDINALS = {"first": 0, "second": 1, "third": 2, "fourth": 3}
_RANGE = re.compile(_TO)


@dataclass(frozen=True, slots=True)
class Date:
    """From `first` to `last`, both included. Without a year both are in the year 4."""

    first: date
    last: date

    def __str__(self) -> str:
        return f"{_written(self.first)} to {_written(self.last)}"

    def as_number(self) -> Number | None:
        """The number of a year, which was perhaps none: None for any other date."""
        year = self.first.year
        whole = Date(date(year, 1, 1), date(year, 12, 31))
        return Number(Fraction(year), Fraction(year)) if self == whole and year > NO_YEAR else None


def parse_date(text: str) -> Date | None:
    """The date or range of dates that `text` is, None where it is none.

    >>> str(parse_date("from 23 to 25 August 2018")), str(parse_date("2021"))
    ('2018-08-23 to 2018-08-25', '2021-01-01 to 2021-12-31')
    """
    if len(text) > 80:
        return None
    content = _BEFORE.sub("", plain(text).strip(" .,;:!?()\"'"), count=1)
    if found := _single(content):
        return found
    # The last "to" of few: "26 August 2019 to 29 August 2019", "2019-08-26 to 2019-08-29".
    for gap in _RANGE.finditer(content):
        first, last = _single(content[: gap.start()]), _single(content[gap.end() :])
        if first and last:
            return _joined(first, last)
    return None


def _written(day: date) -> str:
    named = f"{day.day} {list(_MONTHS)[day.month - 1]}"
    return named if day.year == NO_YEAR else day.isoformat()


def _joined(first: Date, last: Date) -> Date | None:
    """The range between two dates; the second may lend the first its year."""
    start, end = first.first, last.last
    if start.year == NO_YEAR != end.year and (start.month, start.day) != (2, 29):
        start = start.replace(year=end.year)
    fits = start <= end and (start.year == NO_YEAR) == (end.year == NO_YEAR)
    return Date(start, end) if fits else None


def _single(content: str) -> Date | None:
    for pattern in _PATTERNS:
        if match := pattern.fullmatch(content):
            try:
                found = _dated({name: given for name, given in match.groupdict().items() if given})
            except ValueError:  # 31 April
                return None
            return found if found.first <= found.last else None
    return None


def _dated(parts: dict[str, str]) -> Date:
    """The days that the named groups of a pattern mean. Raises ValueError where there are none."""
    if "decade" in parts:
        year = int(parts["decade"])
        return Date(date(year, 1, 1), date(year + 9, 12, 31))
    year = int(parts.get("y", NO_YEAR))
    if "short" in parts:
        end = year - year % 100 + int(parts["short"])
        return Date(date(year, 1, 1), date(end, 12, 31))
    if "half" in parts or "quarter" in parts:
        months = 6 if "half" in parts else 3
        start = 1 + months * _ORDINALS[parts.get("half") or parts["quarter"]]
        return Date(date(year, start, 1), _month_end(year, start + months - 1))
    if "m" not in parts and "mn" not in parts:
        return Date(date(year, 1, 1), date(year, 12, 31))
    month = int(parts["mn"]) if "mn" in parts else _MONTHS[parts["m"][:3]]
    if "d" not in parts:
        return Date(date(year, month, 1), _month_end(year, month))
    start, end = _day(parts["d"]), _day(parts.get("d2", parts["d"]))
    return Date(date(year, month, start), date(year, month, end))


def _day(written: str) -> int:
    return int(re.sub(r"\D", "", written))


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def same_date(a: Date, b: Date) -> bool:
    """Whether one lies within the other: 2021 may be 23 August 2021, told less exactly.

    >>> same_date(parse_date("23 August"), parse_date("23 to 25 August 2021"))
    True
    """
    if (a.first.year == NO_YEAR) != (b.first.year == NO_YEAR):
        a, b = _without_year(a), _without_year(b)
    return a.first <= b.first <= b.last <= a.last or b.first <= a.first <= a.last <= b.last


def _without_year(found: Date) -> Date:
    """The same days of the year that stands for none; all of it for a longer range."""
    if found.first.year != found.last.year:
        return Date(date(NO_YEAR, 1, 1), date(NO_YEAR, 12, 31))
    return Date(found.first.replace(year=NO_YEAR), found.last.replace(year=NO_YEAR))
