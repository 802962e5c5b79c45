"""The error tree: one root, and every error says what to do next.

    QAError
    ├── InputError            bad input: names the file and, where there is one, the line
    │   ├── SourceError       articles that cannot be read: every problem of a build at once
    │   └── QuestionError     a question, batch line or question set that cannot be used
    ├── IndexNotFoundError    there is no index where one was expected
    ├── IndexMismatchError    the index was built with another format, encoder or settings
    ├── IndexDamagedError     the index's files are not the ones that were written
    ├── EncoderError          the encoder's files are missing or not the expected ones
    └── ReaderError           the reader's files are missing or unusable

"The articles do not answer this" is a value (`Answer.text is None`), never an error.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class QAError(Exception):
    """The root of every error that Footnote raises on purpose.

    >>> error = QAError("no index at 'index'", hint="run: qa build corpus --index index")
    >>> str(error), error.hint
    ("no index at 'index'", 'run: qa build corpus --index index')
    """

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class InputError(QAError):
    """Input that cannot be used; the message names the file and the line."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with one file: `line` is 1-based, None where lines mean nothing.

    >>> str(Problem("notes.jsonl", "not valid JSON", line=3))
    'notes.jsonl, line 3: not valid JSON'
    """

    path: str
    reason: str
    line: int | None = None

    def __str__(self) -> str:
        where = self.path if self.line is None else f"{self.path}, line {self.line}"
        return f"{where}: {self.reason}"


class SourceError(InputError):
    """Articles that cannot be read. `problems` holds every one found, not just the first.

    >>> error = SourceError([Problem("a.xyz", "unknown suffix '.xyz'")])
    >>> str(error)
    "a.xyz: unknown suffix '.xyz'"
    """

    def __init__(self, problems: Sequence[Problem], *, hint: str = "") -> None:
        self.problems = tuple(problems)
        message = "; ".join(str(problem) for problem in self.problems)
        if len(self.problems) > 1:
            message = f"{len(self.problems)} files or lines cannot be read: {message}"
        super().__init__(message, hint=hint)


class QuestionError(InputError):
    """A question, a batch line or a question set that cannot be used."""


class IndexNotFoundError(QAError):
    """There is no index where one was expected."""


class IndexMismatchError(QAError):
    """The index was built with another format, analyser, encoder or settings."""


class IndexDamagedError(QAError):
    """A file of the index is missing, cut short or altered."""


class EncoderError(QAError):
    """The encoder's files are missing, or are not the ones expected."""


class ReaderError(QAError):
    """The reader's files are missing or cannot be used."""
