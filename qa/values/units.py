"""Units: currencies by their codes, percent, and measures brought to one of their kind."""

from __future__ import annotations

from fractions import Fraction

_CURRENCIES = {
    "CNY": "yuan renminbi rmb cny 元",
    "USD": "usd us$ $ us-dollar american-dollar dollar 美-元",
    "EUR": "eur euro € 欧-元",
    "GBP": "gbp £ british-pound sterling pound-sterling",
    "JPY": "jpy yen japanese-yen 日-元",
    "HKD": "hkd hk$ hong-kong-dollar 港-元",
    "SGD": "sgd s$ singapore-dollar",
    "CAD": "cad c$ canadian-dollar",
    "AUD": "aud a$ australian-dollar",
    "KRW": "krw won korean-won south-korean-won ₩",
    "INR": "inr rs rupee indian-rupee ₹",
    "RUB": "rub rouble ruble ₽",
    "CHF": "chf franc swiss-franc",
    "%": "% percent ‰",
    "pp": "pp",
}
# The name by its spelling, of one to three words that are joined by "-".
_UNITS = {name: unit for unit, names in _CURRENCIES.items() for name in names.split()}
# How many of the unit on the right one of the left is.
_MEASURES: dict[str, tuple[str, Fraction | int]] = {
    "second": ("second", 1),
    "minute": ("second", 60),
    "hour": ("second", 3600),
    "day": ("second", 86_400),
    "week": ("second", 604_800),
    "month": ("month", 1),
    "year": ("month", 12),
    "decade": ("month", 120),
    "century": ("month", 1200),
    "centurie": ("month", 1200),
    "millimetre": ("metre", Fraction(1, 1000)),
    "centimetre": ("metre", Fraction(1, 100)),
    "metre": ("metre", 1),
    "kilometre": ("metre", 1000),
    "mile": ("metre", Fraction("1609.344")),
    "foot": ("metre", Fraction("0.3048")),
    "feet": ("metre", Fraction("0.3048")),
    "gram": ("gram", 1),
    "kilogram": ("gram", 1000),
    "tonne": ("gram", 10**6),
    "square metre": ("square metre", 1),
    "hectare": ("square metre", 10_000),
    "square kilometre": ("square metre", 10**6),
    "watt": ("watt", 1),
    "kilowatt": ("watt", 1000),
    "megawatt": ("watt", 10**6),
    "gigawatt": ("watt", 10**9),
}
_ABBREVIATIONS = {
    **{"mm": "millimetre", "cm": "centimetre", "m": "metre", "km": "kilometre", "ft": "foot"},
    **{"kg": "kilogram", "ha": "hectare", "ton": "tonne"},
    **{"kw": "kilowatt", "mw": "megawatt", "gw": "gigawatt", "km2": "square kilometre"},
}
_LONGEST = 3


def symbol(tokens: list[str], at: int) -> tuple[str | None, int]:
    """The currency written before its figure at `at` ("US$ 5", "RMB 5"), and where it ends."""
    for size in (2, 1):
        name = "".join(tokens[at : at + size])
        if name in _UNITS and not name.isdigit():
            return _UNITS[name], at + size
    return None, at


def unit_at(tokens: list[str], at: int) -> tuple[str | None, int]:
    """The unit that begins at `at`, None where there is none, and where it ends."""
    for size in range(_LONGEST, 0, -1):
        named = [_singular(token) for token in tokens[at : at + size]]
        if len(named) == size and (unit := _UNITS.get("-".join(named)) or _measure(named)):
            return unit, at + size
    return None, at


def _measure(names: list[str]) -> str | None:
    name = " ".join(names)
    name = _ABBREVIATIONS.get(name, name).replace("meter", "metre")
    return name if name in _MEASURES else None


def _singular(token: str) -> str:
    return token[:-1] if len(token) > 3 and token.endswith("s") else token


def scaled(unit: str | None) -> tuple[str | None, Fraction | int]:
    """The unit that all of its kind are compared in, and how many of it one `unit` is.

    >>> scaled("hour"), scaled("CNY")
    (('second', 3600), ('CNY', 1))
    """
    return _MEASURES.get(unit or "", (unit, 1))
