"""Questions that are less than a sentence: "And in 2020?", "What about Huawei?", "Why?"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from qa.conversation.grammar import (
    BE,
    DO,
    LEADS,
    ORDINALS,
    PREPOSITIONS,
    QUESTION_WORDS,
    YEAR,
    Word,
    split,
    years,
)
from qa.conversation.mentions import Mention, mentions
from qa.conversation.turns import Turn
from qa.text import words

_ANYTHING = words("edition event expo one ones time year")
_WHEN_OR_WHERE = words("when where why how")
# With one of these it is a sentence, or refers back on its own.
_SENTENCE = (
    BE
    | DO
    | words(
        """
        i me my you your we us our he him his she her hers it its they them their theirs
        this that these those there am tell give show
        """
    )
)
_LONGEST = 8


def fragment(question: str) -> list[Word]:
    """The words of a question that is no sentence, without what leads in; else none.

    >>> [word.key for word in fragment("And what about Huawei?")]
    ['huawei']
    >>> fragment("What about it?"), fragment("And who won?")
    ([], [])
    """
    found = split(question)
    lead = 0
    while lead < len(found) and found[lead].key in LEADS:
        lead += 1
    if [word.key for word in found[lead : lead + 2]] in (["what", "about"], ["how", "about"]):
        lead += 2
    rest = found[lead:]
    if not rest or len(rest) > _LONGEST or any(word.key in _SENTENCE for word in rest):
        return []
    if rest[0].key in QUESTION_WORDS:
        new = mentions(_text(question, rest))
        whole = len(rest) == 1 or (
            new and new[0].asked and new[0].end == len(_text(question, rest))
        )
        return rest if whole and len(rest) <= 4 + lead else []
    if lead:
        return rest
    begins = rest[0].key in PREPOSITIONS or rest[0].key in ORDINALS or YEAR.fullmatch(rest[0].key)
    return rest if len(rest) <= (4 if begins else 3) and "?" in question else []


def complete(question: str, rest: Sequence[Word], turn: Turn) -> str | None:
    """The question of `turn` with that part changed which the fragment `rest` names.

    None where it is not clear which part that would be.

    >>> turn = Turn("How many projects were signed at the first expo, in 2018?", "501")
    >>> complete("And in 2020?", fragment("And in 2020?"), turn)
    'How many projects were signed at the first expo, in 2020?'
    """
    text = _text(question, rest)
    keys = [word.key for word in rest]
    if turn.topic_only:
        return None
    named = years(text)
    if len(named) == 1:
        known = _ANYTHING | {mention.head for mention in turn.mentions} | {named[0]}
        if all(word.key in known for word in rest if word.content):
            return _of_year(turn.question, named[0])
    if keys[0] in QUESTION_WORDS:
        return _asking(turn, text, keys)
    ordinals = [key for key in keys if key in ORDINALS]
    if ordinals and all(key in ORDINALS | _ANYTHING | {"the"} for key in keys):
        for word in split(turn.question):
            if word.key in ORDINALS:
                return turn.question[: word.start] + ordinals[0] + turn.question[word.end :]
        return None
    return _with_phrase(turn, text, rest)


def stem(question: str) -> str:
    """The question without the marks at its end.

    >>> stem("Who won ?!")
    'Who won'
    """
    return question.rstrip(" \t\r\n?!.,;:>")


def _text(question: str, rest: Sequence[Word]) -> str:
    return question[rest[0].start : rest[-1].end]


def _of_year(question: str, year: str) -> str:
    """The question about another year, and so not about "the first" of anything."""
    changed = f"{stem(question)} in {year}?"
    if said := years(question):
        changed = YEAR.sub(lambda m: year if m.group() == said[-1] else m.group(), question)
    for word, after in pairwise(split(changed)):
        if word.key in ORDINALS and after.capital:
            return changed[: word.start] + changed[after.start :]
    return changed


def _asking(turn: Turn, text: str, keys: Sequence[str]) -> str | None:
    """The same, asked with another question word, or for another thing."""
    question, asked = turn.question, turn.asked
    found = split(question)
    first = next((word for word in found if word.key in QUESTION_WORDS), None)
    # What stands before it is what the question is about: "Frank Zappa: when did he ...?"
    about = question[: first.start] if first and question[: first.start].endswith(": ") else ""
    text = about + (text[0].lower() if about else text[0].upper()) + text[1:]
    if len(keys) > 1:
        if asked is None or first is None:
            return None
        return text + question[asked.end :]
    if keys[0] not in _WHEN_OR_WHERE or not found:
        return None
    if first is None and found[0].key in BE | DO:
        return f"{text} {question[found[0].start].lower()}{question[found[0].start + 1 :]}"
    if first is not None and first.key in _WHEN_OR_WHERE and asked is None:
        return text + question[first.end :]
    after = next((word for word in found if asked and word.start >= asked.end), None)
    if asked is None or after is None or after.key not in BE | DO:
        return None
    return f"{text} {after.key} {asked.text}{question[after.end :]}"


def _with_phrase(turn: Turn, text: str, rest: Sequence[Word]) -> str | None:
    """The same with another phrase: that of the same kind, or behind the same preposition."""
    said = mentions(text)
    time = any(mention.time for mention in said)
    name = any(mention.name for mention in said) or rest[0].capital
    preposition = rest[0].key if rest[0].key in PREPOSITIONS else ""
    alike = [m for m in turn.mentions if m.time == time and m.name == name]
    if preposition:
        hung = [m for m in alike if m.preposition == preposition]
        if not hung or len(rest) == 1:
            return f"{stem(turn.question)} {text}?"
        return _replaced(turn.question, hung[-1], text[rest[1].start - rest[0].start :])
    last = rest[-1].key
    for same in (
        [m for m in alike if m.head == last],
        [m for m in alike if m.asked and m.plural == last.endswith("s")],
        [m for m in alike if m.plural == last.endswith("s")],
        alike if name else [],
    ):
        if same:
            return _replaced(turn.question, same[0], text)
    return None


def _replaced(question: str, old: Mention, new: str) -> str:
    return question[: old.start] + new + question[old.end :]
