"""Gold answers tied to the text: does the text still say so, and where does it say so first?"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Literal

from qa.evaluation.files import as_object, numbered_lines, parse_json
from qa.evaluation.metrics import find_answer
from qa.evaluation.places import Place
from qa.evaluation.questions import Question
from qa.text import sha256
from qa.types import Document

Tie = Literal["ok", "stale", "untied"]


def check(question: Question, documents: Mapping[str, Document]) -> Tie:
    """Whether the documents still hold the gold answers where the question says.

    "stale": of one place at least the document is gone, or was edited so that the answer's words
    no longer stand there. An edit that leaves the words in their place is "ok". "untied": the
    question has no places, so nothing can be said.

    >>> check(Question("q1", "Who won?", ("Ada",), ("a.md",)), {})
    'untied'
    """
    if not question.gold:
        return "untied"
    return "ok" if staleness(question, documents) is None else "stale"


def staleness(question: Question, documents: Mapping[str, Document]) -> str | None:
    """Why the question is stale: a sentence about its first broken place. None where it is not."""
    broken = (place.broken(documents) for place in question.gold)
    return next((reason for reason in broken if reason is not None), None)


@dataclass(frozen=True, slots=True)
class Stamped:
    """Questions with their ties.

    `missing` are the (question id, document id) for which there is no tie that stands, because the
    document is not there or no wording of the answer stands in it.
    """

    questions: tuple[Question, ...]
    missing: tuple[tuple[str, str], ...]


def stamp(questions: Sequence[Question], documents: Mapping[str, Document]) -> Stamped:
    """Tie every question to the first place of an answer in each of its documents.

    Of several wordings the first that stands in the document is tied, front matter aside. Places
    that stand are kept. One that does not is replaced if its document holds an answer elsewhere;
    otherwise it is kept and stays stale. Nothing is guessed.

    >>> question = Question("q1", "Who won?", ("Ada",), ("a.md", "b.md"))
    >>> stamped = stamp([question], {"a.md": Document("a.md", "A", "So Ada won.")})
    >>> stamped.questions[0].gold[0].start, stamped.missing
    (3, (('q1', 'b.md'),))
    """
    tied, missing = [], []
    for question in questions:
        places: list[Place] = []
        for doc_id in question.doc_ids if question.answerable else ():
            known = [place for place in question.gold if place.doc_id == doc_id]
            document = documents.get(doc_id)
            standing = [] if document is None else _standing(question, document, known)
            places += standing or known
            if not standing:
                missing.append((question.id, doc_id))
        tied.append(replace(question, gold=tuple(places)))
    return Stamped(tuple(tied), tuple(missing))


def _standing(question: Question, document: Document, known: Sequence[Place]) -> list[Place]:
    digest = sha256(document.text)
    held = {document.id: document}
    standing = [replace(place, text_sha256=digest) for place in known if place.stands(held)]
    if standing:
        return standing
    for answer in question.answers:
        found = find_answer(answer, document.text, document.body_start)
        if found is not None:
            return [Place(answer, document.id, *found, digest)]
    return []


def stamped_lines(path: Path, questions: Sequence[Question]) -> Iterator[str]:
    """The lines of a question file with the ties of these questions; all else is as it was.

    `path` is the file that the questions were loaded from. A line whose question is not among
    them, or has no ties, is given back as it stands.
    """
    tied = {question.id: question.gold for question in questions}
    for _, line in numbered_lines(path):
        record = as_object(parse_json(line))
        places = tied.get(str(record.get("id")), ())
        if not places:
            yield line
            continue
        record["gold"] = [asdict(place) for place in places]
        yield json.dumps(record, ensure_ascii=False)
