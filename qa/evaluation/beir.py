"""Retrieval collections in the folder layout of BEIR (Thakur et al., 2021)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from qa.errors import InputError, Problem
from qa.evaluation.files import as_object, member, numbered_lines, parse_json
from qa.types import Document

Record = TypeVar("Record")


@dataclass(frozen=True, slots=True)
class Beir:
    """Documents, queries (id to text) and graded judgements (query id to document id to grade).

    `skipped` counts the documents that were left out for having neither text nor title.
    """

    documents: tuple[Document, ...]
    queries: Mapping[str, str]
    qrels: Mapping[str, Mapping[str, int]]
    skipped: int

    @property
    def relevant(self) -> dict[str, frozenset[str]]:
        """The documents judged above 0, for every query that has one."""
        found = {
            query_id: frozenset(doc_id for doc_id, grade in grades.items() if grade > 0)
            for query_id, grades in self.qrels.items()
        }
        return {query_id: doc_ids for query_id, doc_ids in found.items() if doc_ids}


def load_beir(folder: Path, *, split: str = "test") -> Beir:
    """The collection in a folder; every file plain or `.gz`.

    Reads `corpus.jsonl` (`_id`, `title`, `text`), `queries.jsonl` (`_id`, `text`) and
    `qrels.tsv` or else `qrels/<split>.tsv` (query id, document id, whole grade; a heading line
    is optional). A document without text has its title as text.

    Raises `InputError` naming the file and line that is missing or ill-formed.
    """
    documents: dict[str, Document] = {}
    skipped = set()
    for doc_id, record in _records(_find(folder, "corpus.jsonl"), _document):
        if record is None:
            skipped.add(doc_id)
        else:
            documents[doc_id] = record
    queries = dict(_records(_find(folder, "queries.jsonl"), _query))
    qrels = _qrels(
        _find(folder, "qrels.tsv", f"qrels/{split}.tsv"), queries, {*documents, *skipped}
    )
    return Beir(tuple(documents.values()), queries, qrels, len(skipped))


def _find(folder: Path, *names: str) -> Path:
    for name in names:
        for path in (folder / name, folder / f"{name}.gz"):
            if path.is_file():
                return path
    raise InputError(
        f"{folder}: there is no {' or '.join(names)}, plain or .gz",
        hint="a collection needs corpus.jsonl, queries.jsonl and qrels.tsv",
    )


def _records(
    path: Path, parse: Callable[[str, Mapping[str, object]], Record]
) -> Iterator[tuple[str, Record]]:
    seen: set[str] = set()
    for number, line in numbered_lines(path):
        try:
            record = as_object(parse_json(line))
            identity = member(record, "_id", str)
            if identity in seen:
                raise ValueError(f"the id {identity!r} is used twice")
            parsed = parse(identity, record)
        except ValueError as error:
            raise InputError(str(Problem(str(path), str(error), line=number))) from error
        seen.add(identity)
        yield identity, parsed


def _document(doc_id: str, record: Mapping[str, object]) -> Document | None:
    title = member({"title": "", **record}, "title", str)
    text = member(record, "text", str)
    if not text.strip():
        text = title
    return Document(doc_id, title or doc_id, text) if text.strip() else None


def _query(query_id: str, record: Mapping[str, object]) -> str:
    text = member(record, "text", str)
    if not text.strip():
        raise ValueError(f"the query {query_id!r} is blank")
    return text


def _qrels(path: Path, queries: Mapping[str, str], doc_ids: set[str]) -> dict[str, dict[str, int]]:
    qrels: dict[str, dict[str, int]] = {}
    for index, (number, line) in enumerate(numbered_lines(path)):
        columns = line.split("\t")
        try:
            if len(columns) != 3:
                raise ValueError(f"expected 3 columns parted by tabs, not {len(columns)}")
            query_id, doc_id, grade = columns
            if index == 0 and not grade.strip().lstrip("-").isdigit():
                continue  # a heading
            if query_id not in queries:
                raise ValueError(f"there is no query {query_id!r}")
            if doc_id not in doc_ids:
                raise ValueError(f"there is no document {doc_id!r}")
            qrels.setdefault(query_id, {})[doc_id] = int(grade)
        except ValueError as error:
            raise InputError(str(Problem(str(path), str(error), line=number))) from error
    if not qrels:
        raise InputError(f"{path}: holds no judgements")
    return qrels
