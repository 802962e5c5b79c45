"""The public surface: these names, each with its documentation, and nothing by accident."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import qa
from tests.fakes import WordEncoder
from tests.readers import OverlapReader

VERBS = ["build", "open"]
NOUNS = """Answer Bot Candidate Citation Conversation Document Hit Passage Policy Settings
    Span""".split()
ERRORS = ["IndexNotFoundError", "InputError", "QAError"]  # all others are in qa.errors
BOT = """aask ask ask_many documents encoder index policy reader reload retrieve stale trace verify
    verify_quote warm with_policy""".split()


def functions() -> Iterator[tuple[str, str]]:
    """Every public function and method, with its documentation."""
    for name in VERBS:
        yield name, getattr(qa, name).__doc__ or ""
    for name, method in inspect.getmembers(qa.Bot, inspect.isfunction):
        if not name.startswith("_"):
            yield f"Bot.{name}", method.__doc__ or ""


def test_these_are_the_public_names() -> None:
    """A name is easily added and never taken away again: think twice, then change this list."""
    assert sorted(qa.__all__) == sorted([*VERBS, *NOUNS, *ERRORS])


def test_these_are_the_public_names_of_a_bot() -> None:
    bot = qa.build([], encoder=WordEncoder(), reader=OverlapReader())
    assert [name for name in dir(bot) if not name.startswith("_")] == BOT


def test_every_public_function_has_an_example() -> None:
    """Examples are executed with all others, by `--doctest-modules`."""
    shown = inspect.getdoc(qa.Bot) or ""
    missing = [
        name
        for name, documentation in functions()
        if ">>>" not in documentation and f"{name.lower()}(" not in shown
    ]
    assert missing == []


def test_every_public_name_says_what_it_is() -> None:
    for name in qa.__all__:
        documentation = inspect.getdoc(getattr(qa, name)) or ""
        first = documentation.partition("\n")[0]
        assert first, name
        assert len(first) <= 100
