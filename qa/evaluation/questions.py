"""Known questions with their answers, one JSON object a line (see eval/README.md)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from qa.errors import Problem, QuestionError
from qa.evaluation.files import as_object, member, numbered_lines, parse_json, strings
from qa.evaluation.metrics import normalise

UNANSWERABLE_KINDS = ("unanswerable", "off-topic")
ANSWERABLE_KINDS = (
    "fact",
    "number",
    "date",
    "person",
    "place",
    "paraphrase",
    "several-documents",
)
KINDS = ANSWERABLE_KINDS + UNANSWERABLE_KINDS

_HINT = "eval/README.md describes the keys of a question"


@dataclass(frozen=True, slots=True)
class Question:
    """A question with every accepted wording of its answer, and the documents that hold it.

    `answers` is empty exactly where the documents do not answer. `kind` is one of `KINDS` or
    a name of your own. `fact` names the fact that is asked for; other questions may share it.

    >>> Question("q1", "Who won?", ("Ada",), ("a.md",), "person", "test").answerable
    True
    """

    id: str
    question: str
    answers: tuple[str, ...]
    doc_ids: tuple[str, ...]
    kind: str = "fact"
    split: str = "test"
    fact: str | None = None

    @property
    def answerable(self) -> bool:
        """Whether the documents answer it."""
        return bool(self.answers)


def load_questions(path: Path, *, split: str | None = None) -> list[Question]:
    """The questions of a JSON lines file (plain or `.gz`), in its order; of one split if asked.

    Raises `QuestionError` naming every ill-formed line and every repeated id at once, and for
    a file without questions or a split that no question has; `InputError` for a file that
    cannot be read.
    """
    questions: list[Question] = []
    problems: list[Problem] = []
    first_lines: dict[str, int] = {}
    for number, line in numbered_lines(path):
        try:
            question = _parse(as_object(parse_json(line)))
            if question.id in first_lines:
                first = first_lines[question.id]
                raise ValueError(f"the id {question.id!r} is already that of line {first}")
        except ValueError as error:
            problems.append(Problem(str(path), str(error), line=number))
        else:
            first_lines[question.id] = number
            questions.append(question)
    if problems:
        listed = "; ".join(str(problem) for problem in problems)
        count = f"{len(problems)} lines cannot be used: " if len(problems) > 1 else ""
        raise QuestionError(count + listed, hint=_HINT)
    if not questions:
        raise QuestionError(f"{path}: holds no questions", hint=_HINT)
    return questions if split is None else _of_split(questions, split, path)


def _of_split(questions: Sequence[Question], split: str, path: Path) -> list[Question]:
    chosen = [question for question in questions if question.split == split]
    if not chosen:
        known = ", ".join(sorted({question.split for question in questions}))
        raise QuestionError(
            f"{path}: no question is of the split {split!r}", hint=f"splits in this file: {known}"
        )
    return chosen


def _parse(record: Mapping[str, object]) -> Question:
    answers = strings(record, "answers")
    defaults: dict[str, object] = {
        "doc_ids": [],
        "kind": "fact" if answers else "unanswerable",
        "split": "test",
    }
    complete = {**defaults, **record}
    question = Question(
        id=_name(complete, "id"),
        question=member(complete, "question", str),
        answers=answers,
        doc_ids=strings(complete, "doc_ids"),
        kind=_name(complete, "kind"),
        split=_name(complete, "split"),
        fact=None if complete.get("fact") is None else _name(complete, "fact"),
    )
    _check(question)
    return question


def _name(record: Mapping[str, object], key: str) -> str:
    """A name is printed in tables and messages, so nothing in it may steer a terminal."""
    name = member(record, key, str)
    if not name.strip() or not name.isprintable():
        raise ValueError(f"{key!r} must be printable and not blank")
    return name


def _check(question: Question) -> None:
    if not question.question.strip():
        raise ValueError("'question' is blank")
    for answer in question.answers:
        if not normalise(answer):
            raise ValueError(f"the answer {answer!r} is nothing but punctuation and articles")
    if question.answers and not question.doc_ids:
        raise ValueError("'doc_ids' must name the documents that hold the answer")
    if question.answers and question.kind in UNANSWERABLE_KINDS:
        raise ValueError(f"a question of the kind {question.kind!r} must have no answers")
    if not question.answers and question.kind in ANSWERABLE_KINDS:
        raise ValueError(f"a question of the kind {question.kind!r} must have answers")
