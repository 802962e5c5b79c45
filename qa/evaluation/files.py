"""Reading evaluation files, plain or gzipped, with errors that name the file and the line."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from qa.errors import InputError, Problem
from qa.text import has_half_character

Value = TypeVar("Value", str, int, list[object])

_SPOKEN: dict[type, str] = {str: "a string", int: "a whole number", list: "a list"}


def read_text(path: Path) -> str:
    """The whole of a UTF-8 file, unpacked where its name ends in `.gz`, without its BOM.

    Raises `InputError` for a file that cannot be read, unpacked or decoded.
    """
    try:
        content = path.read_bytes()
        if path.suffix == ".gz":
            content = gzip.decompress(content)
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        reason, hint = f"not UTF-8 at byte {error.start}", "save the file as UTF-8"
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        reason, hint = f"cannot be unpacked: {error}", "fetch or pack the file again"
    except OSError as error:
        reason, hint = f"cannot be read: {error.strerror or error}", "check the path"
    raise InputError(str(Problem(str(path), reason)), hint=hint)


def numbered_lines(path: Path) -> Iterator[tuple[int, str]]:
    """The lines of a file that are not blank, each with its 1-based number."""
    for number, line in enumerate(read_text(path).split("\n"), start=1):
        if line.strip():
            yield number, line.rstrip("\r")


def parse_json(text: str) -> object:
    """The value of a JSON text; `ValueError` with a reason fit for users.

    >>> parse_json("[1, 2]")
    [1, 2]
    """
    try:
        value: object = json.loads(text)
    except RecursionError as error:
        raise ValueError("not usable JSON: nested too deeply") from error
    except ValueError as error:  # also a number of more digits than Python converts
        raise ValueError(f"not valid JSON: {error}") from error
    return value


def as_object(value: object) -> dict[str, object]:
    """The value if it is a JSON object, else `ValueError` with the reason.

    >>> as_object({"id": "q1"})
    {'id': 'q1'}
    """
    if not isinstance(value, dict):
        raise ValueError("not a JSON object")
    return value


def member(record: Mapping[str, object], key: str, expected: type[Value]) -> Value:
    """`record[key]`, checked to be there and of the expected type.

    Raises `ValueError` with the reason, also for a string that UTF-8 cannot hold.

    >>> member({"id": "q1"}, "id", str)
    'q1'
    """
    if key not in record:
        raise ValueError(f"{key!r} is missing")
    value = record[key]
    # Not isinstance: a JSON `true` is no whole number.
    if type(value) is not expected:
        raise ValueError(f"{key!r} must be {_SPOKEN[expected]}")
    if isinstance(value, str):
        check_encodable(value, key)
    return value


def strings(record: Mapping[str, object], key: str) -> tuple[str, ...]:
    """`record[key]`, checked to be a list of strings that are not blank.

    >>> strings({"answers": ["Ada"]}, "answers")
    ('Ada',)
    """
    values: list[str] = []
    for value in member(record, key, list):
        if not isinstance(value, str) or not value.strip():
            raise ValueError(f"{key!r} must hold only strings that are not blank")
        check_encodable(value, key)
        values.append(value)
    return tuple(values)


def check_encodable(text: str, key: str) -> None:
    """`ValueError` for a string with half of a surrogate pair, which UTF-8 cannot hold."""
    if has_half_character(text):
        raise ValueError(f"{key!r} holds half of a surrogate pair")
