"""The documents of a collection, as the library lists them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from qa.answerer import Bot
from qa.surfaces.web.collection_record import Record

READY = "ready"


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document of a collection.

    `added` is a time in UTC (`2026-11-22T09:30:00Z`), None where it is not known. `status` is
    "ready", or why the document cannot be asked.
    """

    doc_id: str
    title: str
    date: str | None
    passages: int
    added: str | None
    status: str = READY


def document_rows(bot: Bot, record: Record | None) -> list[DocumentRow]:
    """The documents by title, then those that cannot be read any more."""
    passages = Counter(passage.doc_id for passage in bot.index.passages)
    files = () if record is None else record.files
    added = {doc_id: file.added for file in files for doc_id in file.doc_ids}
    rows = [
        DocumentRow(d.id, d.title, d.date, passages[d.id], added.get(d.id))
        for d in bot.documents.values()
    ]
    missing = [
        DocumentRow(doc_id, doc_id, None, 0, file.added, file.problem or "cannot be read")
        for file in files
        for doc_id in file.missing
    ]
    return [*sorted(rows, key=lambda row: (row.title.casefold(), row.doc_id)), *missing]
