"""Numbers: how much, give or take what, in which unit, or of which things."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from qa.values.figures import figure_at
from qa.values.units import scaled, symbol, unit_at
from qa.values.words import parse_words, plain

# "About 500" is within a tenth of it; rounding is never taken to explain more than a twentieth.
_ABOUT, _ROUNDING = Fraction(1, 10), Fraction(1, 20)

_SUFFIX = "(?:k?m|kg|cm|mm|ft|ha|[kmg]w|k|mn|bn|tn)"
# A figure stands alone or before one of these; other letters make a name of it: 5G, 16-bit, 1.2.3.
_TOKEN = re.compile(
    rf"""(?:\d{{1,3}}(?:[, ]\d{{3}})+(?:\.\d+)? | \d+(?:[.,]\d+)?)
        (?! [.,:]?\d | -[a-z] | (?!{_SUFFIX}(?![a-z\d]))[a-z] )
      | \d+(?:[.,:]?\w+)* | [\u2e80-\u9fff] | [^\W\d_\u2e80-\u9fff]+(?:'[^\W\d_]+)*
      | [a-z]{{0,2}}\$ | \S""",
    re.VERBOSE,
)
_PREFIXES = {
    **dict.fromkeys(("more than", "over", "above", "at least", "upwards of", "exceeding"), "more"),
    **dict.fromkeys(("less than", "fewer than", "under", "below", "up to", "at most"), "less"),
    **dict.fromkeys(("nearly", "almost", "close to", "just under"), "less"),
    **dict.fromkeys(("about", "around", "roughly", "approximately", "some", "circa"), "about"),
    **dict.fromkeys(("~", "approx", "estimated"), "about"),
    **dict.fromkeys(("a total of", "the", "only", "just", "by", "at", "worth", "of", "a"), ""),
}
_LONGEST_PREFIX = 3
# What ends a counted thing: "550 enterprises in the park" counts enterprises.
_STOP = frozenset(
    """of in at on by for from with to and or per as than that which who when while during after
    before between through was were is are had has have will would according up down more less the
    a an this its their there then so far each""".split()
)
_VERBS = frozenset("came come went go took take saw see made make held hold said say".split())
_LONGEST_COUNTED = 5


@dataclass(frozen=True, slots=True)
class Number:
    """All that a number may stand for: `low` to `high`, in `unit`, or of `counted` things.

    `unit` is a currency's code, "%" or a unit of measure, None where none is written. `counted`
    are the terms of what is counted, its head last.
    """

    low: Fraction
    high: Fraction
    unit: str | None = None
    counted: tuple[str, ...] = ()

    def __str__(self) -> str:
        spread = "" if self.low == self.high else f"to {_written(self.high)}"
        return " ".join(filter(None, (_written(self.low), spread, self.unit, *self.counted)))


def parse_number(text: str) -> Number | None:
    """The number that `text` begins with, None where it begins with none.

    "More than 500" is from 500 to 600 and "nearly 500" from 400 to 500, by one step of the last
    digit that is not 0: whoever knew of more would have said "more than 600". "About 500" is from
    450 to 550.

    >>> str(parse_number("more than 1.2 thousand major projects"))
    '1,200 to 1,300 major project'
    >>> str(parse_number("Ninety-two contracts")), str(parse_number("94.47 billion U.S. dollars"))
    ('92 contract', '94,470,000,000 USD')
    """
    tokens = _TOKEN.findall(plain(text))
    at, bound = _prefixed(tokens)
    currency, at = symbol(tokens, at)
    sign = -1 if tokens[at : at + 1] == ["-"] else 1
    figure = figure_at(tokens, at + (sign < 0))
    if figure is None:
        return None
    low, high, stop, part = figure.amount, figure.amount, figure.stop, figure.part
    _, after = unit_at(tokens, stop)  # "20% to 30%"
    if "".join(tokens[after : after + 1]) in ("to", "-", "\u2013"):
        following = figure_at(tokens, symbol(tokens, after + 1)[1])
        if following is None or following.amount <= low:
            return None  # a score, "24-10", or no range
        if stop == after == at + 1:  # "20 to 30 million"
            scale = tokens[after + 2 : following.stop]
            low = (figure_at([tokens[at], *scale], 0) or figure).amount
        high, stop, part = following.amount, following.stop, False
    if tokens[stop : stop + 1] == ["+"]:
        stop, bound = stop + 1, "more"
    if "".join(tokens[stop : stop + 1])[:1].isdigit():
        return None  # "9 30"
    unit, _ = unit_at(tokens, stop)
    counted = _counted(tokens, stop) if unit is None and currency is None and not part else ()
    if part and unit is None:
        low, high, unit = low * 100, high * 100, "%"
    low, high = sorted((sign * low, sign * high))
    low, high = _bounded(low, high, bound)
    unit, factor = scaled(unit or currency)
    return Number(low * factor, high * factor, unit, counted)


def _prefixed(tokens: list[str]) -> tuple[int, str]:
    """Where the number begins behind words such as "more than", and what they make of it."""
    at, bound = 0, ""
    while True:
        for size in range(_LONGEST_PREFIX, 0, -1):
            words = " ".join(tokens[at : at + size])
            if words in _PREFIXES and not (words == "a" and figure_at(tokens, at)):
                at, bound = at + size, bound or _PREFIXES[words]
                break
        else:
            return at, bound


def _counted(tokens: list[str], at: int) -> tuple[str, ...]:
    """The terms of the counted things from `at` on."""
    stop = at
    while stop < min(len(tokens), at + _LONGEST_COUNTED):
        if tokens[stop] in _STOP or not tokens[stop][0].isalpha():
            break
        stop += 1
    while stop > at and (tokens[stop - 1] in _VERBS or tokens[stop - 1].endswith(("ed", "ing"))):
        stop -= 1  # "530 projects signed", but "550 newly registered enterprises"
    return parse_words(" ".join(tokens[at:stop])).terms


def _bounded(low: Fraction, high: Fraction, bound: str) -> tuple[Fraction, Fraction]:
    """The range that "more than", "nearly" or "about" makes of a figure."""
    if bound == "about":
        return low - abs(low) * _ABOUT, high + abs(high) * _ABOUT
    if low == high and bound == "more":
        return low, high + _step(high)
    if low == high and bound == "less":
        return low - _step(low), high
    return low, high


def _step(number: Fraction) -> Fraction:
    """The place value of the last digit that is not 0, at most 10^30."""
    step = Fraction(1)
    while step > Fraction(1, 10**6) and number % step:
        step /= 10
    while number and step < 10**30 and not number % (step * 10):
        step *= 10
    return step


def same_number(a: Number, b: Number) -> bool:
    """Whether two numbers may be one, their units aside.

    They may where one range lies within the other, or where the coarser of two figures is the
    finer one rounded: 26 billion may be 26.4 billion. Final zeros below a thousand are taken to be
    meant: 500 is not 501.
    """
    nested = a.low <= b.low <= b.high <= a.high or b.low <= a.low <= a.high <= b.high
    if nested or a.low != a.high or b.low != b.high:
        return nested
    return abs(a.low - b.low) <= max(_rounding(a.low), _rounding(b.low))


def _rounding(number: Fraction) -> Fraction:
    """How far a figure may be off at most."""
    step = _step(number)
    return min((step if step >= 1000 else min(step, Fraction(1))) / 2, abs(number) * _ROUNDING)


def _written(number: Fraction) -> str:
    """In digits where they end, else as a fraction."""
    places = 0
    while number * 10**places % 1 and places < 24:
        places += 1
    shifted = number * 10**places
    if shifted % 1:
        return f"{number.numerator:,}/{number.denominator}"
    if not places:
        return f"{number.numerator:,}"  # 1,200: bare digits would be a year
    digits = str(abs(shifted.numerator)).rjust(places + 1, "0")
    return f"{'-' * (number < 0)}{digits[:-places]}.{digits[-places:]}"
