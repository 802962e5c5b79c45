"""What a sentence is about: whether it speaks to a question, and whether two speak of one thing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.layout import units
from qa.names import names
from qa.quantities import PIECE
from qa.text import terms
from qa.types import Span
from qa.values import Date, Number, Value, Words, compatible, value

# Of the question's terms, and of each name in it, so much must be told around an answer.
_COVERED, _NAMED = 0.6, 0.6
# Of a name whose rest only the title tells, so much must be in a sentence that names others.
_SPOKEN = 0.5
# Where the answer stands in the sentence of a claim.
_GAP = "\N{HORIZONTAL ELLIPSIS}"
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
_PART = r"\b(?:alone|of which|of them|among them|each|per|average|annual|annually|monthly|daily)\b"
_PARTIAL = re.compile(_PART)
_SHARE = re.compile(rf"{_GAP}\s+of\b")
_ASKS_PART = re.compile(
    rf"{_PART}|\b(?:share|part|portion|proportion|fraction|much of)\b", re.IGNORECASE
)
_PERIOD = re.compile(
    r"\b(?:(?:first|second|third|fourth|last) (?:half|quarter|(?:\w+ )?(?:months|weeks|days))"
    r"|January|February|March|April|May|June|July|August|September|October|November|December)\b"
)

# Whose account is asked for: "according to X", "did X report".
_VERBS = (
    "announce|cite|claim|count|estimate|find|give|list|mention|name|note|print|publish|put|quote"
    "|report|say|state|tell|write"
)
_SOURCE = re.compile(
    r"\b(?:according to|(?:told|reported|estimated) by|in the (?:words|view) of) (?P<cited>[^,?]+)"
    rf"|\b(?:does|did|do) (?P<saying>[^,?]+) (?:{_VERBS})\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r" (?:what|which|who|when|where|how|was|were|is|are|did|does|do|had|has)\b.*")


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
    sentence = f"{passage.text[first:start]} {_GAP} {passage.text[end:last]}"
    return Claim(span, said, sentence, f"{passage.title}\n{passage.heading}", points_back)


def speaks_to(question: str, claim: Claim) -> bool:
    """Whether the sentence, with title and heading, tells most of what the question asks about.

    All figures of the question must be there, so that no other year or edition is meant; most of
    each name, and of the source that it asks for; and most of all words, some of them besides
    names. Where the sentence names something else, it must hold half of the name itself: "the
    bridge", but not only the title "A bridge for Harrow".
    """
    told = f"{claim.context}\n{claim.sentence}\n{claim.span.text}"
    present, spoken = set(terms(told)), set(terms(claim.sentence))
    if not set(_FIGURE.findall(question)) <= _figures(claim):
        return False
    if not _covers(present, terms(source(question)), _NAMED):
        return False
    asked = set(terms(question))
    elsewhere = not claim.points_back and any(
        not set(terms(name)) <= asked for name in names(claim.sentence)
    )
    # A sentence that names nothing is about what its passage names.
    passage = [] if names(claim.sentence) else terms(claim.span.passage.text)
    for name in names(question):
        if not _covers(present.union(passage), terms(name), _NAMED):
            return False
        if elsewhere and not _covers(spoken, terms(name), _SPOKEN):
            return False
    sought = [term for term in terms(_MEASURE.sub("", question)) if term not in _ASKING]
    named = {term for name in names(question) for term in terms(name)}
    besides = [term for term in sought if term not in named]
    if besides and present.isdisjoint(besides):
        return False
    return _covers(present, sought, _COVERED)


def source(question: str) -> str:
    """Whose account `question` asks for; empty where any will do.

    >>> source("According to the Port Herald, how long is the bridge?")
    'the Port Herald'
    >>> source("What growth did the opening report give?"), source("How fast did it grow?")
    ('the opening report', '')
    """
    found = _SOURCE.search(question)
    return _GOES_ON.sub("", found["cited"] or found["saying"]) if found else ""


def tells(claim: Claim, said: Value) -> bool:
    """Whether the sentence around the answer says `said` as well.

    Who tells both figures explains them: "up by 38.4%; the two-year average was 42.3%".
    """
    if isinstance(said, Words):
        return compatible(said, value(claim.sentence))
    pieces = (match for match in PIECE.finditer(claim.sentence) if match["date"] or match["amount"])
    told = (value(match.group()) for match in pieces)
    # A year is not a figure here: "2,000 guests in 2022".
    return any(isinstance(other, type(said)) and compatible(said, other) for other in told)


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
    if _is_part(a) != _is_part(b) and not _ASKS_PART.search(question):
        return False
    if _found(_PERIOD, question):
        return True
    periods = [bool(_told(_PERIOD, claim)) for claim in (a, b)]
    # Half a year's figure beside a year's. Where no year is told the period is only a date.
    whole = b if periods[0] else a
    return periods[0] == periods[1] or not (_told(_YEAR, whole) | _found(_YEAR, question))


def _is_part(claim: Claim) -> bool:
    """Whether it is told of a part or a rate; "one third of the market" is no growth."""
    is_share = isinstance(claim.value, Number) and claim.value.unit == "%"
    return bool(_PARTIAL.search(claim.sentence) or (is_share and _SHARE.search(claim.sentence)))


def _told(words: re.Pattern[str], claim: Claim) -> set[str]:
    """Such words in the sentence, else in heading and title. What is itself a date needs none."""
    above = "" if isinstance(claim.value, Date) else claim.context
    return _found(words, claim.sentence) or _found(words, above)


def _found(words: re.Pattern[str], text: str) -> set[str]:
    return {match.group().lower() for match in words.finditer(text)}


def _covers(present: set[str], wanted: Sequence[str], share: float) -> bool:
    return sum(term in present for term in wanted) >= share * len(wanted)
