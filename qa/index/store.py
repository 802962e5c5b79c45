"""An index on disk: a folder a build, and one line in `current` that names the build in use.

A build is written whole beside the old one and synced before `current` is replaced in one step:
whoever is killed, and whenever, leaves an index that opens.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qa.errors import IndexDamagedError, IndexNotFoundError, QAError
from qa.index import manifest as manifests
from qa.index.contents import Index
from qa.index.disk import PARTIAL, complete, partial_folder, sync, sync_folder, write_text
from qa.index.encoders import check_encoder, remove_other_encoders
from qa.lexical import Lexical
from qa.types import Document, Passage, Settings, Source

_BUILD_ID = re.compile(r"[0-9a-f]{16}")


def save_index(index: Index, folder: Path) -> Index:
    """Write `index` as a new build below `folder`, make it current, and open it from there.

    Where the same build is there already and whole, nothing is written. Builds that are neither
    the new nor the previous one are removed. Two processes may save at once: one waits.
    """
    from filelock import FileLock

    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / ".lock"):
        previous = _previous(folder)
        with partial_folder(folder) as partial:
            _write(index, partial)
            manifest = manifests.describe(index, partial)
            write_text(partial / manifests.NAME, [json.dumps(manifest, indent=1)])
            build_id: str = manifest["build_id"]
            if build_id != previous or not _is_whole(folder / build_id):
                complete(partial, folder / build_id)
                _point_to(folder, build_id)
        _remove_others(folder, {build_id, previous})
        remove_other_encoders(folder, index.encoder_sha256)
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


def current_build(folder: Path) -> str | None:
    """The id of the build in use below `folder`, None where there is none: one short line is read.

    Raises IndexDamagedError where the line does not name a build.
    """
    try:
        line = (folder / "current").read_text("ascii", errors="replace").strip()
    except (FileNotFoundError, NotADirectoryError):
        return None
    if not _BUILD_ID.fullmatch(line):
        raise IndexDamagedError(
            f"{folder / 'current'} does not name a build: {line[:40]!r}", hint=manifests.REBUILD
        )
    return line


def check_index(folder: Path) -> int:
    """Compare every file's SHA-256 with the manifest; returns the number of bytes summed.

    The exported encoder, where there is one, is checked too.
    """
    build = _resolve(folder)
    manifest = manifests.read(build)
    summed = manifests.check(build, manifest, every=True)
    return summed + check_encoder(folder, manifest["encoder"]["sha256"])


def _resolve(folder: Path) -> Path:
    build_id = current_build(folder)
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


def _previous(folder: Path) -> str | None:
    """The build to keep beside the new one; none where `current` is damaged."""
    try:
        return current_build(folder)
    except IndexDamagedError:
        return None


def _write(index: Index, folder: Path) -> None:
    documents = (json.dumps(asdict(d), ensure_ascii=False) for d in index.documents.values())
    write_text(folder / "documents.jsonl", documents)
    passages = (
        json.dumps([p.doc_id, p.heading, p.start, p.end], ensure_ascii=False)
        for p in index.passages
    )
    write_text(folder / "passages.jsonl", passages)
    lexical = index.lexical
    write_text(folder / "terms.txt", lexical.vocabulary)
    arrays: dict[str, NDArray[Any]] = {
        "vectors": index.vectors,
        "lexical_pointers": lexical.pointers,
        "lexical_passages": lexical.passages,
        "lexical_scores": lexical.scores,
    }
    for name, array in arrays.items():
        with (folder / f"{name}.npy").open("wb") as file:
            np.save(file, array, allow_pickle=False)
            sync(file)


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


def _is_whole(build: Path) -> bool:
    try:
        manifests.check(build, manifests.read(build), every=True)
    except QAError:
        return False
    return True


def _point_to(folder: Path, build_id: str) -> None:
    write_text(folder / ".current-new", [build_id])
    os.replace(folder / ".current-new", folder / "current")
    sync_folder(folder)


def _remove_others(folder: Path, kept: set[str | None]) -> None:
    (folder / ".current-new").unlink(missing_ok=True)
    for entry in folder.iterdir():
        ours = _BUILD_ID.fullmatch(entry.name) or entry.name.startswith(PARTIAL)
        if entry.is_dir() and ours and entry.name not in kept:
            shutil.rmtree(entry, ignore_errors=True)
