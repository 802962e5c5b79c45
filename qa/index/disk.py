"""Files and folders that are there whole or not at all, whoever is killed, and whenever."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PARTIAL = ".partial-"


@contextmanager
def partial_folder(folder: Path) -> Iterator[Path]:
    """A folder below `folder` to write into; gone afterwards, unless it was made `complete`."""
    partial = Path(tempfile.mkdtemp(prefix=PARTIAL, dir=folder))
    try:
        yield partial
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def complete(partial: Path, place: Path) -> None:
    """Move a folder whose files are synced to `place`, instead of what is there."""
    sync_folder(partial)
    if place.exists():
        shutil.rmtree(place)
    partial.rename(place)
    place.chmod(0o755)
    sync_folder(place.parent)


def write_text(path: Path, lines: Iterable[str]) -> None:
    """Write lines in UTF-8, and sync them."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for line in lines:
            file.write(line + "\n")
        sync(file)


def sync(file: Any) -> None:
    """Wait until an open file is on the disk."""
    file.flush()
    os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
