"""Sentences that several surfaces say alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa.nearest import Difference
    from qa.quote import QuoteCheck

NORMALISED = "but for white space, quotation marks, dashes, case or the like"
_HEADINGS = {"exact": "word for word", "normalised": NORMALISED}


def quotation(check: QuoteCheck) -> str:
    """Whether a passage stands in the articles, and how often.

    >>> from qa.quote import QuoteCheck
    >>> quotation(QuoteCheck("Robots danced.", "exact", count=1))
    'In the articles, word for word: 1 place.'
    """
    from qa.quote import COUNTED

    if check.match == "absent":
        return "Not in the articles, and nothing near it."
    if check.found:
        count = f"{check.count:,} or more" if check.count == COUNTED else f"{check.count:,}"
        noun = "place" if check.count == 1 else "places"
        return f"In the articles, {_HEADINGS[check.match]}: {count} {noun}."
    if check.different_figures:
        return "Not in the articles: a figure is different. The nearest:"
    return "Not in the articles. The nearest:"


def difference(one: Difference) -> str:
    """What is otherwise in an article than in a quotation of it.

    >>> from qa.nearest import Difference
    >>> difference(Difference("36", "24", 27, 29, figures=True))
    "a different figure: '36' is '24' in the article"
    """
    words = any(character.isalnum() for character in one.quoted + one.written)
    what = "a different figure" if one.figures else f"different {'words' if words else 'marks'}"
    if not one.quoted:
        return f"{what}: the article has {one.written!r} more"
    if not one.written:
        return f"{what}: {one.quoted!r} is not in the article"
    return f"{what}: {one.quoted!r} is {one.written!r} in the article"
