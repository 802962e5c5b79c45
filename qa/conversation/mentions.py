"""What a question mentions: its noun phrases, found by capitals and by the words around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qa.conversation.grammar import ARTICLES, BE, DO, PREPOSITIONS, TIMES, VERBS, YEAR, Word, split
from qa.text import words

_WHICH = words("which what whose")
_JOINTS = words("of and the for al bin da de del der di du la le van von y")


@dataclass(frozen=True, slots=True)
class Mention:
    """A noun phrase, `text[start:end]`, without what follows it ("of ...", "in ...", "'s").

    `name` is whether it holds a proper name or a year, `asked` whether it is what a question asks
    for ("how many projects"), `subject` whether it follows "is", "did" or the like, `time` whether
    it says when. `preposition` is the word that it hangs on, in lower case, empty where there is
    none.
    """

    start: int
    end: int
    text: str
    name: bool = False
    asked: bool = False
    subject: bool = False
    time: bool = False
    possessive: bool = False
    preposition: str = ""

    @property
    def head(self) -> str:
        """Its last word, in lower case: what kind of thing it is."""
        return self.text.rsplit(None, 1)[-1].lower()

    @property
    def plural(self) -> bool:
        """Whether it looks like several things."""
        return self.head.endswith("s") and not self.head.endswith(("ss", "us", "is"))


def mentions(text: str) -> list[Mention]:
    """The noun phrases of a question or of a short answer, in order, none within another.

    Time is linear in the length of `text`.

    >>> for mention in mentions("How many projects did the 2019 expo sign in Chongqing?"):
    ...     print(mention.text, mention.name, mention.asked, mention.preposition or None)
    projects False True None
    the 2019 expo True False None
    Chongqing True False in
    """
    found = split(text)
    spans = _without_verb(text, found, _phrases(text, found))
    return [_mention(text, found, first, last) for first, last in spans]


def _phrases(text: str, found: Sequence[Word]) -> list[tuple[int, int]]:
    """The first and the last word of every noun phrase."""
    spans = []
    at = 0
    while at < len(found):
        if _begins(text, found, at):
            first = at
            at += found[at].key in ARTICLES
            article = at > first
            while step := _goes_on(text, found, at, article):
                at += step
            spans.append((first, at))
        at += 1
    return spans


def _begins(text: str, found: Sequence[Word], at: int) -> bool:
    word = found[at]
    follows = at + 1 < len(found) and _close(text, found, at) and found[at + 1].content
    if word.key in ARTICLES:
        return follows
    if not word.content:
        return False
    if word.capital or (word.key[0].isdigit() and follows and found[at + 1].capital):
        # A capital begins every sentence; there it makes a name only before another one.
        opens = at == 0 and len(found) > 1 and not text.startswith(":", word.end)
        return not opens or (follows and found[at + 1].capital)
    if not at or not _close(text, found, at - 1):
        return False
    before = found[at - 1]
    if word.participle and before.key not in DO:
        return False
    asked = before.key in _WHICH or _how_many(found, at)
    return asked or before.possessive or before.key in PREPOSITIONS | DO | BE


def _how_many(found: Sequence[Word], at: int) -> bool:
    return at > 1 and found[at - 1].key in {"many", "much"} and found[at - 2].key == "how"


def _close(text: str, found: Sequence[Word], at: int) -> bool:
    """Whether only a space stands between this word, or its possessive, and the next."""
    between = text[found[at].end : found[at + 1].start]
    if between == ". " and found[at].capital and len(found[at].key) == 1:
        return True  # an initial
    return len(between) <= 3 and between[-1:].isspace() and not between.strip(" '\u2019sS")


def _goes_on(text: str, found: Sequence[Word], at: int, article: bool) -> int:
    """How many words further the phrase has its next word; 0 where it ends."""
    if found[at].possessive or at + 1 == len(found) or not _close(text, found, at):
        return 0
    after = found[at + 1]
    if not after.content or after.key in _JOINTS:
        return _joint(text, found, at)
    if found[at].capital and not after.capital and after.key[0].isalpha():
        # "the Yunding cluster", but not "when did Yu Yao move" or "did the Kinks record Lola".
        last = at + 2 == len(found) or not _close(text, found, at + 1)
        return int(article and not after.participle and (last or not found[at + 2].capital))
    return int(not after.participle or found[at].key in ARTICLES)


def _joint(text: str, found: Sequence[Word], at: int) -> int:
    """How far the next capital is: "Ministry of Industry", "Salt and the Sea"."""
    for step in (2, 3):
        between = found[at + 1 : at + step]
        if at + step < len(found) and found[at].capital and found[at + step].capital:
            small = between[0].key != "the" and all(word.key in _JOINTS for word in between)
            near = all(_close(text, found, n) for n in range(at, at + step))
            if small and near and found[at + step].content:
                return step
    return 0


def _without_verb(
    text: str, found: Sequence[Word], spans: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """The spans without the last word of "did robots dance" and "was the film popular"."""
    kept = list(spans)
    for number, (first, last) in enumerate(spans):
        before = found[first - 1].key if first else ""
        after = found[last + 1].key if last + 1 < len(found) else ""
        alone = last - first == (found[first].key in ARTICLES)
        if alone or found[last].capital or found[last].possessive:
            continue
        if before in DO and after not in VERBS | BE:
            # In "does the node in Chongqing connect" the verb stands further on.
            further = after in PREPOSITIONS and number + 1 < len(spans)
            if not (further and _verb_follows(text, found, spans[number + 1][1])):
                kept[number] = first, last - 1
        elif before in BE and first == 1:
            kept[number] = first, last - 1
    return kept


def _verb_follows(text: str, found: Sequence[Word], last: int) -> bool:
    """Whether a small word stands behind a capital one, as in "Chongqing connect"."""
    if last + 1 == len(found) or not _close(text, found, last):
        return False
    after = found[last + 1]
    return found[last].capital and not after.capital and (after.content or after.key in VERBS)


def _mention(text: str, found: Sequence[Word], first: int, last: int) -> Mention:
    start, end = found[first].start, found[last].end
    inside = [word for word in found[first : last + 1] if word.content]
    before = found[first - 1].key if first else ""
    dated = all(word.key[0].isdigit() or word.key in TIMES for word in inside)
    time = dated or (inside[-1].key in TIMES and not inside[0].capital)
    return Mention(
        start=start,
        end=end,
        text=text[start:end],
        name=not time and any(word.capital or YEAR.fullmatch(word.key) for word in inside),
        asked=before in _WHICH or _how_many(found, first),
        subject=before in DO or before in BE,
        time=time,
        possessive=found[last].possessive,
        preposition=before if before in PREPOSITIONS else "",
    )
