"""What an answer says, whatever its wording: numbers, dates and names that can be compared.

    >>> from qa.values import compatible, value
    >>> compatible(value("1,200"), value("1.2 thousand")), compatible(value("5%"), value("6%"))
    (True, False)

`value` reads a text of any length in linear time; nothing in it can make it fail.
"""

from qa.values.compare import Value, comparable, compatible, value
from qa.values.dates import Date
from qa.values.numbers import Number
from qa.values.words import Words

__all__ = ["Date", "Number", "Value", "Words", "comparable", "compatible", "value"]
