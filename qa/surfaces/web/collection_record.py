"""What a collection keeps beside its index: its name, its files, and titles that were changed."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from qa.errors import InputError
from qa.surfaces.web.file_names import printable, safe_name

FORMAT = 1
NAME = "collection.json"
LONGEST_NAME = 80
LONGEST_TITLE = 300


def now() -> str:
    """The time in UTC, to the second.

    >>> len(now())
    20
    """
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True, slots=True)
class File:
    """A file below `sources`, when it was added, and the documents of it that belong.

    `missing` are those that could not be read again when the index had to be made anew, and
    `problem` says why.
    """

    name: str
    added: str
    doc_ids: tuple[str, ...]
    missing: tuple[str, ...] = ()
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """A collection's name and files. What is not listed here does not belong to the collection."""

    name: str
    created: str
    files: tuple[File, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)

    @property
    def doc_ids(self) -> frozenset[str]:
        """The documents that belong and can be read."""
        return frozenset(doc_id for file in self.files for doc_id in file.doc_ids)

    def file_of(self, doc_id: str) -> File | None:
        """The file that a document is from."""
        every = ((file, (*file.doc_ids, *file.missing)) for file in self.files)
        return next((file for file, doc_ids in every if doc_id in doc_ids), None)

    def without(self, doc_id: str) -> Record:
        """The record after a document was removed, and its file with it where it was the last."""
        files = (
            replace(file, doc_ids=_less(file.doc_ids, doc_id), missing=_less(file.missing, doc_id))
            for file in self.files
        )
        titles = {other: title for other, title in self.titles.items() if other != doc_id}
        kept = tuple(file for file in files if file.doc_ids or file.missing)
        return replace(self, files=kept, titles=titles)

    def save(self, folder: Path) -> None:
        """Write it in one step: whoever is killed, and whenever, leaves the old one or this."""
        text = json.dumps({"format": FORMAT, **asdict(self)}, ensure_ascii=False, indent=1)
        partial = folder / f".{NAME}-new"
        with partial.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text + "\n")
            file.flush()
            os.fsync(file.fileno())
        os.replace(partial, folder / NAME)

    @classmethod
    def load(cls, folder: Path) -> Record:
        """The record in `folder`. Raises InputError where there is none or it was altered."""
        path = folder / NAME
        try:
            return _parsed(json.loads(path.read_text("utf-8")))
        except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
            raise InputError(
                f"{path} cannot be read: {error}",
                hint=f"its articles are in {folder / 'sources'}: add them to a new collection",
            ) from error


def _less(doc_ids: tuple[str, ...], doc_id: str) -> tuple[str, ...]:
    return tuple(other for other in doc_ids if other != doc_id)


def _parsed(fields: Any) -> Record:
    if fields["format"] != FORMAT:
        raise ValueError(f"format {fields['format']!r}, this version reads {FORMAT}")
    files = tuple(
        File(
            name=_plain(file["name"]),
            added=str(file["added"]),
            doc_ids=tuple(map(str, file["doc_ids"])),
            missing=tuple(map(str, file["missing"])),
            problem=file["problem"],
        )
        for file in fields["files"]
    )
    titles = {str(doc_id): str(title) for doc_id, title in fields["titles"].items()}
    return Record(str(fields["name"]), str(fields["created"]), files, titles)


def _plain(name: Any) -> str:
    """A file name that leads nowhere else."""
    if not isinstance(name, str) or safe_name(name) != name:
        raise ValueError(f"{name!r} is not the name of a file here")
    return name


def checked_name(name: str) -> str:
    """A name for a collection, on one line. Raises InputError for one that cannot be shown.

    >>> checked_name("  Our   reports ")
    'Our reports'
    """
    return _checked(name, "the collection needs a name", LONGEST_NAME)


def checked_title(title: str) -> str:
    """A title for a document, on one line. Raises InputError for one that cannot be shown."""
    return _checked(title, "the article needs a title", LONGEST_TITLE)


def _checked(text: str, missing: str, longest: int) -> str:
    plain = printable(text)
    if not plain:
        raise InputError(missing, hint="type a few words")
    if len(plain) > longest:
        raise InputError(
            f"{len(plain)} characters are too many for a name", hint=f"use at most {longest}"
        )
    return plain
