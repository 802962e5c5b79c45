"""A text's value, and how two values stand to each other."""

from __future__ import annotations

from qa.values.dates import Date, parse_date, same_date
from qa.values.numbers import Number, parse_number, same_number
from qa.values.words import Words, parse_words, same_words

Value = Number | Date | Words


def value(text: str) -> Value:
    """What `text` says: a date if it is one, the number it begins with, or its words.

    `value(str(value(text))) == value(text)`.

    >>> value("in August 2021") == value("August 2021"), value("The Expo") == value("expos")
    (True, True)
    """
    found = parse_date(text) or parse_number(text)
    if found is not None:
        return found
    words = parse_words(text)
    rest = str(words)
    # Without function words and punctuation a quantity may be left: "(who) 500".
    return words if rest == text or not rest else value(rest)


def comparable(a: Value, b: Value) -> bool:
    """Whether both are of one kind, so that they either agree or differ.

    Numbers are if their units are the same, or one has none; and likewise what they count. A year
    may be a number.

    >>> comparable(value("612 billion yuan"), value("94.47 billion U.S. dollars"))
    False
    >>> comparable(value("501 projects"), value("530"))
    True
    """
    a, b = _years_as_numbers(a, b)
    if isinstance(a, Number) and isinstance(b, Number):
        return _same_unit(a, b) and _same_things(a, b)
    if isinstance(a, Date) and isinstance(b, Date):
        return True
    return isinstance(a, Words) and isinstance(b, Words)


def compatible(a: Value, b: Value) -> bool:
    """Whether both can be true at once, as answers to one question.

    They can if they are the same in another wording, unit, scale or precision, or if one holds the
    other: a range its parts, a full name its short form. A missing unit is compatible with any.

    >>> compatible(value("1.2 trillion yuan"), value("1,200 billion yuan"))
    True
    >>> compatible(value("more than 500"), value("501"))
    True
    >>> compatible(value("over 600"), value("501"))
    False
    """
    if not comparable(a, b):
        return False
    a, b = _years_as_numbers(a, b)
    if isinstance(a, Number) and isinstance(b, Number):
        return same_number(a, b)
    if isinstance(a, Date) and isinstance(b, Date):
        return same_date(a, b)
    return isinstance(a, Words) and isinstance(b, Words) and same_words(a, b)


def _years_as_numbers(a: Value, b: Value) -> tuple[Value, Value]:
    """Both as they are, but "1850" as a number where the other is one."""
    if isinstance(a, Date) and isinstance(b, Number):
        return a.as_number() or a, b
    if isinstance(b, Date) and isinstance(a, Number):
        return a, b.as_number() or b
    return a, b


def _same_unit(a: Number, b: Number) -> bool:
    if a.unit is None or b.unit is None:
        # What has no unit may leave it out, but 60 workshops are not 60 yuan.
        return not (a.counted or b.counted) or a.unit == b.unit
    return a.unit == b.unit


def _same_things(a: Number, b: Number) -> bool:
    """Projects may be major projects, but not contracts; major ones may not be minor ones."""
    shorter, longer = sorted((set(a.counted), set(b.counted)), key=len)
    return shorter <= longer
