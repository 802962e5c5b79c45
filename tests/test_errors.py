"""One tree, and every error says what to do next."""

from __future__ import annotations

import re

import pytest

from qa import errors
from qa.errors import InputError, Problem, QAError, QuestionError, SourceError

CLASSES = [
    value
    for value in vars(errors).values()
    if isinstance(value, type) and issubclass(value, Exception)
]
PROBLEMS = (Problem("a.xyz", "unknown suffix '.xyz'"), Problem("b.jsonl", "not JSON", line=3))


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_every_error_stands_in_the_tree_at_the_top(kind: type) -> None:
    assert issubclass(kind, QAError)
    assert kind.__doc__
    assert re.search(rf"\b{kind.__name__}\b", errors.__doc__ or "")


def test_bad_input_can_be_caught_as_one() -> None:
    assert issubclass(SourceError, InputError)
    assert issubclass(QuestionError, InputError)


def test_a_source_error_holds_every_problem() -> None:
    error = SourceError(PROBLEMS, hint="repair these")
    assert error.problems == PROBLEMS
    assert error.hint == "repair these"
    assert str(error) == (
        "2 files or lines cannot be read: a.xyz: unknown suffix '.xyz'; b.jsonl, line 3: not JSON"
    )
