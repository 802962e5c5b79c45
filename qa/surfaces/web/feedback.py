"""Thumbs up and down, and the words that people point at: kept on this machine alone."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

from qa.errors import InputError
from qa.evaluation.feedback_entries import (
    SCHEMA,
    VERSION,
    FeedbackPlace,
    Verdict,
    check_version,
    corpus_sha256,
)
from qa.surfaces.web.collection_record import now
from qa.text import sha256
from qa.types import Answer, Document

LONGEST_MARK = 2_000  # characters that can be pointed at as one answer
_WAIT = 10.0  # seconds that one write waits for another
_CHANGED = "ask again: the articles have changed since"


class Feedback:
    """Feedback in the SQLite file `path`; None keeps none. Safe to use from many threads.

    The file and its folder are made with the first entry.

    >>> Feedback(None).enabled
    False
    """

    def __init__(self, path: Path | None) -> None:
        self.path = path

    @property
    def enabled(self) -> bool:
        """Whether feedback is kept: if not, no thumbs are to be shown."""
        return self.path is not None

    def record(
        self,
        *,
        collection_id: str,
        answer: Answer,
        verdict: Verdict,
        documents: Mapping[str, Document],
        marked: tuple[str, int, int] | None = None,
        absent: bool = False,
        turn: str | None = None,
    ) -> None:
        """Keep what somebody thinks of `answer`, which came from `documents`.

        After "wrong" they may have `marked` the right words (document id, start, end) or said that
        they are `absent` from the articles. An entry of the same `turn` takes the place of the
        one before. Nothing is kept where feedback is off.

        Raises InputError where the words do not stand there (any more), or the parts contradict.
        """
        if self.path is None:
            return
        _check(answer, verdict, marked, absent)
        places = [
            _place(documents, citation.doc_id, citation.answer_start, citation.answer_end, False)
            for citation in answer.citations
        ]
        if any(
            place.words != citation.answer or place.text_sha256 != citation.text_sha256
            for place, citation in zip(places, answer.citations, strict=True)
        ):
            raise InputError("the answer does not stand where it is cited", hint=_CHANGED)
        if marked is not None:
            places.append(_place(documents, *marked, True))
        row = (
            *(turn, now(), collection_id, answer.question, answer.resolved_question),
            *(answer.text, answer.confidence, verdict, absent, corpus_sha256(documents)),
        )
        with _opened(self.path) as database:
            database.execute("DELETE FROM entry WHERE turn = ?", (turn,))
            entry_id = database.execute(
                "INSERT INTO entry (turn, at, collection_id, asked, question, answer, confidence, "
                "verdict, absent, corpus_sha256) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                row,
            ).lastrowid
            database.executemany(
                "INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?)",
                [
                    (entry_id, p.marked, p.doc_id, p.start, p.end, p.words, p.text_sha256)
                    for p in places
                ],
            )


def _check(answer: Answer, verdict: str, marked: tuple[str, int, int] | None, absent: bool) -> None:
    if verdict not in ("right", "wrong"):
        raise InputError(f"an answer is right or wrong, not {verdict!r}", hint="choose one")
    if marked is not None and absent:
        raise InputError(
            "words were marked, and the articles were said not to hold the answer",
            hint="choose one of them",
        )
    if verdict == "right" and (marked is not None or absent):
        raise InputError("a right answer needs no other one", hint="call it wrong first")
    if absent and answer.text is None:
        raise InputError("that the articles do not say was the answer", hint="call it right")


def _place(
    documents: Mapping[str, Document], doc_id: str, start: int, end: int, marked: bool
) -> FeedbackPlace:
    document = documents.get(doc_id)
    if document is None:
        raise InputError(f"there is no article {doc_id!r} any more", hint=_CHANGED)
    words = document.text[start:end] if 0 <= start < end <= len(document.text) else ""
    if not words.strip():
        raise InputError("no words were marked", hint="mark the words that answer the question")
    if marked and len(words) > LONGEST_MARK:
        raise InputError(
            f"{len(words):,} characters are too many for an answer",
            hint=f"mark the words that answer the question, at most {LONGEST_MARK:,} characters",
        )
    return FeedbackPlace(marked, doc_id, start, end, words, sha256(document.text))


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    """The file, made where it is not there; what is done with it is done whole or not at all."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(path, timeout=_WAIT, isolation_level=None)) as database:
            database.execute("PRAGMA journal_mode = WAL")
            database.execute("PRAGMA foreign_keys = ON")
            database.execute("BEGIN IMMEDIATE")
            try:
                if not check_version(database, path):
                    for statement in filter(str.strip, SCHEMA.split(";")):
                        database.execute(statement)
                    database.execute(f"PRAGMA user_version = {VERSION}")
                yield database
            except BaseException:
                database.execute("ROLLBACK")
                raise
            database.execute("COMMIT")
    except (sqlite3.Error, OSError) as error:
        raise InputError(
            f"{path}: feedback cannot be kept: {error}",
            hint="check that place, or turn feedback off: QA_FEEDBACK=off",
        ) from error
