"""`pytest --qa-questions FILE --qa-index DIR`: each known question is a test.

pytest loads this module in every project that installs Footnote. So it imports nothing but pytest
until its options are used, and adds nothing until then.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from qa.evaluation.questions import Question
    from qa.evaluation.runner import Asker

_OPTIONS = {
    "questions": ("FILE", "ask these known questions, each as a test"),
    "index": ("DIR", "of this index (./index)"),
    "corpus": ("DIR", "of an index of these articles, built first and kept in a cache folder"),
    "split": ("NAME", "only the questions of this split"),
}


@dataclass(frozen=True)
class _Loaded:
    """The questions of a file, the line of each by id, and what asks them: opened once for all."""

    path: Path
    lines: Mapping[object, int]
    questions: Sequence[Question]
    asker: Asker


_LOADED = pytest.StashKey[_Loaded]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options, in a group of their own."""
    group = parser.getgroup("footnote", "known questions (Footnote)")
    for name, (metavar, said) in _OPTIONS.items():
        group.addoption(f"--qa-{name}", metavar=metavar, help=said)


def pytest_sessionstart(session: pytest.Session) -> None:
    """Read the questions and open the index; what is wrong with them ends the run here."""
    config = session.config
    given = {name: config.getoption(f"qa_{name}") for name in _OPTIONS}
    if given["questions"] is None:
        for name in [name for name, value in given.items() if value is not None]:
            raise pytest.UsageError(f"--qa-{name} is of no use without --qa-questions FILE")
        return
    if given["index"] is not None and given["corpus"] is not None:
        raise pytest.UsageError("--qa-index and --qa-corpus do not go together")
    from qa.errors import QAError
    from qa.surfaces.cli.render import printable

    try:
        loaded = _load(given)
    except QAError as error:
        hint = f"\nhint: {printable(error.hint)}" if error.hint else ""
        raise pytest.UsageError(printable(str(error)) + hint) from error
    except OSError as error:
        raise pytest.UsageError(printable(str(error))) from error
    config.stash[_LOADED] = loaded
    here = config.invocation_params.dir
    if loaded.path not in [(here / name.split("::")[0]).resolve() for name in config.args]:
        config.args.append(str(loaded.path))


def _load(given: dict[str, str | None]) -> _Loaded:
    from qa.evaluation.files import as_object, numbered_lines, parse_json
    from qa.evaluation.questions import load_questions
    from qa.evaluation.runner import Asker
    from qa.surfaces.cli.bots import bot_of

    places = {name: None if path is None else Path(path) for name, path in given.items()}
    path = places["questions"] or Path()
    questions = load_questions(path, split=given["split"])
    bot = bot_of(Namespace(index=places["index"], corpus=places["corpus"]))
    lines = {as_object(parse_json(line))["id"]: number for number, line in numbered_lines(path)}
    return _Loaded(path.resolve(), lines, questions, Asker(bot, questions))


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> QuestionFile | None:
    """The file that was named is collected, and no other."""
    loaded = parent.config.stash.get(_LOADED, None)
    if loaded is None or file_path.resolve() != loaded.path:
        return None
    found: QuestionFile = QuestionFile.from_parent(parent, path=file_path)
    return found


class QuestionFile(pytest.File):
    """A question file."""

    def collect(self) -> Iterator[QuestionItem]:
        """One test for each question, named after its id."""
        for question in self.config.stash[_LOADED].questions:
            yield QuestionItem.from_parent(self, name=question.id, question=question)


class QuestionItem(pytest.Item):
    """A question: passes if its answer is right and its citations are correct."""

    def __init__(self, *, question: Question, **others: Any) -> None:
        super().__init__(**others)
        self.question = question
        self.extra_keyword_matches |= {question.kind, question.split}

    def runtest(self) -> None:
        """Ask it, and say of a failure what it is put down to."""
        from qa.evaluation.account import account, late
        from qa.evaluation.blame import cause
        from qa.surfaces.cli.render import printable

        outcome = self.config.stash[_LOADED].asker.ask(self.question)
        self.user_properties += [("kind", self.question.kind), ("cause", cause(outcome) or "none")]
        if outcome.failed:
            pytest.fail("\n".join(map(printable, account(outcome))), pytrace=False)
        if (note := late(outcome)) is not None:
            self.warn(pytest.PytestWarning(printable(note)))

    def reportinfo(self) -> tuple[Path, int, str]:
        """The file and the line, from 0 on, and the name for the report."""
        return self.path, self.config.stash[_LOADED].lines[self.name] - 1, self.name
