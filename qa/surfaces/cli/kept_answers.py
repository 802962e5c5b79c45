"""Answers that were kept: what `qa ask --json` or `qa ask --batch` printed, read strictly."""

from __future__ import annotations

import json
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from qa.contract import ContractError, answer_from_dict
from qa.errors import InputError, Problem
from qa.types import Answer

_HINT = "pass what qa ask --json printed, or the lines of qa ask --batch"
_SPACE = re.compile(r"[ \t\r\n]*")


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer with the line of its file that it begins on, and its id, None where it has none."""

    line: int
    id: str | int | None
    answer: Answer


def read_answers(path: Path) -> list[Kept]:
    """The answers in a file: one, over as many lines as it likes, or one a line.

    The name "-" is standard input. Raises InputError that names the file, the line and the key.
    """
    name = "standard input" if str(path) == "-" else str(path)
    text = _text(path, name)
    lines = [(n, line) for n, line in enumerate(text.split("\n"), start=1) if line.strip()]
    if not lines:
        raise InputError(f"{name}: holds no answer", hint=_HINT)
    try:
        _parse(lines[0][1])
    except (ValueError, RecursionError):
        lines = [(1, text)]  # the first line alone is none, so all of it is one
    return [_kept(name, number, line) for number, line in lines]


def _text(path: Path, name: str) -> str:
    try:
        content = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
        return content.decode("utf-8-sig")
    except OSError as error:
        reason = f"cannot be read: {error.strerror or error}"
        raise InputError(f"{name}: {reason}", hint=_HINT) from error
    except UnicodeDecodeError as error:
        raise InputError(f"{name}: not UTF-8 at byte {error.start}", hint=_HINT) from error


def _kept(name: str, line: int, text: str) -> Kept:
    try:
        record = _parse(text)
    except json.JSONDecodeError as error:
        at = line + error.lineno - 1
        reason = f"not valid JSON: {error.msg} at column {error.colno}"
        raise InputError(str(Problem(name, reason, at)), hint=_HINT) from error
    except (ValueError, RecursionError) as error:
        reason = "nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise InputError(str(Problem(name, reason, line)), hint=_HINT) from error
    try:
        return Kept(
            line, record.get("id") if isinstance(record, dict) else None, answer_from_dict(record)
        )
    except ContractError as error:
        at = line + text.count("\n", 0, _offset(text, error.path))
        raise InputError(str(Problem(name, str(error), at)), hint=error.hint) from error


def _parse(text: str) -> Any:
    return json.loads(text, object_pairs_hook=_unique, parse_constant=_refuse)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose keys are all different: programs differ in which of two they take."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the key {twice!r:.40} is there twice")
    return found


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not valid JSON")


def _offset(text: str, path: tuple[str | int, ...]) -> int:
    """Where in valid JSON the value at `path` begins, or what should hold it."""
    decoder = json.JSONDecoder()
    at = _skip(text, 0)
    for key in path:
        holder, number, found = at, 0, False
        at = _skip(text, at + 1)
        while not found:
            if text[holder] not in "{[" or text[at] in "}]":
                return holder
            name: Any = number
            if text[holder] == "{":
                name, at = decoder.raw_decode(text, at)
                at = _skip(text, _skip(text, at) + 1)
            found = name == key
            if not found:
                at = _skip(text, decoder.raw_decode(text, at)[1])
                at = _skip(text, at + 1) if text[at] == "," else at
                number += 1
    return at


def _skip(text: str, at: int) -> int:
    space = _SPACE.match(text, at)
    return at if space is None else space.end()
