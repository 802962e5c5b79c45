"""Names, known by their capitals alone."""

from __future__ import annotations

import re

from qa.text import terms

_CAPITAL = r"(?:[^\W\d_a-z]\.(?=\W|$)|(?:(?<!\w)[a-z])?[^\W\d_a-z]\w*(?:[&.-]\w+)*)"
_CAPITALS = re.compile(
    rf"(?:{_CAPITAL}|(?<=\s)\d+[A-Z]\w*)(?: (?:(?:of|the|for|and|de|von|van) )?{_CAPITAL})*"
)
# "In Harrow"; and "the priest Anton Reber".
_LEADING = re.compile(r"^(?:(?:in|at|by|on) )?(?:(?:the|an?) (?:[a-z]+ ){0,2})?", re.IGNORECASE)
_STARTS = re.compile(r"[.!?:] $|\n\s*$")
_BACK = 16  # characters
_SMALL = re.compile(r"(?:The|An?|In|At|On|By|For|From|Of|To|What|Which|Who|Where|When|How|Why) ")


def is_name(text: str) -> bool:
    """Whether `text` is one name: words with capitals, no enumeration.

    >>> is_name("the Ministry of Trade"), is_name("held online"), is_name("Huawei and Tencent")
    (True, False, False)
    >>> is_name("the priest Anton Reber")
    True
    """
    name = _LEADING.sub("", text.strip("\"'“”‘’ "))
    return bool(_CAPITALS.fullmatch(name)) and not re.search(r",|\band\b", name)


def names(text: str) -> list[str]:
    """Runs of words with capitals; what stands first is none, unless more of it follow.

    >>> names("How large is the budget of Vey? In Sandholm, Maren Falk knows.")
    ['Vey', 'Sandholm', 'Maren Falk']
    """
    found = []
    begins = len(text) - len(text.lstrip(" \"'“‘"))
    for match in _CAPITALS.finditer(text):
        name, start = match.group(), match.start()
        # Looking back over all of a hostile text, for each of its names, would take seconds.
        if start <= begins or _STARTS.search(text, max(0, start - _BACK), start):
            name = name if " " in name and not _SMALL.match(name) else name.partition(" ")[2]
        if terms(name):
            found.append(name)
    return found
