"""Files that people bring: copied under safe names and read, or refused with the reason."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from qa.documents import gather
from qa.errors import Problem, SourceError
from qa.protocols import Progress
from qa.surfaces.web.collection_record import Record
from qa.surfaces.web.file_names import printable, safe_name
from qa.surfaces.web.limits import Limits, size
from qa.types import Document

_LISTED = 5  # bad lines of one file that are told one by one
_HINT = "repair it or save it in another format, then add it again"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file somewhere on this machine, and the name that its owner gave it."""

    path: Path
    name: str

    @classmethod
    def of(cls, file: Upload | str | Path) -> Upload:
        """The upload itself, or that of a path, whose name is the file's own."""
        return file if isinstance(file, Upload) else cls(Path(file), Path(file).name)


@dataclass(frozen=True, slots=True)
class Refused:
    """A file, or lines of it, that did not go in: its owner's name for it, and what to do."""

    name: str
    reason: str
    hint: str = _HINT


@dataclass(slots=True)
class Reading:
    """What came of reading uploads: the files that were taken, with their documents."""

    files: dict[str, list[Document]] = field(default_factory=dict)
    refused: list[Refused] = field(default_factory=list)

    @property
    def documents(self) -> list[Document]:
        """The documents of all files that were taken."""
        return [document for documents in self.files.values() for document in documents]


def read_uploads(
    uploads: Sequence[Upload],
    folder: Path,
    record: Record,
    held: Mapping[str, Document],
    sources: Path,
    limits: Limits,
    progress: Progress | None = None,
) -> Reading:
    """Copy each upload into `folder` under a safe name and read it there.

    `record` and `held` are what the collection has already, in the folder `sources`. A file that
    is too large, one too many, unreadable or there already is refused, and no copy of it stays.
    """
    reading = Reading()
    total = sum(_size(sources / file.name) for file in record.files)
    for done, upload in enumerate(uploads, start=1):
        taken = [*(file.name for file in record.files), *reading.files, *held]
        known = {**held, **{document.id: document for document in reading.documents}}
        room = _Room(limits, total, len(record.files) + len(reading.files), len(known))
        copy = folder / safe_name(upload.name, taken)
        documents, refused = _read(upload, copy, known, room)
        reading.refused += refused
        if documents:
            reading.files[copy.name] = documents
            total += _size(copy)
        else:
            copy.unlink(missing_ok=True)
        if progress is not None:
            progress("reading", done, len(uploads))
    return reading


@dataclass(frozen=True, slots=True)
class _Room:
    """What a collection holds already, beside the most that it may."""

    limits: Limits
    total: int
    files: int
    documents: int

    def refusal(self, added: int) -> tuple[str, str] | None:
        """Why a file of so many bytes has no room, and what to do; None where it has."""
        limits = self.limits
        if added > limits.file_bytes:
            told = f"has {size(added)}; at most {size(limits.file_bytes)} are taken"
            return told, "split it, or save the text alone"
        if self.files >= limits.files:
            return f"is one too many: a collection takes {limits.files:,} files", _OTHER
        if self.total + added > limits.total_bytes:
            told = f"would make the collection larger than {size(limits.total_bytes)}"
            return told, _OTHER
        return None


_OTHER = "remove others first, or begin another collection"


def _read(
    upload: Upload, copy: Path, known: Mapping[str, Document], room: _Room
) -> tuple[list[Document], list[Refused]]:
    name = printable(upload.name) or copy.name
    try:
        if (refusal := room.refusal(_size(upload.path))) is not None:
            return [], [Refused(name, *refusal)]
        _copy(upload.path, copy)
        gathered = gather(copy, skip_bad=True)
    except SourceError as error:
        return [], _told(name, error.problems)
    except OSError as error:
        return [], [Refused(name, f"cannot be read: {error.strerror or error}", "try again")]
    documents: list[Document] = []
    problems = list(gathered.bad)
    same = {document.source_sha256: document.id for document in known.values()}
    for document in gathered.documents:
        if (twin := same.get(document.source_sha256)) is not None:
            return [], [Refused(name, f"is there already, as {twin}", "nothing needs to be done")]
        if document.id in known:
            problems.append(Problem(copy.name, f"the id {document.id!r} is taken"))
        elif room.documents + len(documents) >= room.limits.documents:
            most = f"{room.limits.documents:,}"
            return [], [Refused(name, f"a collection takes {most} articles", _OTHER)]
        else:
            documents.append(document)
    return documents, _told(name, problems)


def _told(name: str, problems: Iterable[Problem]) -> list[Refused]:
    """The problems of one file, each with its line; of many the first few and how many."""
    every = [Refused(_at(name, problem.line), problem.reason) for problem in problems]
    if len(every) <= _LISTED:
        return every
    return [*every[:_LISTED], Refused(name, f"and {len(every) - _LISTED:,} more lines like these")]


def _at(name: str, line: int | None) -> str:
    return name if line is None else f"{name}, line {line}"


def _size(path: Path) -> int:
    """Bytes; none of a file that is gone."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def _copy(source: Path, target: Path) -> None:
    """Copy the bytes alone, and see them on the disk: what is listed must be there."""
    with source.open("rb") as opened, target.open("xb") as copy:
        shutil.copyfileobj(opened, copy)
        copy.flush()
        os.fsync(copy.fileno())
