"""Figures and number words: 1,200, 3.5 million, ninety-two, two and a half, one third."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import NamedTuple

# A figure of more characters than this, or of more decimals, is a serial number and no quantity.
_LONGEST, _LARGEST = 48, 10**30

_ONES = {
    word: number
    for number, word in enumerate(
        """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
        fifteen sixteen seventeen eighteen nineteen""".split()
    )
}
_TENS = {
    word: 10 * number
    for number, word in enumerate(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2
    )
}
_SMALL = _ONES | _TENS
_SCALES = {
    **{"hundred": 10**2, "thousand": 10**3, "dozen": 12, "lakh": 10**5, "crore": 10**7},
    **{"million": 10**6, "billion": 10**9, "trillion": 10**12},
    **{"百": 10**2, "千": 10**3, "万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8},
}
_SHORT_SCALES = {"k": 10**3, "mn": 10**6, "bn": 10**9, "tn": 10**12}
_PARTS = {
    **{"half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4},
    **{"fourth": 4, "fourths": 4, "fifth": 5, "fifths": 5, "tenth": 10, "tenths": 10},
}
_FIGURE = re.compile(r"\d+(?:[, ]\d{3})*(?:[.,]\d{1,20})?")
_GROUPED = re.compile(r"\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?")
_DECIMAL_COMMA = re.compile(r"\d+,\d+")


class Figure(NamedTuple):
    """An amount, the token behind it, and whether it is a part of a whole ("one third")."""

    amount: Fraction
    stop: int
    part: bool = False


def figure_at(tokens: list[str], at: int) -> Figure | None:
    """The figure or number words that begin at `at`, with their scale; None if there are none.

    >>> figure_at(["ninety", "-", "two", "contracts"], 0)
    Figure(amount=Fraction(92, 1), stop=3, part=False)
    """
    if at >= len(tokens):
        return None
    return _digits(tokens, at) if tokens[at][0].isdigit() else _spelled(tokens, at)


def _digits(tokens: list[str], at: int) -> Figure | None:
    token = tokens[at]
    if len(token) > _LONGEST or not _FIGURE.fullmatch(token):
        return None
    if _DECIMAL_COMMA.fullmatch(token) and not _GROUPED.fullmatch(token):
        token = token.replace(",", ".")
    amount, at = Fraction(token.replace(",", "").replace(" ", "")), at + 1
    if tokens[at : at + 1] == ["+"] and (more := _ratio(tokens, at + 1)):
        amount, at = amount + more, at + 4  # 2+1/2
    elif (below := _below(tokens, at)) and amount.denominator == 1:
        return Figure(amount / below, at + 2, True)
    for _ in range(2):  # "2 hundred million"
        scale = _SCALES.get(_singular(tokens, at)) or _SHORT_SCALES.get(
            "".join(tokens[at : at + 1])
        )
        if scale:
            amount, at = amount * scale, at + 1
    return Figure(amount, at) if amount < _LARGEST else None


def _ratio(tokens: list[str], at: int) -> Fraction | None:
    """ "1/2" as three tokens."""
    above = "".join(tokens[at : at + 1])
    below = _below(tokens, at + 1)
    given = below and above.isdecimal() and len(above) < 10
    return Fraction(int(above), below) if given else None


def _below(tokens: list[str], at: int) -> int:
    """The denominator behind "/", 0 where there is none."""
    number = "".join(tokens[at + 1 : at + 2])
    given = tokens[at : at + 1] == ["/"] and number.isdecimal() and len(number) < 10
    return int(number) if given else 0


def _spelled(tokens: list[str], at: int) -> Figure | None:
    first = tokens[at]
    if first in ("a", "an"):
        counted = _singular(tokens, at + 1)
        if counted not in _SCALES and counted not in _PARTS:
            return None
    elif first != "half" and first not in _SMALL:
        return None
    total, group = Fraction(0), Fraction(1 if first in ("a", "an") else _SMALL.get(first, 0))
    at += 1
    if first == "half":
        at += tokens[at : at + 1] == ["a"]
        scale = _SCALES.get(_singular(tokens, at))
        return Figure(Fraction(scale or 1, 2), at + bool(scale), not scale)
    while at < len(tokens):
        word, at_part = _singular(tokens, at), at + (tokens[at] == "-")
        part = _PARTS.get("".join(tokens[at_part : at_part + 1]))
        if tokens[at : at + 3] == ["and", "a", "half"]:
            group, at = group + Fraction(1, 2), at + 3
        elif part and not total:
            return Figure(group / part, at_part + 1, True)
        elif tokens[at] in _SMALL and group % 100 == 0:
            group, at = group + _SMALL[tokens[at]], at + 1
        elif tokens[at] in _ONES and group % 10 == 0:
            group, at = group + _ONES[tokens[at]], at + 1
        elif word in ("hundred", "dozen") and 0 < group < 100:
            group, at = group * _SCALES[word], at + 1
        elif word in _SCALES and group:
            total, group, at = total + group * _SCALES[word], Fraction(0), at + 1
        elif _joins(tokens, at):
            at += 1
        else:
            break
    return Figure(total + group, at) if total < _LARGEST else None


def _joins(tokens: list[str], at: int) -> bool:
    """Whether the number words go on behind "-", or behind "and" and a scale word."""
    if "".join(tokens[at + 1 : at + 2]) not in _SMALL:
        return False
    return tokens[at] == "-" or (tokens[at] == "and" and _singular(tokens, at - 1) in _SCALES)


def _singular(tokens: list[str], at: int) -> str:
    """The scale word at `at`, whatever its number."""
    word = "".join(tokens[at : at + 1])
    return word[:-1] if word.endswith("s") and word[:-1] in _SCALES else word
