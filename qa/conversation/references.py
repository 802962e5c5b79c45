"""The words of a question that refer back: "he", "its", "there", "that edition"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qa.conversation.grammar import BE, PREPOSITIONS, Word, split
from qa.conversation.memory import ANYTHING, Memory
from qa.conversation.mentions import mentions
from qa.conversation.turns import Referent
from qa.text import STOP_WORDS, words

_PRONOUNS = {
    **dict.fromkeys(words("he him his"), "he"),
    **dict.fromkeys(words("she her hers"), "she"),
    **dict.fromkeys(words("it its"), "it"),
    **dict.fromkeys(words("they them their theirs"), "they"),
}
_OWN = words("his her its their")
_POINTING = words("this that these those")
_SPANS = words("year time period day moment")
_CONJUNCTIONS = words("and or but when while after before because if that who which whose than")
# "How long did it take to ...": here "it" is nothing.
_EMPTY = (["take", "to"], ["takes", "to"], ["took", "to"], ["comes", "to"], ["is", "that"])
_FEW = 3
_MOST = 4  # no question refers back more often, and text from anyone must not take long


@dataclass(frozen=True, slots=True)
class Reference:
    """Words that refer back, `question[start:end]`: `kind` says how.

    "he", "she", "it" and "they" are pronouns; "there" is a place; "that" points, at a `noun`
    where there is one; "the" may, if something with that noun in its name has been talked about.
    `own` is whether it owns what follows; where that is a single word, it goes from `owned` to
    `end`. `hangs` is whether a preposition stands before it.
    """

    start: int
    end: int
    kind: str
    noun: str = ""
    own: bool = False
    owned: int = 0
    hangs: bool = False


def brief(found: Sequence[Word]) -> bool:
    """Whether words say too little to be a topic of their own.

    >>> brief(split("What was the total?")), brief(split("Why do old cats purr at night?"))
    (True, False)
    """
    return sum(word.content for word in found) <= _FEW


def references(question: str) -> list[Reference]:
    """What refers back beyond the question itself, in order.

    >>> [reference.kind for reference in references("Where was it held, and who opened it?")]
    ['it', 'it']
    >>> [reference.noun for reference in references("Who opened the park?")]
    ['park']
    >>> references("Did Yu Yao and his wife come when there was room?")
    []
    """
    found = split(question)
    said = mentions(question)
    named = min((mention.end for mention in said if mention.name), default=None)
    seen: list[Reference] = []
    if named is None and brief(found):
        nouns = [mention for mention in said if mention.text.lower() == f"the {mention.head}"]
        seen = [Reference(mention.start, mention.end, "the", mention.head) for mention in nouns]
    definite = (mention.end for mention in said if mention.text[:4].lower() == "the ")
    things = min(definite, default=len(question))
    clause = False
    for at, word in enumerate(found):
        before = named is not None and named <= word.start
        clause = clause or (before and word.key in _CONJUNCTIONS)
        # "Did Ann and he come?", "When did Ann make her film?": the question says who.
        known = clause or (before and word.key in _OWN)
        known = known or (word.key in {"its", "their"} and things <= word.start)
        reference = _reference(found, at, known=known)
        if reference is not None:
            seen.append(reference)
    return sorted(seen, key=lambda reference: reference.start)


def _reference(found: Sequence[Word], at: int, *, known: bool) -> Reference | None:
    word = found[at]
    before = found[at - 1] if at else None
    after = found[at + 1] if at + 1 < len(found) else None
    hangs = before is not None and before.key in PREPOSITIONS
    beside_be = any(other is not None and other.key in BE for other in (before, after))
    if word.key == "it" and [other.key for other in found[at + 1 : at + 3]] in _EMPTY:
        return None
    if word.key in _PRONOUNS and not known:
        # "her" owns what follows unless that is no noun: "to her in 2019".
        small = after is None or after.key in STOP_WORDS or after.key in PREPOSITIONS
        own = word.key in _OWN and after is not None and not (word.key == "her" and small)
        kind = _PRONOUNS[word.key]
        single = at + 2 >= len(found) or not found[at + 2].content
        if own and after and after.content and single and kind in {"it", "they"}:
            return Reference(word.start, after.end, kind, own=True, owned=after.start)
        return Reference(word.start, word.end, kind, own=own)
    if word.key == "there" and not beside_be:
        return Reference(word.start, word.end, "there", hangs=hangs)
    if word.key not in _POINTING:
        return None
    if after is not None and (after.key in _SPANS or (after.content and not after.participle)):
        return Reference(word.start, after.end, "that", noun=after.key)
    if after is None or before is None or beside_be or hangs or before.key in {"do", "does", "did"}:
        return Reference(word.start, word.end, "that")
    return None


def put_in(question: str, found: Sequence[Reference], memory: Memory) -> str:
    """The question with what its references stand for in their place, as far as memory has it.

    A name is put in once: "when did he make his film" becomes "when did Ann make his film".
    """
    referents: dict[tuple[str, str], Referent | None] = {}
    written: list[str] = []
    used: set[str] = set()
    at = 0
    for reference in found[:_MOST]:
        key = reference.kind, reference.noun
        if key not in referents:
            referents[key] = _referent(question, reference, memory)
        referent = referents[key]
        if referent is None or referent.text in used:
            continue
        used.add(referent.text)
        owned = question[reference.owned : reference.end] if reference.owned else ""
        written += question[at : reference.start], _written(reference, referent, owned)
        at = reference.end
    return "".join((*written, question[at:]))


def _referent(question: str, reference: Reference, memory: Memory) -> Referent | None:
    match reference.kind:
        case "he":
            return memory.person("he")
        case "she":
            return memory.person("she")
        case "it":
            return memory.thing()
        case "they":
            return memory.several()
        case "there":
            return memory.place()
    if reference.kind == "the" and reference.noun in ANYTHING:
        return None
    if reference.noun == "year":
        return Referent(memory.year) if memory.year else None
    # What happened "after that" or "at that time" is no thing that could be named.
    before = question[: reference.start].rsplit(None, 1)[-1:]
    if reference.noun in _SPANS or before in (["after"], ["before"], ["since"], ["during"]):
        return None
    return memory.of_kind(reference.noun) if reference.noun else memory.thing(answer_first=True)


def _written(reference: Reference, referent: Referent, owned: str) -> str:
    if reference.kind == "there" and not reference.hangs:
        return referent.place
    if owned and referent.text.count(" ") > 1:
        return f"the {owned} of {referent.text}"
    if reference.own:
        possessive = referent.text + ("'" if referent.text.endswith("s") else "'s")
        return f"{possessive} {owned}".rstrip()
    return referent.text
