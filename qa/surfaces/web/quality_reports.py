"""The evaluations of one collection, kept in a folder, and the questions that were brought."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from qa.errors import InputError
from qa.evaluation.gate import report_json
from qa.evaluation.questions import Question, load_questions
from qa.evaluation.report import Report, load_report
from qa.evaluation.writing import write_text

KEPT = 20  # reports; older ones are removed
_NAME = re.compile(r"\d{8}T\d{12}Z\.json\.gz")
_QUESTIONS = "questions.jsonl"


@dataclass(frozen=True, slots=True)
class Kept:
    """A report and when it was made."""

    report: Report
    at: datetime


class Reports:
    """Reports below `folder`, which is made with the first of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def latest(self, count: int = 2) -> list[Kept]:
        """The newest reports that can be read, newest first."""
        found: list[Kept] = []
        for path in reversed(self._paths()):
            if len(found) == count:
                break
            try:
                found.append(Kept(_loaded(path), _at(path)))
            except InputError:
                continue  # of an earlier version, or cut short: the one before it will do
        return found

    def save(self, report: Report) -> None:
        """Keep a report, and of the earlier ones the newest."""
        self.folder.mkdir(parents=True, exist_ok=True)
        name = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ.json.gz")
        write_text(self.folder / name, report_json(report))
        for path in self._paths()[:-KEPT]:
            path.unlink(missing_ok=True)

    def questions(self) -> list[Question]:
        """The questions that were brought; none where there are none."""
        path = self.folder / _QUESTIONS
        return load_questions(path) if path.is_file() else []

    def bring(self, path: Path) -> int:
        """Take the question file `path` in place of the one before; gives how many it holds.

        Raises QuestionError or InputError with every line at fault.
        """
        questions = load_questions(path)
        self.folder.mkdir(parents=True, exist_ok=True)
        write_text(self.folder / _QUESTIONS, path.read_text("utf-8-sig"))
        return len(questions)

    def _paths(self) -> list[Path]:
        """The reports, oldest first."""
        if not self.folder.is_dir():
            return []
        return sorted(path for path in self.folder.iterdir() if _NAME.fullmatch(path.name))


@lru_cache(maxsize=8)
def _loaded(path: Path) -> Report:
    """A report never changes, and what is worked out from it stays with it."""
    return load_report(path)


def _at(path: Path) -> datetime:
    return datetime.strptime(path.name, "%Y%m%dT%H%M%S%fZ.json.gz").replace(tzinfo=UTC)
