"""What a sentence is about: whether it speaks to a question, and whether two speak of one thing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.layout import units
from qa.text import terms
from qa.types import Span
from qa.values import Date, Number, Value, value

# Of the question's terms, and of each name in it, so much must be told around an answer.
_COVERED, _NAMED = 0.6, 0.6
# Of a name whose rest only the title tells, so much must be in a sentence that names others.
_SPOKEN = 0.5

_CAPITAL = r"(?:[^\W\d_a-z]\.(?=\W|$)|[^\W\d_a-z]\w*(?:[&.-]\w+)*)"
_CAPITALS = re.compile(
    rf"(?:{_CAPITAL}|(?<=\s)\d+[A-Z]\w*)(?: (?:(?:of|the|for|and|de|von|van) )?{_CAPITAL})*"
)
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
# A sentence that begins so is about what the sentence before it is about.
_POINTS_BACK = re.compile(
    r"\W*(?:\w+ )?(?:it|its|that|this|these|those|they|their|he|she|his|her|there|both|the same)\b",
    re.IGNORECASE,
)
_BACK = 3  # sentences
# "How long", "how many", "what is the name": words of the question that no answer has to repeat.
_MEASURE = re.compile(r"\bhow \w+", re.IGNORECASE)
_ASKING = frozenset(terms("amount call give name number say tell value happen year day"))
_YEAR = re.compile(r"(?<![\w.,])[12]\d{3}(?!\w|[.,]\d)")
# Words of one line exclude each other: an online event is not offline, the first not the second.
_EXCLUSIVE = tuple(
    re.compile(rf"(?<![\w.,])(?:{alternatives})(?![\w]|[.,]\d)", re.IGNORECASE)
    for alternatives in (
        "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last",
        "online|offline",
        "men|women|boys|girls|male|female",
        "north|south|east|west|northern|southern|eastern|western",
        "exports?|imports?",
        "minimum|maximum|least|most|highest|lowest",
        "outer|inner|upper|lower|outside|inside",
        "before|after",
    )
)
# Of two figures of which only one has such a word, one is a part or a rate.
_PARTIAL = re.compile(
    r"\b(?:alone|of which|of them|among them|each|per|average|annual|annually|monthly|daily)\b"
)
_PERIOD = re.compile(
    r"\b(?:(?:first|second|third|fourth|last) (?:half|quarter|(?:\w+ )?(?:months|weeks|days))"
    r"|January|February|March|April|May|June|July|August|September|October|November|December)\b"
)
_ARTICLE = re.compile(r"^(?:the|an?|in|at|by|on) ", re.IGNORECASE)
_STARTS = re.compile(r"[.!?:] $|\n\s*$")
_SMALL = re.compile(r"(?:The|An?|In|At|On|By|For|From|Of|To|What|Which|Who|Where|When|How|Why) ")
_ARTICLE = re.compile(r"^(?:the|an?|in|at|by|on) ", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Claim:
    """A span with what it says, and with the text that says what it is about.

    `sentence` is the sentence around the answer, and the one before it where it points back.
    `context` is the title and the heading path. `points_back` is whether the sentence does, so that
    what it is about may be named further above.
    """

    span: Span
    value: Value
    sentence: str
    context: str
    points_back: bool


def claim_of(span: Span) -> Claim:
    """The claim that the passage of `span` makes with it.

    What a bare number counts is read off the words behind it.
    """
    passage = span.passage
    start, end = span.start - passage.start, span.end - passage.start
    around = [unit for unit in units(passage.text) if unit.start < end and start < unit.end]
    first = around[0].start if around else start
    last = around[-1].end if around else end
    said = value(span.text)
    if isinstance(said, Number) and said.unit is None and not said.counted:
        longer = value(passage.text[start:last])
        if isinstance(longer, Number) and (longer.low, longer.high) == (said.low, said.high):
            said = longer
    points_back = False
    before = [unit for unit in units(passage.text) if unit.end <= first]
    for unit in reversed(before[-_BACK:]):
        if unit.kind == "heading" or not _POINTS_BACK.match(passage.text, first):
            break
        points_back, first = True, unit.start
    sentence = passage.text[first:start] + " \N{HORIZONTAL ELLIPSIS} " + passage.text[end:last]
    return Claim(span, said, sentence, f"{passage.title}\n{passage.heading}", points_back)


def speaks_to(question: str, claim: Claim) -> bool:
    """Whether the sentence, with title and heading, tells most of what the question asks about.

    All figures of the question must be there, so that no other year or edition is meant; most of
    each name; and most of all words, some of them besides names. Where the sentence names something
    else, it must hold half of the name itself: "the bridge", but not only the title "A bridge for
    Harrow".
    """
    told = f"{claim.context}\n{claim.sentence}\n{claim.span.text}"
    present, spoken = set(terms(told)), set(terms(claim.sentence))
    if not set(_FIGURE.findall(question)) <= _figures(claim):
        return False
    asked = set(terms(question))
    elsewhere = not claim.points_back and any(
        not set(terms(name)) <= asked for name in names(claim.sentence)
    )
    for name in names(question):
        if not _covers(present, terms(name), _NAMED):
            return False
        if elsewhere and not _covers(spoken, terms(name), _SPOKEN):
            return False
    sought = [term for term in terms(_MEASURE.sub("", question)) if term not in _ASKING]
    named = {term for name in names(question) for term in terms(name)}
    besides = [term for term in sought if term not in named]
    if besides and present.isdisjoint(besides):
        return False
    return _covers(present, sought, _COVERED)


def _figures(claim: Claim) -> set[str]:
    """The figures a claim is about. A title with several, "from 2018 to 2022", pins down none."""
    told = set(_FIGURE.findall(f"{claim.sentence} {claim.span.text}"))
    for context in claim.context.split("\n"):
        above = set(_FIGURE.findall(context))
        told |= above if len(above) == 1 else set()
    return told


def one_thing(question: str, a: Claim, b: Claim) -> bool:
    """Whether two claims that speak to `question` are about the same year, edition, part or place.

    A year that a sentence does not name is that of its heading or title.
    """
    for words in (_YEAR, *_EXCLUSIVE):
        asked, first, second = _found(words, question), _told(words, a), _told(words, b)
        if first and second and not first & second:
            return False
        if asked and ((first and not asked & first) or (second and not asked & second)):
            return False
    if _found(_PERIOD, question):
        return True
    parts = [bool(_PARTIAL.search(claim.sentence)) for claim in (a, b)]
    periods = [bool(_told(_PERIOD, claim)) for claim in (a, b)]
    if parts[0] != parts[1] and not _PARTIAL.search(question):
        return False
    # Half a year's figure beside a year's. Where no year is told the period is only a date.
    whole = b if periods[0] else a
    return periods[0] == periods[1] or not (_told(_YEAR, whole) | _found(_YEAR, question))


def _told(words: re.Pattern[str], claim: Claim) -> set[str]:
    """Such words in the sentence, else in heading and title. What is itself a date needs none."""
    above = "" if isinstance(claim.value, Date) else claim.context
    return _found(words, claim.sentence) or _found(words, above)


def _found(words: re.Pattern[str], text: str) -> set[str]:
    return {match.group().lower() for match in words.finditer(text)}


def is_name(text: str) -> bool:
    """Whether `text` is one name: words with capitals, no enumeration.

    >>> is_name("the Ministry of Trade"), is_name("held online"), is_name("Huawei and Tencent")
    (True, False, False)
    """
    name = _ARTICLE.sub("", text.strip("\"'“”‘’ "))
    return bool(_CAPITALS.fullmatch(name)) and not re.search(r",|\band\b", name)


def names(text: str) -> list[str]:
    """Runs of words with capitals; what stands first is none, unless more of it follow.

    >>> names("How large is the budget of Vey? In Sandholm, Maren Falk knows.")
    ['Vey', 'Sandholm', 'Maren Falk']
    """
    found = []
    for match in _CAPITALS.finditer(text):
        name = match.group()
        if not text[: match.start()].rstrip(" \"'“‘") or _STARTS.search(text, 0, match.start()):
            name = name if " " in name and not _SMALL.match(name) else name.partition(" ")[2]
        if terms(name):
            found.append(name)
    return found


def _covers(present: set[str], wanted: Sequence[str], share: float) -> bool:
    return sum(term in present for term in wanted) >= share * len(wanted)
