"""What a follow-up may refer back to: who "he" is, what "it" is, where "there" is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from qa.conversation.grammar import ARTICLES, split, years
from qa.conversation.mentions import Mention
from qa.conversation.turns import EVENTS, PLACES, Referent, Turn
from qa.text import words

# What a name is called by, once it has been.
Pronoun = Literal["he", "she", "they"]

# A name with one of these is no person's.
_NO_PERSON = (
    ARTICLES
    | PLACES
    | EVENTS
    | words(
        """
        academy album army association band book club college commission committee company corp
        corporation council department economy film foundation government group inc institute
        league ltd ministry movie office organisation organization party project record records
        report school series smart society song system team technology union
        """
    )
)
# "The theme of the expo": asked of a thing, and seldom what is talked about next.
_ATTRIBUTES = words(
    """
    aim amount area capital cost date dates form goal kind length name number part population
    position post price purpose rate result results role share size theme title total type value
    """
)
ANYTHING = words("edition event one place thing")
_HUNG = ("in", "at", "of", "on", "for")


class Memory:
    """The turns so far, each question standing alone, and which name goes by which pronoun.

    >>> memory = Memory()
    >>> memory.add("When did the 2019 expo open in Chongqing?", "on 26 August 2019")
    >>> memory.thing(), memory.place()
    (Referent(text='the 2019 expo', preposition=''), Referent(text='Chongqing', preposition='in'))
    """

    def __init__(self) -> None:
        self.turns: list[Turn] = []
        self._pronouns: dict[str, Pronoun] = {}

    def add(self, question: str, answer: str | None) -> None:
        """Remember a question and what was answered, None for nothing."""
        self.turns.append(Turn(question, answer))

    @property
    def year(self) -> str | None:
        """The year that was last talked about."""
        said = (years(f"{turn.question} {turn.answer}") for turn in reversed(self.turns))
        return next((found[-1] for found in said if found), None)

    def person(self, pronoun: Pronoun) -> Referent | None:
        """Who "he" or "she" is: of the last turn that names a person, who goes by this pronoun,
        else whom a "who" asked for, else the subject."""
        for turn in reversed(self.turns):
            names = [] if turn.defines else self._people(turn.mentions, pronoun)
            known = [m for m in names if self._called(m) == pronoun]
            if turn.asks in {"who", "whom", "which"} and not known:
                given = self._people(turn.answered, pronoun)[:1]
                owned = any(m.possessive for m in names)
                if given and not owned and turn.answer.startswith(given[0].text):
                    names = given
            if names:
                names.sort(key=lambda mention: (not mention.subject, mention.preposition != ""))
                return self._call((known or names)[0], pronoun)
        for turn in reversed(self.turns):
            for mention in self._people(turn.answered, pronoun):
                if not mention.preposition:
                    return self._call(mention, pronoun)
        return None

    def thing(self, *, answer_first: bool = False) -> Referent | None:
        """What "it" is; with `answer_first`, what "that" is."""
        for turn in reversed(self.turns):
            given = None if turn.given and self._is_person(turn.given.text) else turn.given
            kind = turn.asked.head if turn.asked and turn.asks in {"which", "what"} else ""
            if given and (answer_first or (kind and kind not in _ATTRIBUTES)):
                return given
            free = [m for m in turn.mentions if not (m.time or m.asked or self._is_person(m.text))]
            if not answer_first:
                free = [m for m in free if m.head not in _ATTRIBUTES] or free
            free.sort(key=lambda mention: not mention.subject)
            # "What was the album?" "Streetlife Serenade"
            named = given and turn.asks in {"which", "what"} and given.text[0].isupper()
            if given and (not free or (named and not free[0].name)):
                return given
            if free:
                return Referent(turn.full(free[0]), free[0].preposition)
        return None

    def several(self) -> Referent | None:
        """What "they" are: who goes by it, else what was counted, else any plural, else a name."""
        for turn in reversed(self.turns):
            free = [m for m in turn.mentions if not (m.time or self._is_person(m.text))]
            known = [m for m in free if self._called(m) == "they"]
            counted = [m for m in free if m.asked and m.plural]
            plural = [m for m in free if m.plural or " and " in m.text]
            names = [m for m in free if m.name]
            for mention in (*known, *counted, *plural, *names):
                if mention.name:
                    return self._call(mention, "they")
                return Referent(turn.full(mention), mention.preposition)
            if turn.given is not None:
                return turn.given
        return None

    def place(self) -> Referent | None:
        """Where "there" is: the last place that was answered, else one that was named."""
        for turn in reversed(self.turns):
            if turn.given is not None:
                heads = {split(turn.given.text)[-1].key, turn.asked.head if turn.asked else ""}
                if turn.asks == "where" or heads & PLACES:
                    return turn.given
            names = [m for m in turn.mentions if m.name and not self._is_person(m.text)]
            names.sort(key=lambda m: m.preposition not in {"in", "at", "to", "from", "near"})
            for mention in names:
                kept = mention.preposition if mention.preposition in {"in", "at"} else ""
                return Referent(mention.text, kept)
        return None

    def of_kind(self, noun: str) -> Referent | None:
        """What "that edition", "this park" or "the expo" is, for a noun in lower case."""
        for turn in reversed(self.turns[-3:]):
            if turn.given and turn.asked and turn.asked.head == noun:
                return turn.given
            for mention in (*turn.mentions, *turn.answered):
                if mention.name and mention.head == noun:
                    return Referent(mention.text)
        return self.thing(answer_first=True) if noun in ANYTHING else None

    def topic(self) -> Referent | None:
        """What is talked about, for a question that does not say."""
        for turn in reversed(self.turns):
            names = [m for m in turn.mentions if m.name]
            names.sort(key=lambda m: (not m.subject, m.preposition not in _HUNG))
            for mention in names:
                return Referent(mention.text, mention.preposition)
            if turn.given and any(m.name for m in turn.answered):
                return turn.given
        for turn in reversed(self.turns):
            for mention in turn.mentions:
                if not (mention.time or mention.asked):
                    return Referent(mention.text, mention.preposition)
        return None

    def _people(self, found: Sequence[Mention], pronoun: Pronoun) -> list[Mention]:
        """Those that this pronoun may stand for."""
        return [mention for mention in found if self._may_be(mention, pronoun)]

    def _may_be(self, mention: Mention, pronoun: Pronoun) -> bool:
        called = self._called(mention)
        if called is not None or not mention.name:
            return called == pronoun
        keys = {word.key for word in split(mention.text)}
        return not keys & _NO_PERSON and not any(key[0].isdigit() for key in keys)

    def _called(self, mention: Mention) -> Pronoun | None:
        return self._pronouns.get(mention.text.lower())

    def _call(self, mention: Mention, pronoun: Pronoun) -> Referent:
        self._pronouns[mention.text.lower()] = pronoun
        return Referent(mention.text)

    def _is_person(self, text: str) -> bool:
        return self._pronouns.get(text.lower()) in {"he", "she"}
