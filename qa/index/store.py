"""An index on disk: a folder a build, and one line in `current` that names the build in use.

A build is written whole beside the old one and synced before `current` is replaced in one step:
whoever is killed, and whenever, leaves an index that opens.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qa.errors import IndexDamagedError, IndexNotFoundError, QAError
from qa.index import manifest as manifests
from qa.index.contents import Index
from qa.lexical import Lexical
from qa.types import Document, Passage, Settings, Source

_BUILD_ID = re.compile(r"[0-9a-f]{16}")
_PARTIAL = ".partial-"


def save_index(index: Index, folder: Path) -> Index:
    """Write `index` as a new build below `folder`, make it current, and open it from there.

    Where the same build is there already and whole, nothing is written. Builds that are neither
    the new nor the previous one are removed. Two processes may save at once: one waits.
    """
    from filelock import FileLock

    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / ".lock"):
        previous = _previous(folder)
        partial = Path(tempfile.mkdtemp(prefix=_PARTIAL, dir=folder))
        try:
            _write(index, partial)
            manifest = manifests.describe(index, partial)
            _write_text(partial / manifests.NAME, [json.dumps(manifest, indent=1)])
            build_id: str = manifest["build_id"]
            if build_id != previous or not _is_whole(folder / build_id):
                _replace_build(partial, folder / build_id)
                _point_to(folder, build_id)
        finally:
            shutil.rmtree(partial, ignore_errors=True)
        _remove_others(folder, {build_id, previous})
    return load_index(folder)


def load_index(folder: Path) -> Index:
    """Open the current build below `folder`: arrays are memory-mapped, sums are checked.

    Raises IndexNotFoundError, IndexMismatchError (format, analyser) or IndexDamagedError.
    """
    build = _resolve(folder)
    manifest = manifests.read(build)
    manifests.check(build, manifest)
    return _read(build, manifest)


def load_previous(folder: Path) -> Index | None:
    """The current build where there is one that opens, else None: nothing to reuse."""
    try:
        return load_index(folder)
    except QAError:
        return None


def check_index(folder: Path) -> int:
    """Compare every file's SHA-256 with the manifest; returns the number of bytes summed."""
    build = _resolve(folder)
    return manifests.check(build, manifests.read(build), every=True)


def _resolve(folder: Path) -> Path:
    build_id = _current(folder)
    if build_id is None:
        raise IndexNotFoundError(
            f"there is no index in {str(folder)!r}",
            hint=f"build one: qa build SOURCE --index {folder}",
        )
    if not (folder / build_id).is_dir():
        raise IndexDamagedError(
            f"{folder / 'current'} names the build {build_id}, which is not there",
            hint=manifests.REBUILD,
        )
    return folder / build_id


def _current(folder: Path) -> str | None:
    try:
        line = (folder / "current").read_text("ascii", errors="replace").strip()
    except (FileNotFoundError, NotADirectoryError):
        return None
    if not _BUILD_ID.fullmatch(line):
        raise IndexDamagedError(
            f"{folder / 'current'} does not name a build: {line[:40]!r}", hint=manifests.REBUILD
        )
    return line


def _previous(folder: Path) -> str | None:
    """The build to keep beside the new one; none where `current` is damaged."""
    try:
        return _current(folder)
    except IndexDamagedError:
        return None


def _write(index: Index, folder: Path) -> None:
    documents = (json.dumps(asdict(d), ensure_ascii=False) for d in index.documents.values())
    _write_text(folder / "documents.jsonl", documents)
    passages = (
        json.dumps([p.doc_id, p.heading, p.start, p.end], ensure_ascii=False)
        for p in index.passages
    )
    _write_text(folder / "passages.jsonl", passages)
    lexical = index.lexical
    _write_text(folder / "terms.txt", lexical.vocabulary)
    arrays: dict[str, NDArray[Any]] = {
        "vectors": index.vectors,
        "lexical_pointers": lexical.pointers,
        "lexical_passages": lexical.passages,
        "lexical_scores": lexical.scores,
    }
    for name, array in arrays.items():
        with (folder / f"{name}.npy").open("wb") as file:
            np.save(file, array, allow_pickle=False)
            _sync(file)


def _read(folder: Path, manifest: manifests.Manifest) -> Index:
    documents = {}
    for fields in _json_lines(folder / "documents.jsonl"):
        fields["sources"] = tuple(Source(**source) for source in fields["sources"])
        fields["page_starts"] = tuple(fields["page_starts"])
        documents[fields["id"]] = Document(**fields)
    passages = []
    for doc_id, heading, start, end in _json_lines(folder / "passages.jsonl"):
        document = documents[doc_id]
        text = document.text[start:end]
        passages.append(Passage(doc_id, heading, start, end, text, document.title))
    every_term = (folder / "terms.txt").read_text("utf-8").split("\n")[:-1]
    lexical = Lexical(
        {term: number for number, term in enumerate(every_term)},
        _array(folder, "lexical_pointers"),
        _array(folder, "lexical_passages"),
        _array(folder, "lexical_scores"),
        len(passages),
    )
    return Index(
        documents=documents,
        passages=passages,
        lexical=lexical,
        vectors=_array(folder, "vectors"),
        settings=Settings(**manifest["settings"]),
        encoder_name=manifest["encoder"]["name"],
        encoder_sha256=manifest["encoder"]["sha256"],
        extractors=manifest["extractors"],
        skipped=manifest["skipped"],
        build_id=manifest["build_id"],
    )


def _array(folder: Path, name: str) -> Any:
    path = folder / f"{name}.npy"
    array = np.load(path, mmap_mode="r", allow_pickle=False)
    # FAISS and indexing want a plain array; the pages stay mapped from the file.
    return array.view(np.ndarray)


def _json_lines(path: Path) -> Iterable[Any]:
    with path.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            yield json.loads(line)


def _write_text(path: Path, lines: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for line in lines:
            file.write(line + "\n")
        _sync(file)


def _sync(file: Any) -> None:
    file.flush()
    os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _is_whole(build: Path) -> bool:
    try:
        manifests.check(build, manifests.read(build), every=True)
    except QAError:
        return False
    return True


def _replace_build(partial: Path, build: Path) -> None:
    _sync_folder(partial)
    if build.exists():
        shutil.rmtree(build)
    partial.rename(build)
    build.chmod(0o755)
    _sync_folder(build.parent)


def _point_to(folder: Path, build_id: str) -> None:
    _write_text(folder / ".current-new", [build_id])
    os.replace(folder / ".current-new", folder / "current")
    _sync_folder(folder)


def _remove_others(folder: Path, kept: set[str | None]) -> None:
    (folder / ".current-new").unlink(missing_ok=True)
    for entry in folder.iterdir():
        ours = _BUILD_ID.fullmatch(entry.name) or entry.name.startswith(_PARTIAL)
        if entry.is_dir() and ours and entry.name not in kept:
            shutil.rmtree(entry, ignore_errors=True)
