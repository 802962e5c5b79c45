"""One turn of a conversation, and what it leaves to be talked about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from qa.conversation.grammar import ARTICLES, QUESTION_WORDS, YEAR, split
from qa.conversation.mentions import Mention, mentions
from qa.text import words

PLACES = words(
    """
    area building center centre city country district hall island market mountain museum park
    pavilion place province region river room school square stadium station street town university
    venue village
    """
)
EVENTS = words(
    """
    ceremony championship conference congress contest cup edition event exhibition expo fair
    festival forum games show summit tournament tour war
    """
)
_JOINTS = words("a an and at by for from in of on or the to with")
_LONGEST = 100
_LONGEST_ANSWER = 500


@dataclass(frozen=True, slots=True)
class Referent:
    """What a word stands for, in other words, with the preposition that it had, if any."""

    text: str
    preposition: str = ""

    @property
    def place(self) -> str:
        """With a preposition that says where.

        >>> Referent("the 2019 expo").place, Referent("Lijia Smart Park").place
        ('at the 2019 expo', 'in Lijia Smart Park')
        """
        event = YEAR.search(self.text) or EVENTS & {word.key for word in split(self.text)}
        usual = "at" if event else "in"
        return f"{self.preposition or usual} {self.text}"


class Turn:
    """A question, standing alone, and its answer; of a long one only the beginning is looked at.

    >>> turn = Turn("How many racks can the data centre in Chongqing support?", "90,000")
    >>> [mention.text for mention in turn.mentions]
    ['racks', 'the data centre', 'Chongqing']
    >>> turn.full(turn.mentions[1])
    'the data centre in Chongqing'
    """

    def __init__(self, question: str, answer: str | None) -> None:
        self.question = question
        self.answer = (answer or "")[:_LONGEST_ANSWER].strip(" \t\r\n.,;:!?")
        found = split(question)
        self.asks = next((word.key for word in found if word.key in QUESTION_WORDS), "")
        # "What is X?" is not asked of people.
        self.defines = [word.key for word in found[:2]] in (["what", "is"], ["what", "was"])
        # "Frank Zappa" or "smart china expo 2019" asks nothing, but says what it is about.
        self.topic_only = (
            0 < len(found) <= 8
            and "?" not in question
            and all(word.content or word.key in _JOINTS for word in found)
        )

    @cached_property
    def mentions(self) -> Sequence[Mention]:
        """The noun phrases of the question."""
        if not self.topic_only:
            return mentions(self.question)
        topic = self.question.split("(")[0].strip()[:_LONGEST]
        name = any(mention.name for mention in mentions(topic))
        return [Mention(0, len(topic), topic, name, subject=True)]

    @cached_property
    def answered(self) -> Sequence[Mention]:
        """The noun phrases of the answer, none where nothing was asked."""
        return [] if self.topic_only else mentions(self.answer)

    @cached_property
    def asked(self) -> Mention | None:
        """What was asked for: the projects of "how many projects"."""
        return next((m for m in self.mentions if m.asked and not m.time), None)

    @cached_property
    def given(self) -> Referent | None:
        """The answer, if it is something to be talked about: no figure, date, clause or "a ..."."""
        first = next(iter(self.answered), None)
        if first is None or first.time or len(self.answer.split()) > 10:
            return None
        if first.text.lower().startswith(("a ", "an ")):
            return None
        preposition = first.preposition if first.preposition in {"in", "at", "on"} else ""
        return Referent(_lowered(_chain(self.answer, self.answered, first)), preposition)

    def full(self, mention: Mention) -> str:
        """A mention of the question so that it is understood elsewhere.

        That is with what hangs on it, and where no name does, with one that the question has.
        """
        text = _chain(self.question, self.mentions, mention)
        end = mention.start + len(text)
        within = [m for m in self.mentions if mention.start <= m.start < end]
        others = [m for m in self.mentions if m.name and m not in within]
        if not others or any(m.name for m in within):
            return text
        name = others[0]
        preposition = name.preposition if name.preposition in {"in", "at", "on"} else "of"
        article = "" if split(text)[0].key in ARTICLES else "the "
        return f"{article}{text} {preposition} {name.text}"


def _chain(text: str, found: Sequence[Mention], mention: Mention) -> str:
    """A mention with the phrases that hang on it: "the data centre in Chongqing"."""
    end = mention.end
    for other in found:
        if other.start < end or mention.possessive:
            continue
        if other.time or text[end : other.start].split() != [other.preposition]:
            break
        end = other.end
    return text[mention.start : end] if end - mention.start <= _LONGEST else mention.text


def _lowered(text: str) -> str:
    """With a small article, where it is not part of a name: "The Kinks" keep theirs."""
    found = split(text)
    small = len(found) > 1 and found[0].key in ARTICLES and not found[1].capital
    return text[0].lower() + text[1:] if small else text
