"""Entries of feedback: what people thought of answers, in an SQLite file."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from qa.errors import InputError
from qa.text import sha256
from qa.types import Document

Verdict = Literal["right", "wrong"]
VERSION = 1
SCHEMA = """
CREATE TABLE entry (
    id INTEGER PRIMARY KEY,
    turn TEXT UNIQUE,
    at TEXT NOT NULL,
    collection_id TEXT NOT NULL,
    asked TEXT NOT NULL,
    question TEXT NOT NULL,
    answer TEXT,
    confidence REAL NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('right', 'wrong')),
    absent INTEGER NOT NULL CHECK (absent IN (0, 1)),
    corpus_sha256 TEXT NOT NULL
);
CREATE TABLE place (
    entry_id INTEGER NOT NULL REFERENCES entry (id) ON DELETE CASCADE,
    marked INTEGER NOT NULL CHECK (marked IN (0, 1)),
    doc_id TEXT NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    words TEXT NOT NULL,
    text_sha256 TEXT NOT NULL
);
CREATE INDEX place_entry ON place (entry_id);
"""

_COLUMNS = (
    *("at", "collection_id", "asked", "question", "answer", "confidence", "verdict", "absent"),
    "corpus_sha256",
)


@dataclass(frozen=True, slots=True)
class FeedbackPlace:
    """Words of a document, as they stood when the feedback was given.

    `marked` are those that a person pointed at; the others were given as the answer.
    """

    marked: bool
    doc_id: str
    start: int
    end: int
    words: str
    text_sha256: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What somebody thought of an answer.

    `question` is what was looked up, `asked` what was typed. `answer` is None where there was
    none. `absent`: it isn't in the articles. `corpus_sha256` is that of all articles then.
    """

    at: str
    collection_id: str
    asked: str
    question: str
    answer: str | None
    confidence: float
    verdict: Verdict
    absent: bool
    corpus_sha256: str
    places: tuple[FeedbackPlace, ...] = ()


def corpus_sha256(documents: Mapping[str, Document]) -> str:
    """One sum over the ids and texts of all articles; titles and dates do not count.

    >>> one, other = Document("a", "A", "Robots."), Document("a", "B", "Robots.")
    >>> corpus_sha256({"a": one}) == corpus_sha256({"a": other})
    True
    """
    digest = hashlib.sha256()
    for doc_id in sorted(documents):
        digest.update(sha256(doc_id).encode() + sha256(documents[doc_id].text).encode())
    return digest.hexdigest()


def read_entries(path: Path) -> list[Entry]:
    """Every entry in the file, oldest first. Raises InputError where it is no such file."""
    if not path.is_file():
        raise InputError(
            f"{path}: there is no feedback",
            hint="it is collected by the web chat, in feedback.sqlite below its data folder",
        )
    try:
        # Read-only, and by a URI that cannot be taken for options.
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as database:
            return _entries(database) if check_version(database, path) else []
    except sqlite3.Error as error:
        raise InputError(
            f"{path}: is not a file of feedback: {error}", hint="name a feedback.sqlite"
        ) from error


def check_version(database: sqlite3.Connection, path: Path) -> int:
    """The version of the schema: 0 in a new file. Raises InputError for one that is not ours."""
    (found,) = database.execute("PRAGMA user_version").fetchone()
    tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master")}
    if found != VERSION and (found or tables):
        raise InputError(
            f"{path}: holds feedback of version {found}, this program knows {VERSION}",
            hint="name another file",
        )
    return int(found)


def _entries(database: sqlite3.Connection) -> list[Entry]:
    places: dict[int, list[FeedbackPlace]] = {}
    query = 'SELECT entry_id, marked, doc_id, start, "end", words, text_sha256 FROM place'
    for entry_id, marked, *fields in database.execute(f"{query} ORDER BY rowid"):
        places.setdefault(entry_id, []).append(FeedbackPlace(bool(marked), *fields))
    entries = []
    query = f"SELECT id, {', '.join(_COLUMNS)} FROM entry ORDER BY id"
    for entry_id, *values in database.execute(query):
        fields = dict(zip(_COLUMNS, values, strict=True))
        fields["absent"] = bool(fields["absent"])
        entries.append(Entry(**fields, places=tuple(places.get(entry_id, ()))))
    return entries
