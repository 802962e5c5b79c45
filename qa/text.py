"""The analyser: from text to the terms that lexical retrieval counts.

One analyser serves building and asking, and its name stands in the index's manifest: an index
whose analyser is not this one is refused instead of quietly matching nothing.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache
from threading import local
from typing import Protocol

ANALYSER = "english-1"
# A title and a heading path may each take so many bytes of UTF-8 in front of a text. Bytes, because
# no tokenizer makes more tokens than bytes, and some make three of one Korean character.
CONTEXT_BYTES = 160

# A number keeps its separators, its percent sign and the letters it is written with: "1,200",
# "31.9%" and "5G" are one term each. Scripts written without spaces have no word bounds to go by,
# so each of their characters counts.
UNSPACED = r"\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
_TOKEN = re.compile(
    rf"\d+(?:[.,]\d+)*(?:%|[^\W_{UNSPACED}]*)"
    rf"|[{UNSPACED}]"
    rf"|[^\W_{UNSPACED}]+(?:['\u2019][^\W\d_{UNSPACED}]+)*"
)


def words(text: str) -> frozenset[str]:
    """The words of a list written as plain text.

    >>> sorted(words("b a"))
    ['a', 'b']
    """
    return frozenset(text.split())


# Function words of English: they carry grammar, not a topic. Negation, numbers and words that
# tell two passages apart ("first", "more") are not among them.
STOP_WORDS = words(
    """
    a an the this that these those
    i me my mine we us our ours you your yours he him his she her hers it its they them their theirs
    myself yourself himself herself itself ourselves themselves
    am is are was were be been being do does did doing have has had having
    will would shall should can could may might must
    who whom whose what which when where why how
    of in on at by to from for with about into onto as than between through during
    and or but nor so if because while until there here
    """
)


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...


# A stemmer holds the word it is at, so that every thread needs its own.
_of_this_thread = local()


def _stemmer() -> _Stemmer:
    if not hasattr(_of_this_thread, "stemmer"):
        import Stemmer

        _of_this_thread.stemmer = Stemmer.Stemmer("english")
    stemmer: _Stemmer = _of_this_thread.stemmer
    return stemmer


@lru_cache(maxsize=200_000)
def _term(token: str) -> str | None:
    word = token.replace("\u2019", "'").removesuffix("'s")
    if word in STOP_WORDS:
        return None
    return _stemmer().stemWord(word)


def terms(text: str) -> list[str]:
    """The terms of `text`, in order: words in lower case, stemmed, without stop words.

    Characters are first brought to one spelling (NFKC): a PDF's ligature "\ufb01" is "fi", an
    accent that follows its letter is one with it, a full-width digit is a digit.
    The stemmer is Snowball's for English (M. Porter, https://snowballstem.org).

    >>> terms("How many projects were signed, worth 1,200 yuan (up 31.9%)?")
    ['mani', 'project', 'sign', 'worth', '1,200', 'yuan', 'up', '31.9%']
    """
    plain = unicodedata.normalize("NFKC", text).lower()
    found = (_term(match.group()) for match in _TOKEN.finditer(plain))
    return [term for term in found if term]


def indexed_text(title: str, heading: str, text: str) -> str:
    """What retrievers and readers see of a text: its title, its heading and itself, a line each.

    >>> indexed_text("Expo", "", "Robots danced.")
    'Expo\\nRobots danced.'
    """
    beginning = title.encode()[:CONTEXT_BYTES].decode(errors="ignore")
    ending = heading.encode()[-CONTEXT_BYTES:].decode(errors="ignore")
    context = (beginning.strip(), ending.strip(), text)
    return "\n".join(part for part in context if part)


def has_half_character(text: str) -> bool:
    """Whether `text` holds a lone surrogate: half a character, which UTF-8 cannot write.

    >>> has_half_character("\\ud83d"), has_half_character("\N{ROBOT FACE}")
    (True, False)
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def sha256(text: str) -> str:
    """The hexadecimal SHA-256 of `text` in UTF-8.

    >>> sha256("")[:8]
    'e3b0c442'
    """
    return hashlib.sha256(text.encode()).hexdigest()
