"""Known questions from feedback: what people called right, or pointed at, becomes gold.

Nothing is guessed. What says only that an answer was wrong is counted and left out; what the
articles no longer say, and what people do not agree on, is left out and listed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from qa.errors import InputError
from qa.evaluation.feedback_entries import Entry, FeedbackPlace, corpus_sha256
from qa.evaluation.metrics import normalise
from qa.evaluation.places import Place
from qa.evaluation.questions import Question, parse_question
from qa.text import sha256
from qa.types import Document

SPLIT = "feedback"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A question that no known question was made of, and why, in a sentence."""

    question: str
    reason: str


@dataclass(frozen=True, slots=True)
class FromFeedback:
    """What came of entries of feedback.

    `entries` is how many there were, `merged` how many say what another one says already, and
    `unsaid` how many say only that an answer was wrong. `changed` are those whose articles are
    not the ones that the feedback was given on, `contradicting` the questions on which entries
    disagree, and `unusable` what is no known question for another reason.
    """

    questions: tuple[Question, ...]
    entries: int
    merged: int
    unsaid: int
    changed: tuple[LeftOut, ...]
    contradicting: tuple[LeftOut, ...]
    unusable: tuple[LeftOut, ...]


@dataclass(frozen=True, slots=True)
class _Claim:
    """What one entry says: the right words with their places, or (None) that there are none."""

    words: str | None
    places: tuple[FeedbackPlace, ...] = ()

    def agrees(self, other: _Claim) -> bool:
        if self.words is None or other.words is None:
            return self.words is other.words
        return normalise(self.words) == normalise(other.words) or any(
            one.doc_id == two.doc_id and one.start < two.end and two.start < one.end
            for one in self.places
            for two in other.places
        )


def from_feedback(
    entries: Sequence[Entry], documents: Mapping[str, Document], *, collection_id: str | None = None
) -> FromFeedback:
    """Known questions from entries of feedback on `documents`.

    `collection_id` takes the entries of that collection alone. Raises InputError where there are
    entries of several and none is named, or none of the one named.
    """
    chosen = _of_collection(entries, collection_id)
    corpus = corpus_sha256(documents)
    groups: dict[str, list[Entry]] = {}
    changed: list[LeftOut] = []
    unsaid = 0
    for entry in chosen:
        said = entry.absent or entry.verdict == "right" or any(p.marked for p in entry.places)
        unsaid += not said
        if (reason := _outdated(entry, documents, corpus)) is None:
            groups.setdefault(_key(entry.question), []).append(entry)
        elif said:
            changed.append(LeftOut(entry.question, reason))
    questions: list[Question] = []
    contradicting: list[LeftOut] = []
    unusable: list[LeftOut] = []
    merged = 0
    for key, group in groups.items():
        claims = [claim for entry in group if (claim := _claim(entry)) is not None]
        if not claims:
            continue
        asked = group[0].question
        if (reason := _contradiction(claims, group)) is not None:
            contradicting.append(LeftOut(asked, reason))
            continue
        try:
            questions.append(parse_question(_question(key, asked, claims, documents).to_dict()))
            merged += len(claims) - 1
        except ValueError as error:
            unusable.append(LeftOut(asked, f"It makes no known question: {error}."))
    left_out = (tuple(changed), tuple(contradicting), tuple(unusable))
    return FromFeedback(tuple(questions), len(chosen), merged, unsaid, *left_out)


def _of_collection(entries: Sequence[Entry], collection_id: str | None) -> list[Entry]:
    known = sorted({entry.collection_id for entry in entries})
    if collection_id is None and len(known) > 1:
        raise InputError(
            f"there is feedback on {len(known)} collections: {', '.join(known)}",
            hint="name the one that the index is of: --collection ID",
        )
    if collection_id is not None and collection_id not in known:
        raise InputError(
            f"there is no feedback on the collection {collection_id!r}",
            hint=f"there is on: {', '.join(known) or 'none'}",
        )
    return [entry for entry in entries if collection_id in (None, entry.collection_id)]


def _key(question: str) -> str:
    """The same for questions that differ in case, spaces and closing marks only."""
    return " ".join(question.casefold().split()).rstrip(" ?!.。？！")


def _claim(entry: Entry) -> _Claim | None:
    """What an entry says is right; None where it says only that something is wrong."""
    marked = tuple(place for place in entry.places if place.marked)
    if marked:
        return _Claim(marked[0].words, marked)
    if entry.absent or (entry.verdict == "right" and entry.answer is None):
        return _Claim(None)
    if entry.verdict == "right":
        return _Claim(entry.answer, entry.places)
    return None


def _denial(entry: Entry) -> _Claim | None:
    """The answer that an entry calls wrong; silence that was called wrong included."""
    if entry.verdict == "right":
        return None
    return _Claim(entry.answer, tuple(place for place in entry.places if not place.marked))


def _outdated(entry: Entry, documents: Mapping[str, Document], corpus: str) -> str | None:
    """Why an entry cannot be held against the articles as they are; None where it can."""
    for place in entry.places:
        document = documents.get(place.doc_id)
        if document is None:
            return f"The index does not hold {place.doc_id!r}."
        if sha256(document.text) != place.text_sha256:
            return f"{place.doc_id!r} was edited since."
    claim = _claim(entry)
    if claim is not None and claim.words is None and entry.corpus_sha256 != corpus:
        return "Articles were added, edited or removed since it was said that none answers it."
    return None


def _contradiction(claims: Sequence[_Claim], entries: Sequence[Entry]) -> str | None:
    for one, other in combinations(claims, 2):
        if not one.agrees(other):
            return f"Right is {_named(one)}, and right is {_named(other)}."
    for entry in entries:
        denied = _denial(entry)
        if denied is None or _claim(entry) is not None:
            continue
        if any(denied.agrees(claim) for claim in claims):
            return f"Some call {_named(denied)} right, others call it wrong."
    return None


def _named(claim: _Claim) -> str:
    return "silence" if claim.words is None else repr(claim.words)


def _question(
    key: str, asked: str, claims: Sequence[_Claim], documents: Mapping[str, Document]
) -> Question:
    places = {
        Place(place.words, place.doc_id, place.start, place.end, place.text_sha256): None
        for claim in claims
        for place in claim.places
    }
    for place in places:
        if not place.stands(documents):
            raise ValueError(f"{place.answer!r} cuts a word")
    answerable = claims[0].words is not None
    return Question(
        id=f"feedback-{sha256(key)[:12]}",
        question=asked,
        answers=tuple(dict.fromkeys(place.answer for place in places)),
        doc_ids=tuple(dict.fromkeys(place.doc_id for place in places)),
        kind="fact" if answerable else "unanswerable",
        split=SPLIT,
        gold=tuple(places),
    )
