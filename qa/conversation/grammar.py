"""The small words of English, and the words of a text with what can be seen of them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.text import STOP_WORDS, words

ARTICLES = words("the a an")
PREPOSITIONS = words(
    """
    about above across after against along among around at before behind below beside between by
    during for from in inside into near of off on onto outside over since through throughout to
    toward towards under until upon via with within without
    """
)
QUESTION_WORDS = words("who whom whose what which when where why how")
BE = words("is are was were be been being isn't aren't wasn't weren't")
# What turns subject and verb round: "did robots dance", "has the park opened".
DO = words(
    """
    do does did will would can could shall should may might must has have had
    don't doesn't didn't won't can't couldn't hasn't haven't
    """
)
# Verbs that no noun phrase reaches over.
VERBS = words(
    """
    became become came come done get give go going gone got happen happened happens have include
    involve let like look made make mean play take taken tell told took want went work
    """
)
ORDINALS = words("first second third fourth fifth sixth seventh eighth ninth tenth last next")
# A phrase that ends in one of these says when, not what.
TIMES = words(
    """
    year years month months week weeks day days decade decades century half quarter time times
    period moment january february march april june july august september october november december
    """
)
# What opens a follow-up and adds nothing to it.
LEADS = words("and but or so then ok okay also well")

_NO_NOUNS = (
    STOP_WORDS
    | PREPOSITIONS
    | VERBS
    | words(
        """
        according again ago all already also always another any anybody anyone anything apart
        aside away back besides best both else even ever everything far instead just long many
        maybe more most much never not now often only other others out per rather same since some
        somebody someone something soon still such than then too up very well whether yes yet
        """
    )
)
_PARTICIPLES = words("held built begun won known shown sold told written born paid led met run")
_NAMES_TOO = words("may will")

# A word may hold joints: "R&D", "COVID-19", "O'Brien", "94.47".
_WORD = re.compile(r"[^\W_]+(?:['\u2019.,&/\-\u2010\u2011][^\W_]+)*['\u2019]?")
_POSSESSIVE = re.compile(r"(?:(?<=s)['\u2019]|['\u2019]s)$", re.IGNORECASE)
YEAR = re.compile(r"(?<![\w.,])(?:1[0-9]|20|21)\d\d(?!\w|[.,]\d)")


@dataclass(frozen=True, slots=True)
class Word:
    """A word, `text[start:end]`, and in lower case its `key`, both without a possessive's end.

    `content` is whether it may be part of a noun phrase.
    """

    start: int
    end: int
    key: str
    capital: bool
    possessive: bool
    content: bool

    @property
    def participle(self) -> bool:
        """Whether it looks like "signed" or "held"."""
        regular = len(self.key) > 4 and self.key.endswith("ed") and not self.key.endswith("eed")
        return not self.capital and (regular or self.key in _PARTICIPLES)


def split(text: str) -> list[Word]:
    """The words of `text`, in order. Time is linear in its length.

    >>> [word.key for word in split("Chongqing's R&D, in 2019")]
    ['chongqing', 'r&d', 'in', '2019']
    """
    found: list[Word] = []
    for match in _WORD.finditer(text):
        own = _POSSESSIVE.sub("", match.group())
        possessive = own != match.group()
        own = own.rstrip("'\u2019")
        key, capital = own.lower(), own[:1].isupper()
        content = key not in _NO_NOUNS or (capital and bool(found) and key in _NAMES_TOO)
        start = match.start()
        found.append(Word(start, start + len(own), key, capital, possessive, content))
    return found


def years(text: str) -> list[str]:
    """The years that `text` names, in order.

    >>> years("from 26 August 2019 to 2020, 2,019 guests")
    ['2019', '2020']
    """
    return YEAR.findall(text)
