"""The collections that a page answers from: the bundled one, and those that people bring.

Below the data folder lie `collections/<random id>/` and `feedback.sqlite`. Names are data and never
paths: a collection is found by its id alone.
"""

from __future__ import annotations

import re
import secrets
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from threading import Lock

from qa.answerer import Bot
from qa.errors import InputError, QAError
from qa.protocols import Encoder, Progress, Reader
from qa.surfaces.web.collection_folder import Added, CollectionFolder
from qa.surfaces.web.collection_models import Models
from qa.surfaces.web.collection_record import Record, checked_name, now
from qa.surfaces.web.collection_rows import DocumentRow, document_rows
from qa.surfaces.web.limits import Limits
from qa.surfaces.web.uploads import Upload

BUNDLED = "bundled"
_ID = re.compile(r"[0-9a-f]{16}")
_REMOVED = ".removed-"


@dataclass(frozen=True, slots=True)
class Collection:
    """A named set of articles. `documents` is how many; `problem` says why it cannot be asked."""

    id: str
    name: str
    read_only: bool
    documents: int
    problem: str | None = None


class Collections:
    """All collections, those below the folder `data` and the one of the bot `bundled`.

    `data` None keeps nothing: only the bundled collection is there. `writable` False refuses every
    change. `encoder` and `reader` are for the collections below `data`; those of `bundled` are
    shared where none are given. Safe to use from many threads, and by several processes at once.
    """

    def __init__(
        self,
        data: Path | None,
        *,
        bundled: Bot | None = None,
        bundled_name: str = "Bundled articles",
        limits: Limits | None = None,
        writable: bool = True,
        encoder: Encoder | None = None,
        reader: Reader | None = None,
    ) -> None:
        self.data = data
        self.limits = limits or Limits()
        self.writable = writable and data is not None
        self._bundled, self._bundled_name = bundled, bundled_name
        self._encoder, self._reader = encoder, reader
        self._folders: dict[str, CollectionFolder] = {}
        self._lock, self._naming = Lock(), Lock()
        if data is not None and self.writable:
            _swept(data / "collections")

    def all(self) -> list[Collection]:
        """Every collection: the bundled one, then the others by name."""
        found = [self._described(path.name) for path in self._paths()]
        return [
            *([self.collection(BUNDLED)] if self._bundled is not None else []),
            *sorted(found, key=lambda collection: (collection.name.casefold(), collection.id)),
        ]

    def collection(self, collection_id: str) -> Collection:
        """One collection. Raises InputError where it is gone."""
        if collection_id == BUNDLED and self._bundled is not None:
            return Collection(BUNDLED, self._bundled_name, True, len(self._bundled.documents))
        self._folder(collection_id)
        return self._described(collection_id)

    def bot(self, collection_id: str) -> Bot:
        """The bot over a collection as it is now. Raises InputError where it is gone.

        A bot that was given before keeps answering from the articles that there were.
        """
        if collection_id == BUNDLED and self._bundled is not None:
            return self._bundled
        return self._folder(collection_id).bot()

    def warm(self) -> None:
        """Load the models that all collections share, so that no question waits for them."""
        models = self._models
        models.encoder.encode_question("warm")
        models.reader.read("warm", ())

    def create(self, name: str) -> Collection:
        """A new collection without articles. Raises InputError for a name that cannot be used."""
        data = self._data()
        with self._naming:
            plain = self._free_name(name)
            if len(self._paths()) >= self.limits.collections:
                raise InputError(
                    f"there are {self.limits.collections} collections, and no more are taken",
                    hint="remove one first",
                )
            collection_id = secrets.token_hex(8)
            partial = data / "collections" / f".new-{collection_id}"
            (partial / "sources").mkdir(parents=True)
            Record(plain, now()).save(partial)
            partial.rename(partial.with_name(collection_id))
        return self._described(collection_id)

    def rename(self, collection_id: str, name: str) -> None:
        """Give a collection another name."""
        folder = self._own(collection_id)
        with self._naming, folder.writing() as record:
            plain = self._free_name(name, except_for=collection_id)
            replace(record, name=plain).save(folder.path)

    def remove(self, collection_id: str) -> None:
        """Remove a collection with its articles, index and reports."""
        folder = self._own(collection_id)
        away = folder.path.with_name(f"{_REMOVED}{collection_id}")
        folder.remove(away)
        shutil.rmtree(away, ignore_errors=True)  # what is left is swept at the next start
        with self._lock:
            self._folders.pop(collection_id, None)

    def add(
        self,
        collection_id: str,
        files: Sequence[Upload | str | Path],
        progress: Progress | None = None,
    ) -> Added:
        """Copy files into a collection and index them; bad ones are told, good ones go in.

        `progress(stage, done, total)` is told of "reading", "cutting" and "encoding". Others keep
        asking meanwhile, and get the new articles all at once.
        """
        uploads = [Upload.of(file) for file in files]
        return self._own(collection_id).add(uploads, self.limits, progress)

    def documents(self, collection_id: str) -> list[DocumentRow]:
        """The documents of a collection by title, then those that cannot be read any more."""
        bot = self.bot(collection_id)
        own = collection_id != BUNDLED
        return document_rows(bot, self._folder(collection_id).record() if own else None)

    def rename_document(self, collection_id: str, doc_id: str, title: str) -> None:
        """Give a document another title, which stays over rebuilds; its id never changes."""
        self._own(collection_id).rename_document(doc_id, title)

    def remove_document(self, collection_id: str, doc_id: str) -> None:
        """Take a document out of a collection, and its file with it where it was the last."""
        self._own(collection_id).remove_document(doc_id)

    def reports(self, collection_id: str) -> Path | None:
        """Where the evaluations of a collection are kept; None where nothing is."""
        if self.data is None:
            return None
        if collection_id == BUNDLED and self._bundled is not None:
            return self.data / "reports"
        return self._folder(collection_id).path / "reports"

    @cached_property
    def _models(self) -> Models:
        return Models.of(self._bundled, self._encoder, self._reader)

    def _paths(self) -> list[Path]:
        root = None if self.data is None else self.data / "collections"
        if root is None or not root.is_dir():
            return []
        return [path for path in root.iterdir() if _ID.fullmatch(path.name) and path.is_dir()]

    def _folder(self, collection_id: str) -> CollectionFolder:
        """The folder of a collection that is there. An id that is none is never a path."""
        if self.data is not None and _ID.fullmatch(collection_id):
            path = self.data / "collections" / collection_id
            if path.is_dir():
                with self._lock:
                    if collection_id not in self._folders:
                        lock = path.with_name(f".{collection_id}.lock")
                        self._folders[collection_id] = CollectionFolder(path, lock, self._models)
                    return self._folders[collection_id]
        raise InputError("this collection is gone", hint="choose another one")

    def _own(self, collection_id: str) -> CollectionFolder:
        """The folder of a collection that may be changed."""
        self._data()
        if collection_id == BUNDLED and self._bundled is not None:
            raise InputError(
                "the bundled articles cannot be changed", hint="make a collection of your own"
            )
        return self._folder(collection_id)

    def _data(self) -> Path:
        if self.data is None or not self.writable:
            raise InputError(
                "collections cannot be changed here",
                hint="whoever started this server can allow it",
            )
        return self.data

    def _free_name(self, name: str, except_for: str = "") -> str:
        plain = checked_name(name)
        for other in self.all():
            if other.name.casefold() == plain.casefold() and other.id != except_for:
                raise InputError(
                    "there is already a collection of this name", hint="choose another name"
                )
        return plain

    def _described(self, collection_id: str) -> Collection:
        folder = self._folder(collection_id)
        try:
            record = folder.record()
        except QAError as error:
            return Collection(collection_id, collection_id, not self.writable, 0, str(error))
        count = len(record.doc_ids)
        return Collection(collection_id, record.name, not self.writable, count)


def _swept(root: Path) -> None:
    """Make the folder, and clear what was being made or removed when a server was stopped."""
    root.mkdir(parents=True, exist_ok=True)
    for path in root.iterdir():
        if path.name.startswith((_REMOVED, ".new-")) and path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
