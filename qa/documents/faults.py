"""How a reader says that its file cannot be read."""

from __future__ import annotations

from qa.errors import Problem, SourceError


def fault(doc_id: str, reason: str, line: int | None = None) -> SourceError:
    """The error for one thing wrong with one file.

    >>> str(fault("a.pdf", "is encrypted"))
    'a.pdf: is encrypted'
    """
    return SourceError([Problem(doc_id, reason, line)])


def because(error: Exception) -> str:
    """What a library complained about, on one short line.

    >>> because(ValueError("bad header" + chr(10) + "at byte 3"))
    'bad header at byte 3'
    >>> because(RecursionError())
    'RecursionError'
    """
    return " ".join(str(error).split())[:200] or type(error).__name__
