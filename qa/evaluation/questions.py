"""Known questions with their answers, one JSON object a line.

eval/README.md describes the keys, and `question.schema.json` most of their rules.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from qa.answerer import MAX_QUESTION, Turn
from qa.errors import Problem, QuestionError
from qa.evaluation.files import as_object, member, numbered_lines, parse_json, strings
from qa.evaluation.metrics import normalise
from qa.evaluation.places import Place, parse_place

UNANSWERABLE_KINDS = ("unanswerable", "off-topic")
ANSWERABLE_KINDS = (
    "fact",
    "number",
    "date",
    "person",
    "place",
    "paraphrase",
    "several-documents",
    "conflict",
    "no-conflict",
)
KINDS = ANSWERABLE_KINDS + UNANSWERABLE_KINDS

_HINT = "eval/README.md describes the keys of a question"


@dataclass(frozen=True, slots=True)
class Question:
    """A question with every accepted wording of its answer, and the documents that hold it.

    `answers` is empty exactly where the documents do not answer. `kind` is one of `KINDS` or
    a name of your own. `fact` names the fact that is asked for; other questions may share it.
    `gold` ties answers to the text (see `qa.evaluation.gold`); it is empty where nothing was tied.
    `history` is what was asked before, oldest first, as `Bot.ask` takes it. Where the documents
    give different answers, `sides` are the wordings of each; together they are `answers`.

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
    gold: tuple[Place, ...] = ()
    history: tuple[Turn, ...] = ()
    sides: tuple[tuple[str, ...], ...] = ()

    @property
    def answerable(self) -> bool:
        """Whether the documents answer it."""
        return bool(self.answers)

    def to_dict(self) -> dict[str, object]:
        """The question as a line of a file has it.

        >>> Question("q1", "Who paid?", (), (), "unanswerable").to_dict()["answers"]
        []
        """
        return {
            "id": self.id,
            "question": self.question,
            "answers": list(self.answers),
            "doc_ids": list(self.doc_ids),
            "kind": self.kind,
            "split": self.split,
            "fact": self.fact,
            "gold": [asdict(place) for place in self.gold],
            "sides": [list(side) for side in self.sides],
            "history": [turn if isinstance(turn, str) else dict(turn) for turn in self.history],
        }


def load_questions(path: Path, *, split: str | None = None) -> list[Question]:
    """The questions of a JSON lines file (plain or `.gz`), in its order; of one split if asked.

    Raises `QuestionError` naming every ill-formed line and every repeated id at once, and for
    a file without questions or a split that no question has; `InputError` for a file that
    cannot be read.
    """
    questions, problems = _read(path)
    if problems:
        listed = "; ".join(str(problem) for problem in problems)
        count = f"{len(problems)} lines cannot be used: " if len(problems) > 1 else ""
        raise QuestionError(count + listed, hint=_HINT)
    return questions if split is None else _of_split(questions, split, path)


def lint(path: Path) -> list[Problem]:
    """Every line for which `load_questions` would refuse a file, and why; none if it is good.

    Raises `InputError` for a file that cannot be read.
    """
    return _read(path)[1]


def _read(path: Path) -> tuple[list[Question], list[Problem]]:
    questions: list[Question] = []
    problems: list[Problem] = []
    first_lines: dict[str, int] = {}
    for number, line in numbered_lines(path):
        try:
            question = parse_question(as_object(parse_json(line)))
            if question.id in first_lines:
                first = first_lines[question.id]
                raise ValueError(f"the id {question.id!r} is already that of line {first}")
        except ValueError as error:
            problems.append(Problem(str(path), str(error), line=number))
        else:
            first_lines[question.id] = number
            questions.append(question)
    if not questions and not problems:
        problems.append(Problem(str(path), "holds no questions"))
    return questions, problems


def _of_split(questions: Sequence[Question], split: str, path: Path) -> list[Question]:
    chosen = [question for question in questions if question.split == split]
    if not chosen:
        known = ", ".join(sorted({question.split for question in questions}))
        raise QuestionError(
            f"{path}: no question is of the split {split!r}", hint=f"splits in this file: {known}"
        )
    return chosen


def parse_question(record: Mapping[str, object]) -> Question:
    """The question of one line. Raises `ValueError` with the reason for the first bad key."""
    if record.get("draft", False) is not False:
        raise ValueError("a draft: reword its question, then remove the key 'draft' to accept it")
    answers = strings(record, "answers")
    defaults: dict[str, object] = {
        "doc_ids": [],
        "kind": "fact" if answers else "unanswerable",
        "split": "test",
        "gold": [],
        "history": [],
        "sides": [],
    }
    complete = {**defaults, **record}
    doc_ids = strings(complete, "doc_ids")
    places = (parse_place(value, answers, doc_ids) for value in member(complete, "gold", list))
    question = Question(
        id=_name(complete, "id"),
        question=member(complete, "question", str),
        answers=answers,
        doc_ids=doc_ids,
        kind=_name(complete, "kind"),
        split=_name(complete, "split"),
        fact=None if complete.get("fact") is None else _name(complete, "fact"),
        gold=tuple(places),
        history=tuple(_turn(item) for item in member(complete, "history", list)),
        sides=tuple(strings({"sides": side}, "sides") for side in member(complete, "sides", list)),
    )
    _check(question)
    return question


def _turn(item: object) -> Turn:
    """One of the earlier questions, with its answer where it has one."""
    try:
        turn = {"question": item} if isinstance(item, str) else as_object(item)
        asked = member(turn, "question", str)
        if not asked.strip() or len(asked) > MAX_QUESTION:
            raise ValueError(f"'question' must have 1 to {MAX_QUESTION:,} characters")
        answer = None if turn.get("answer") is None else member(turn, "answer", str)
    except ValueError as error:
        raise ValueError(f"in 'history': {error}") from error
    return asked if "answer" not in turn else {"question": asked, "answer": answer}


def _name(record: Mapping[str, object], key: str) -> str:
    """A name is printed in tables and messages, so nothing in it may steer a terminal."""
    name = member(record, key, str)
    if not name.strip() or not name.isprintable():
        raise ValueError(f"{key!r} must be printable and not blank")
    return name


def _check(question: Question) -> None:
    if not question.question.strip():
        raise ValueError("'question' is blank")
    if len(question.question) > MAX_QUESTION:
        raise ValueError(f"'question' has more than {MAX_QUESTION:,} characters")
    for answer in question.answers:
        if not normalise(answer):
            raise ValueError(f"the answer {answer!r} is nothing but punctuation and articles")
    wordings = [wording for side in question.sides for wording in side]
    if question.sides and (len(question.sides) < 2 or not all(question.sides)):
        raise ValueError("'sides' must be two or more, each with its wordings")
    if question.sides and sorted(wordings) != sorted(question.answers):
        raise ValueError("the wordings of all 'sides' must be the 'answers', each on one side")
    if (question.kind == "conflict") != bool(question.sides) and question.kind in KINDS:
        raise ValueError("a question has 'sides' exactly if it is of the kind 'conflict'")
    if question.answers and not question.doc_ids:
        raise ValueError("'doc_ids' must name the documents that hold the answer")
    if question.answers and question.kind in UNANSWERABLE_KINDS:
        raise ValueError(f"a question of the kind {question.kind!r} must have no answers")
    if not question.answers and question.kind in ANSWERABLE_KINDS:
        raise ValueError(f"a question of the kind {question.kind!r} must have answers")
