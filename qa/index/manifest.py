"""The manifest: what an index was built from and with, and the sums of its files."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from qa.errors import IndexDamagedError, IndexMismatchError
from qa.index.contents import Index
from qa.text import ANALYSER, sha256

FORMAT = 1
NAME = "manifest.json"
REBUILD = "build it again: qa build SOURCE --index DIR"
# Sums of larger indexes are checked on request only (qa info --check).
CHECKED_BYTES = 256 * 2**20

Manifest = dict[str, Any]


def describe(index: Index, folder: Path) -> Manifest:
    """The manifest of `index`, whose files lie in `folder`; its `build_id` is its own digest."""
    manifest: Manifest = {
        "format": FORMAT,
        "settings": asdict(index.settings),
        "encoder": {"name": index.encoder_name, "sha256": index.encoder_sha256},
        "analyser": ANALYSER,
        "extractors": dict(index.extractors),
        "counts": {
            "documents": len(index.documents),
            "passages": len(index.passages),
            "terms": len(index.lexical.vocabulary),
        },
        "files": files(folder),
        "sources": {
            document.id: document.source_sha256 or sha256(document.text)
            for document in index.documents.values()
        },
        "skipped": list(index.skipped),
    }
    return {"build_id": _build_id(manifest), **manifest}


def read(folder: Path) -> Manifest:
    """The manifest in `folder`, whose name is the manifest's own digest.

    Raises IndexMismatchError for another format or analyser, IndexDamagedError where the manifest
    is not the one that was written.
    """
    path = folder / NAME
    try:
        manifest: Manifest = json.loads(path.read_text("utf-8"))
        found = manifest["format"]
        build_id = _build_id({key: manifest[key] for key in manifest if key != "build_id"})
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise IndexDamagedError(f"{path} cannot be read: {error}", hint=REBUILD) from error
    if found != FORMAT:
        raise IndexMismatchError(
            f"{folder} has index format {found}, this version reads format {FORMAT}", hint=REBUILD
        )
    if (analyser := manifest.get("analyser")) != ANALYSER:
        raise IndexMismatchError(
            f"{folder} was built with the analyser {analyser!r}, this version has {ANALYSER!r}",
            hint=REBUILD,
        )
    for expected in (folder.name, manifest.get("build_id")):
        if build_id != expected:
            raise IndexDamagedError(
                f"{path} was altered: its digest is {build_id}, expected {expected}", hint=REBUILD
            )
    return manifest


def files(folder: Path) -> dict[str, dict[str, Any]]:
    """The size and the SHA-256 of every file in `folder`, by name."""
    return {
        path.name: {"bytes": path.stat().st_size, "sha256": _sum(path)}
        for path in sorted(folder.iterdir())
    }


def check(folder: Path, manifest: Manifest, *, every: bool = False, hint: str = REBUILD) -> int:
    """Compare the files with the manifest; returns how many bytes were summed.

    Sizes are always compared, sums where the files are up to 256 MB in all or `every` is set.
    Raises IndexDamagedError that names the file, what was expected and what was found, with
    `hint`.
    """
    stated = manifest["files"]
    total = sum(entry["bytes"] for entry in stated.values())
    summed = every or total <= CHECKED_BYTES
    for name, entry in stated.items():
        path = folder / Path(name).name
        if not path.is_file():
            raise IndexDamagedError(f"{path} is missing", hint=hint)
        size = path.stat().st_size
        if size != entry["bytes"]:
            raise IndexDamagedError(
                f"{path} has {size} bytes, {entry['bytes']} were written", hint=hint
            )
        if summed and (found := _sum(path)) != entry["sha256"]:
            raise IndexDamagedError(
                f"{path} was altered: its SHA-256 is {found}, expected {entry['sha256']}",
                hint=hint,
            )
    return total if summed else 0


def _build_id(manifest: Manifest) -> str:
    return hashlib.sha256(json.dumps(manifest, sort_keys=True).encode()).hexdigest()[:16]


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
