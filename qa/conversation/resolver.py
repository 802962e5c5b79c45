"""From a follow-up to a question that stands alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from qa.conversation.ellipsis import complete, fragment, stem
from qa.conversation.grammar import BE, DO, LEADS, QUESTION_WORDS, YEAR, split, years
from qa.conversation.memory import Memory
from qa.conversation.mentions import mentions
from qa.conversation.references import brief, put_in, references
from qa.conversation.turns import Referent
from qa.text import words

# An item of history: an earlier question, or {"question": ..., "answer": ...}.
Turn = str | Mapping[str, str | None]

LONGEST = 2_000
REMEMBERED = 20
_OWN = words("i my we our")
_MORE = words("else other others another more")


def unanswered(question: str) -> str | None:
    """No answer, whatever is asked."""
    return None


def resolve(
    question: str,
    history: Sequence[Turn],
    answer: Callable[[str], str | None] = unanswered,
) -> str:
    """The question with what it refers back to put in; as typed where it refers to nothing.

    `history` is what was asked before, oldest first; of a long one the last 20 turns count. An
    item is a question, or a mapping with its "question" and its "answer", empty where there was
    none. `answer` is asked for one that is missing or None, with the question standing alone; but
    only if there is something to resolve.

    >>> asked = {"question": "How many projects did the 2019 expo sign?", "answer": "530"}
    >>> resolve("And in 2020?", [asked])
    'How many projects did the 2020 expo sign?'
    >>> resolve("Where was it held?", [asked])
    'Where was the 2019 expo held?'
    >>> resolve("Who wrote Hamlet?", [asked])
    'Who wrote Hamlet?'
    """
    if not history or (stands_alone(question) and not references(question)):
        return question
    memory = Memory()
    for turn in history[-REMEMBERED:]:
        said = {"question": turn} if isinstance(turn, str) else turn
        alone = _rewritten(said["question"] or "", memory)
        given = said.get("answer")
        memory.add(alone, answer(alone) if given is None else given)
    return _rewritten(question, memory)


def stands_alone(question: str) -> bool:
    """Whether a question says itself what it is about.

    >>> stands_alone("When did Lijia Smart Park open?"), stands_alone("When did it open?")
    (True, False)
    >>> stands_alone("What was the total?"), stands_alone("how do i change a bicycle tyre")
    (False, True)
    """
    if fragment(question) or any(reference.kind != "the" for reference in references(question)):
        return False
    found, said = split(question), mentions(question)
    if any(mention.name for mention in said) or not brief(found):
        return True
    # Else a few keywords, a question of one's own or about "a violin" begin something new.
    keys = {word.key for word in found}
    if keys & _MORE or (found and found[0].key in LEADS):
        return False
    sentence = "?" in question or keys & (QUESTION_WORDS | BE | DO)
    after = pairwise(["", *(word.key for word in found)])
    return not sentence or any(
        key in _OWN or (key in {"a", "an"} and before not in BE) for before, key in after
    )


def _rewritten(question: str, memory: Memory) -> str:
    if not memory.turns or not split(question):
        return question
    rest = fragment(question)
    whole = complete(question, rest, memory.turns[-1]) if rest else None
    if whole is None:
        whole = put_in(question, references(question), memory)
        if not stands_alone(question) and not any(mention.name for mention in mentions(whole)):
            whole = _about(whole, memory.topic())
        if whole != question:
            whole = _without_lead(whole)
    return whole if len(whole) <= LONGEST else question


def _about(question: str, topic: Referent | None) -> str:
    """The question with what it is about: "... at the expo?", "Frank Zappa: ...?"."""
    if topic is None or topic.text.lower() in question.lower():
        return question
    text = topic.text
    if years(question):  # "the 2019 expo" is not the one of another year
        text = " ".join(YEAR.sub("", text).split())
    where = Referent(text, topic.preposition).place
    if topic.preposition in {"in", "at", "on"} or where.startswith("at "):
        return f"{stem(question)} {where}?"
    asked = _without_lead(question)
    return f"{text}: {asked[0].lower()}{asked[1:]}"


def _without_lead(question: str) -> str:
    """Without "And" or "So" at its beginning."""
    found = split(question)
    lead = 0
    while lead + 1 < len(found) and found[lead].key in LEADS:
        lead += 1
    if not lead:
        return question
    start = found[lead].start
    first = question[start].upper() if found[0].capital else question[start]
    return first + question[start + 1 :]
