"""The spelling that all values are read in, and what is left of a text that is no quantity."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from qa.text import terms

_SPELLINGS = (
    (re.compile(r"(?<=\d)[ \-]?([\u00bc-\u00be\u2150-\u215e\u2189])"), r"+\1"),  # 2½: 2+½
    (re.compile(r"\bu\.\s?s\.|\bu\.s\b", re.IGNORECASE), "US"),
    (re.compile(r"\bu\.\s?k\.|\bu\.k\b", re.IGNORECASE), "UK"),
    (re.compile(r"\bper\s+cent\b", re.IGNORECASE), "percent"),
    (re.compile(r"\bpercentage\s+points?\b", re.IGNORECASE), "pp"),
)
_CHARACTERS = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2212", "-") | {"\u2019": "'"})


def plain(text: str) -> str:
    """Lower case in one spelling: NFKC, ASCII digits, "us", "percent", single spaces.

    >>> plain("\N{FULLWIDTH DIGIT FIVE} per  cent of U.S. dollars, 2\N{VULGAR FRACTION ONE HALF}")
    '5 percent of us dollars, 2+1/2'
    """
    for pattern, spelling in _SPELLINGS:
        text = pattern.sub(spelling, text)
    text = unicodedata.normalize("NFKC", text).translate(_CHARACTERS).replace("\u2044", "/")
    if not text.isascii():
        text = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)
    return " ".join(text.lower().split())


@dataclass(frozen=True, slots=True)
class Words:
    """A text that is neither number nor date, by its terms (`qa.text.terms`)."""

    terms: tuple[str, ...]

    def __str__(self) -> str:
        return " ".join(self.terms)


def parse_words(text: str) -> Words:
    """Any text as words: case, articles, punctuation and inflection do not matter.

    >>> parse_words("The Ministries of Trade").terms
    ('ministri', 'trade')
    """
    found = terms(text)
    # A stem may have a shorter stem itself ("generously", "gener"): until nothing changes.
    while (shorter := terms(" ".join(found))) != found and len(shorter) <= len(found):
        found = shorter
    return Words(tuple(found))


def same_words(a: Words, b: Words) -> bool:
    """Whether one holds all words of the other, side by side: a full name and a short form of it.

    >>> same_words(parse_words("Qin Shubin"), parse_words("Qin"))
    True
    """
    shorter, longer = sorted((a.terms, b.terms), key=len)
    if not shorter:
        return not longer
    size = len(shorter)
    return any(longer[at : at + size] == shorter for at in range(len(longer) - size + 1))
