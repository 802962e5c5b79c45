"""How much people may bring."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields

from qa.errors import InputError

_UNITS = {"": 1, "K": 2**10, "M": 2**20, "G": 2**30}
_AMOUNT = re.compile(r"(\d{1,12})\s*([KMG]?)(?:I?B)?", re.IGNORECASE)
_PREFIX = "QA_MAX_"


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that is taken: of one file, of all files of a collection, of collections.

    `file_bytes` is of one file; `total_bytes` of all files of one collection; `files` and
    `documents` (of which a `.jsonl` file holds many) are of one collection.

    >>> Limits(file_bytes=10_000).collections
    100
    """

    file_bytes: int = 20 * 2**20
    total_bytes: int = 500 * 2**20
    files: int = 2_000
    documents: int = 20_000
    collections: int = 100

    def __post_init__(self) -> None:
        for field in fields(self):
            if getattr(self, field.name) < 1:
                raise InputError(
                    f"the limit {field.name} must be at least 1, not {getattr(self, field.name)}",
                    hint="name a larger one",
                )

    @classmethod
    def of_environment(cls, environment: Mapping[str, str] | None = None) -> Limits:
        """The usual limits, but for those that the environment names.

        `QA_MAX_FILE_BYTES`, `QA_MAX_TOTAL_BYTES`, `QA_MAX_FILES`, `QA_MAX_DOCUMENTS` and
        `QA_MAX_COLLECTIONS` are numbers, which may end in K, M or G (times 1,024). Raises
        InputError for one that is none.

        >>> Limits.of_environment({"QA_MAX_FILE_BYTES": "5M"}).file_bytes
        5242880
        """
        environment = os.environ if environment is None else environment
        named = {field.name: f"{_PREFIX}{field.name.upper()}" for field in fields(cls)}
        return cls(
            **{
                name: amount(environment[variable], variable)
                for name, variable in named.items()
                if environment.get(variable)
            }
        )


def amount(text: str, name: str = "the size") -> int:
    """A number that may end in K, M or G. Raises InputError, naming it, for anything else.

    >>> amount("20M"), amount("512 KB"), amount("7")
    (20971520, 524288, 7)
    """
    found = _AMOUNT.fullmatch(text.strip())
    if found is None:
        raise InputError(
            f"{name} must be a number of bytes, not {text[:40]!r}", hint="for example: 20M"
        )
    return int(found[1]) * _UNITS[found[2].upper()]


def size(number: int) -> str:
    """Bytes as people read them.

    >>> size(20 * 2**20), size(1536), size(12)
    ('20 MB', '1.5 KB', '12 bytes')
    """
    for unit, name in ((2**30, "GB"), (2**20, "MB"), (2**10, "KB")):
        if number >= unit:
            return f"{number / unit:.3g} {name}"
    return f"{number} bytes"
