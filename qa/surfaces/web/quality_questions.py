"""The known questions that a collection can be asked: bundled, brought, or made of feedback."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import qa
from qa.errors import InputError, QAError
from qa.evaluation.feedback_entries import read_entries
from qa.evaluation.from_feedback import from_feedback
from qa.evaluation.questions import Question, load_questions
from qa.surfaces.web.collections import BUNDLED, Collections
from qa.surfaces.web.feedback import Feedback
from qa.surfaces.web.quality_reports import Reports


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Known questions with their name; `note` says what was left out of them, or what is wrong."""

    id: str
    name: str
    questions: tuple[Question, ...]
    note: str = ""


def question_sets(
    collections: Collections, feedback: Feedback, collection_id: str
) -> list[QuestionSet]:
    """The sets of questions that a collection can be asked, the fullest ones first."""
    bot = collections.bot(collection_id)
    folder = collections.reports(collection_id)
    sets: list[QuestionSet] = []
    if collection_id == BUNDLED:
        sets += _set("bundled", "The known questions that come along", bundled_questions)
    if folder is not None:
        sets += _set("brought", "Your questions", Reports(folder).questions)
    if feedback.path is not None and feedback.path.is_file():
        sets += _from_feedback(feedback.path, bot, collection_id)
    return [one for one in sets if one.note or _is_about(one.questions, bot)]


def bundled_questions() -> list[Question]:
    """The questions of a clone of the project; none where only the package is installed."""
    path = Path(qa.__file__).parent.parent / "eval" / "questions" / "expo.jsonl"
    return load_questions(path) if path.is_file() else []


def _set(set_id: str, name: str, load: Callable[[], list[Question]]) -> Iterator[QuestionSet]:
    try:
        questions = load()
    except QAError as error:
        yield QuestionSet(set_id, name, (), f"{error}: {error.hint}")
        return
    if questions:
        yield QuestionSet(set_id, name, tuple(questions))


def _from_feedback(path: Path, bot: qa.Bot, collection_id: str) -> Iterator[QuestionSet]:
    try:
        made = from_feedback(read_entries(path), bot.documents, collection_id=collection_id)
    except InputError:
        return  # there is none on this collection
    counts = {
        "whose articles have changed since": len(made.changed),
        "on which people do not agree": len(made.contradicting),
        "that make no known question": len(made.unusable),
        "that say only that an answer was wrong": made.unsaid,
    }
    left_out = [f"{count} {why}" for why, count in counts.items() if count]
    note = f"Left out: {', '.join(left_out)}." if left_out else ""
    if made.questions or note:
        yield QuestionSet("feedback", "From feedback", made.questions, note)


def _is_about(questions: tuple[Question, ...], bot: qa.Bot) -> bool:
    named = {doc_id for question in questions for doc_id in question.doc_ids}
    return not named or bool(named & set(bot.documents))
