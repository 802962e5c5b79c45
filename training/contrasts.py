"""Examples that differ from an answerable one in the one thing that matters.

The commonest mistake of a reader is the right kind of answer from the wrong year, edition or place.
So a year or a name of the question, or the title of the passage, is exchanged for another one: then
the passage does not answer any more.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from qa.text import terms
from training.examples import Example

_YEAR = re.compile(r"\b(?:1[5-9]\d\d|20[0-3]\d)\b")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][\w'-]+(?: (?:(?:of|the|de|and) )*[A-Z][\w'-]+)*")
# Contrasts taken from one answerable example in so many; the titled ones also keep an answer.
_EVERY = {"year": 1, "name": 5, "title": 1, "dated": 16}


def contrasts(examples: Sequence[Example], chooser: random.Random) -> Iterator[Example]:
    """Changed copies of some of the answerable `examples`."""
    titles = sorted({example.title for example in examples})
    names = _names(examples)
    for example in examples:
        if example.start is None:
            continue
        if chooser.randrange(_EVERY["year"]) == 0:
            yield from _other_year(example, chooser)
        if chooser.randrange(_EVERY["name"]) == 0:
            yield from _other_name(example, names.get(example.title, []), chooser)
        if chooser.randrange(_EVERY["title"]) == 0:
            yield from _other_title(example, titles, chooser)
        if chooser.randrange(_EVERY["dated"]) == 0:
            yield from _dated(example, chooser)


def _unanswered(example: Example, **changes: str) -> Example:
    return replace(example, start=None, end=None, **changes)


def _other_year(example: Example, chooser: random.Random) -> Iterator[Example]:
    """The question asks about a neighbouring year that the passage does not mention."""
    match = _YEAR.search(example.question)
    seen = f"{example.title} {example.heading} {example.text}"
    if match is None or match.group() not in seen:
        return
    year = str(int(match.group()) + chooser.choice((-4, -3, -2, -1, 1, 2, 3, 4)))
    if year not in seen:
        yield _unanswered(example, question=_put(example.question, match, year))


def _other_name(
    example: Example, names: Sequence[str], chooser: random.Random
) -> Iterator[Example]:
    """The question asks about another name of the same article, which the passage lacks."""
    match = _NAME.search(example.question)
    if match is None or match.group() not in example.text:
        return
    shared = set(terms(f"{example.title} {example.text} {example.question}"))
    others = [name for name in names if not shared.intersection(terms(name))]
    if others:
        other = chooser.choice(others)
        yield _unanswered(example, question=_put(example.question, match, other))


def _other_title(
    example: Example, titles: Sequence[str], chooser: random.Random
) -> Iterator[Example]:
    """The passage belongs to another article, and only the title had tied it to the question."""
    asked = set(terms(example.question))
    tie = asked.intersection(terms(example.title)).difference(terms(example.text))
    title = chooser.choice(titles)
    if tie and not asked.intersection(terms(title)):
        yield _unanswered(example, title=title)


def _dated(example: Example, chooser: random.Random) -> Iterator[Example]:
    """Question and title both name a year: the passage answers if it is the same one."""
    if _YEAR.search(example.question) or _YEAR.search(f"{example.title} {example.text}"):
        return
    year = chooser.randrange(2005, 2027)
    other = year + chooser.choice((-3, -2, -1, 1, 2, 3))
    asked = example.question.rstrip("? ")
    question = chooser.choice((f"{asked} in {year}?", f"In {year}, {asked}?"))
    for named in (year, other):
        title = chooser.choice((f"{example.title} {named}", f"{named} {example.title}"))
        dated = replace(example, question=question, title=title)
        yield dated if named == year else _unanswered(dated)


def _names(examples: Sequence[Example]) -> dict[str, list[str]]:
    """The names in the questions about each article, in order."""
    found: dict[str, dict[str, None]] = {}
    for example in examples:
        of_title = found.setdefault(example.title, {})
        of_title.update(dict.fromkeys(_NAME.findall(example.question)))
    return {title: list(names) for title, names in found.items()}


def _put(text: str, match: re.Match[str], words: str) -> str:
    return text[: match.start()] + words + text[match.end() :]
