"""Making questions in the terminal: a passage is shown, a person asks and points at the answer."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import count

from qa.answerer import check_question
from qa.errors import QuestionError
from qa.evaluation.metrics import normalise, stands_at
from qa.evaluation.places import Place
from qa.evaluation.questions import Question
from qa.text import sha256
from qa.types import Document, Passage

Ask = Callable[[str], str]
"""Shows a prompt and returns the line that was typed; raises EOFError at the end of input."""

Say = Callable[[str], None]
"""Shows a line. What it is given quotes articles: it must take the sting out of them."""

_AROUND = 30


def dialogue(
    passages: Sequence[Passage],
    documents: Mapping[str, Document],
    ask: Ask,
    say: Say,
    *,
    taken: Collection[str] = (),
    seed: int = 0,
    split: str = "test",
) -> Iterator[Question]:
    """The questions that a person makes of passages, each as soon as it is made.

    Passages come in an order that is random and the same for the same seed. An empty line goes on
    to the next one; the end of input ends it. Ids are q1, q2, ... but for those `taken`.
    """
    shown = list(passages)
    random.Random(seed).shuffle(shown)
    ids = (name for number in count(1) if (name := f"q{number}") not in taken)
    try:
        for number, passage in enumerate(shown, start=1):
            say(f"[{number} of {len(shown)}] {passage.title} ({passage.id})")
            say(passage.text)
            question = _question(ask, say)
            place = None if question is None else _answer(passage, documents, ask, say)
            if question is not None and place is not None:
                doc_ids = (passage.doc_id,)
                yield Question(
                    next(ids), question, (place.answer,), doc_ids, "fact", split, gold=(place,)
                )
    except EOFError:
        return


def _question(ask: Ask, say: Say) -> str | None:
    while typed := ask("question (empty: next passage): ").strip():
        try:
            check_question(typed)
        except QuestionError as error:
            say(f"{error}; {error.hint}")
        else:
            return typed
    return None


def _answer(
    passage: Passage, documents: Mapping[str, Document], ask: Ask, say: Say
) -> Place | None:
    text = documents[passage.doc_id].text
    while typed := ask("answer, in the passage's words (empty: leave it): ").strip():
        places = places_of(typed, passage, text)
        if places:
            chosen = _chosen(places, text, ask, say)
            if chosen is not None:
                return Place(typed, passage.doc_id, *chosen, sha256(text))
        else:
            say("The passage does not say that as whole words; copy them from it.")
    return None


def places_of(answer: str, passage: Passage, text: str) -> list[tuple[int, int]]:
    """Where exactly these words stand in a passage, as offsets into its document's `text`.

    A line's end is as good as a space. None cuts a word or number: such a place would be stale.

    >>> text = "530 firms came, 53 of them by ship."
    >>> places_of("53", Passage("a.txt", "", 0, 35, text), text)
    [(16, 18)]
    """
    if not normalise(answer):
        return []
    pattern = re.compile(r"\s+".join(map(re.escape, answer.split())))
    found = (match.span() for match in pattern.finditer(text, passage.start, passage.end))
    return [span for span in found if stands_at(answer, text, *span)]


def _chosen(
    places: Sequence[tuple[int, int]], text: str, ask: Ask, say: Say
) -> tuple[int, int] | None:
    if len(places) == 1:
        return places[0]
    for number, (start, end) in enumerate(places, start=1):
        around = text[max(0, start - _AROUND) : start], text[start:end], text[end : end + _AROUND]
        say("{}. ...{}>>{}<<{}...".format(number, *around))
    while typed := ask(f"which of them (1 to {len(places)}; empty: another answer): ").strip():
        if typed.isascii() and typed.isdigit() and 1 <= int(typed[:9]) <= len(places):
            return places[int(typed[:9]) - 1]
        say(f"A number from 1 to {len(places)}, please.")
    return None
