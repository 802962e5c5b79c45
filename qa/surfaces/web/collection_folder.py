"""One collection on disk: `sources`, `index`, `collection.json`, and how they change together.

`collection.json` says what belongs. A change copies files aside, builds the index, and writes
`collection.json` last: killed before that, the collection is the old one; after it, the new one.
Whoever writes next, or opens an index that is not of the files listed, puts the rest right.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock

import qa
from qa.chrome import chrome_lines
from qa.documents import gather
from qa.errors import InputError, QAError, SourceError
from qa.protocols import Progress
from qa.surfaces.web.collection_models import Models
from qa.surfaces.web.collection_record import File, Record, checked_title, now
from qa.surfaces.web.limits import Limits
from qa.surfaces.web.uploads import Reading, Refused, Upload, read_uploads
from qa.types import Document

PATIENCE = 20.0  # seconds that one change waits for another


@dataclass(frozen=True, slots=True)
class Added:
    """What came of adding files: ids of the documents that went in, and what did not."""

    documents: tuple[str, ...]
    refused: tuple[Refused, ...]


class CollectionFolder:
    """A collection below `path`; `lock` is the file that its writers wait at."""

    def __init__(self, path: Path, lock: Path, models: Models) -> None:
        self.path = path
        self.sources, self.index, self._aside = path / "sources", path / "index", path / "aside"
        self._lock, self._models = lock, models
        self._opening = Lock()
        self._bot: qa.Bot | None = None

    def record(self) -> Record:
        """What belongs. Raises InputError where it cannot be read."""
        return Record.load(self.path)

    def bot(self) -> qa.Bot:
        """A bot over the articles as they are; one that was given before keeps answering.

        Raises InputError where the collection is gone or cannot be opened now.
        """
        with self._opening:
            opened = self._opened()
            # What this process opened and wrote is right; the first look is compared.
            if opened is not None and (self._bot is not None or self._agrees(opened)):
                self._bot = opened
                return opened
        with self.writing() as record:
            return self._repaired(record)

    def add(self, uploads: Sequence[Upload], limits: Limits, progress: Progress | None) -> Added:
        """Put in the files that can be read. See `Collections.add`."""
        with self.writing() as record:
            held = self._repaired(record).documents
            record = self.record()
            self._aside.mkdir(exist_ok=True)
            reading = read_uploads(
                uploads, self._aside, record, held, self.sources, limits, progress
            )
            if reading.files:
                documents = [*held.values(), *reading.documents]
                self._commit(_with(record, reading), documents, progress)
            added = tuple(document.id for document in reading.documents)
            return Added(added, tuple(reading.refused))

    def rename_document(self, doc_id: str, title: str) -> None:
        """Give a document another title, which stays over rebuilds."""
        plain = checked_title(title)
        with self.writing() as record:
            documents = self._repaired(record).documents
            _check_held(doc_id, documents)
            if plain in chrome_lines(documents.values()):
                raise InputError(
                    "several articles repeat that line, so it names none of them",
                    hint="choose a title of its own",
                )
            titles = {**self.record().titles, doc_id: plain}
            renamed = {**documents, doc_id: replace(documents[doc_id], title=plain)}
            self._commit(replace(self.record(), titles=titles), list(renamed.values()))

    def remove_document(self, doc_id: str) -> None:
        """Take a document out, and its file where it was the file's last."""
        with self.writing() as record:
            documents = self._repaired(record).documents
            record = self.record()
            file = record.file_of(doc_id)
            if file is None:
                _check_held(doc_id, documents)
            left = record.without(doc_id)
            if file is not None and file.name not in {other.name for other in left.files}:
                self._aside.mkdir(exist_ok=True)
                if (self.sources / file.name).exists():
                    (self.sources / file.name).replace(self._aside / file.name)
            self._commit(left, [d for d in documents.values() if d.id != doc_id])

    def remove(self, away: Path) -> None:
        """Move the whole collection to `away`. Bots that were given before keep answering."""
        with self._locked():
            self.path.replace(away)
            self._bot = None
        self._lock.unlink(missing_ok=True)

    @contextmanager
    def writing(self) -> Iterator[Record]:
        """One writer at a time, of all threads and processes; what a killed one left is cleared.

        Raises InputError where the collection is gone or another change takes too long.
        """
        with self._locked():
            record = self.record()
            self._clear(record)
            try:
                yield record
            except BaseException:
                self._bot = None  # the next look compares the index with the files again
                raise
            finally:
                self._clear(self.record())

    @contextmanager
    def _locked(self) -> Iterator[None]:
        from filelock import FileLock, Timeout

        try:
            held = FileLock(self._lock).acquire(timeout=PATIENCE)
        except Timeout as error:
            raise InputError(
                "the collection is being changed at the moment",
                hint="wait until that is done, then try again",
            ) from error
        with held:
            yield

    def _commit(
        self, record: Record, documents: Sequence[Document], progress: Progress | None = None
    ) -> qa.Bot:
        models = self._models
        bot = qa.build(
            documents,
            self.index,
            policy=models.policy,
            encoder=models.encoder,
            reader=models.reader,
            progress=progress,
        )
        record.save(self.path)
        with self._opening:
            self._bot = bot
        return bot

    def _clear(self, record: Record) -> None:
        """Files aside are put where they belong, or away: what is listed belongs."""
        if self._aside.is_dir():
            listed = {file.name for file in record.files}
            self.sources.mkdir(exist_ok=True)
            for path in self._aside.iterdir():
                if path.name in listed:
                    path.replace(self.sources / path.name)
            shutil.rmtree(self._aside)

    def _opened(self) -> qa.Bot | None:
        """The bot of the current index, opened again only where it changed; None without one."""
        try:
            current = (self.index / "current").read_text("ascii").strip()
            if self._bot is not None and self._bot.index.build_id == current:
                return self._bot
            models = self._models
            return qa.open(self.index, models.policy, encoder=models.encoder, reader=models.reader)
        except (QAError, OSError, UnicodeDecodeError):
            return None  # it can be made again from the sources

    def _agrees(self, bot: qa.Bot) -> bool:
        return frozenset(bot.documents) == self.record().doc_ids

    def _repaired(self, record: Record) -> qa.Bot:
        """The bot of the files listed, whose index is made again where it is not of those."""
        bot = self._opened()
        if bot is not None and self._agrees(bot):
            self._bot = bot
            return bot
        held = {} if bot is None else bot.documents
        documents, files = [], []
        for file in record.files:
            found, known = self._read_again(file, held)
            documents += [
                replace(document, title=record.titles.get(document.id, document.title))
                for document in found
            ]
            files.append(known)
        return self._commit(replace(record, files=tuple(files)), documents)

    def _read_again(self, file: File, held: Mapping[str, Document]) -> tuple[list[Document], File]:
        """The documents of a file, and what is now known of it."""
        wanted = (*file.doc_ids, *file.missing)
        if not file.missing and set(wanted) <= set(held):
            return [held[doc_id] for doc_id in wanted], file
        problem = None
        documents: Sequence[Document] = ()
        try:
            documents = gather(self.sources / file.name, skip_bad=True).documents
        except SourceError as error:
            problem = "; ".join(one.reason for one in error.problems)
        except InputError:
            problem = "its file is gone"
        found = [document for document in documents if document.id in wanted]
        doc_ids = tuple(document.id for document in found)
        missing = tuple(doc_id for doc_id in wanted if doc_id not in doc_ids)
        if missing and problem is None:
            problem = "its file no longer holds it"
        return found, replace(file, doc_ids=doc_ids, missing=missing, problem=problem)


def _with(record: Record, reading: Reading) -> Record:
    """The record after files were added."""
    added = now()
    files = (
        File(name, added, tuple(document.id for document in documents))
        for name, documents in reading.files.items()
    )
    return replace(record, files=(*record.files, *files))


def _check_held(doc_id: str, documents: Mapping[str, Document]) -> None:
    if doc_id not in documents:
        raise InputError(
            f"there is no article {doc_id!r} in this collection",
            hint="someone may have removed it: load the page again",
        )
