"""The exported question encoder: a folder beside the builds, named after the weights it came from.

It belongs to the encoder, not to a build, so builds share it, and it goes with the encoder.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

from qa.errors import IndexDamagedError, IndexMismatchError, QAError
from qa.index import manifest as manifests
from qa.index.disk import complete, partial_folder, sync, write_text

# Of the exported files: a version that reads others refuses these.
FORMAT = 1
_NAME = re.compile(r"encoder-[0-9a-f]{64}")
_EXPORT = "export it again: qa build SOURCE --index DIR --light"


def save_encoder(folder: Path, sha256: str, write: Callable[[Path], None]) -> Path:
    """Keep the export of the encoder `sha256` below `folder`; `write` puts its files into a folder.

    Where it is there already and whole, nothing is written. Two processes may save at once: one
    waits. Returns the folder of the export.
    """
    from filelock import FileLock

    place = folder / f"encoder-{sha256}"
    with FileLock(folder / ".lock"):
        if not _is_whole(place):
            with partial_folder(folder) as partial:
                write(partial)
                for path in partial.iterdir():
                    # Libraries may write for this user alone; an index is read by others too.
                    path.chmod(0o644)
                    with path.open("rb+") as file:
                        sync(file)
                manifest = {"format": FORMAT, "files": manifests.files(partial)}
                write_text(partial / manifests.NAME, [json.dumps(manifest, indent=1)])
                complete(partial, place)
    return place


def load_encoder(folder: Path, sha256: str) -> Path | None:
    """The folder of the export of the encoder `sha256`, None where there is none.

    Raises IndexMismatchError for another format, and IndexDamagedError where its files are not the
    ones that were written: sizes are always compared, sums up to 256 MB.
    """
    place = folder / f"encoder-{sha256}"
    if not place.is_dir():
        return None
    _check(place)
    return place


def check_encoder(folder: Path, sha256: str) -> int:
    """Compare the sums of the export's files, where there is one; how many bytes were summed."""
    place = folder / f"encoder-{sha256}"
    return _check(place, every=True) if place.is_dir() else 0


def remove_other_encoders(folder: Path, sha256: str) -> None:
    """Remove the exports of encoders that the index below `folder` has no more."""
    for entry in folder.iterdir():
        if _NAME.fullmatch(entry.name) and entry.name != f"encoder-{sha256}" and entry.is_dir():
            shutil.rmtree(entry, ignore_errors=True)


def _check(place: Path, *, every: bool = False) -> int:
    path = place / manifests.NAME
    try:
        manifest = json.loads(path.read_text("utf-8"))
        found = manifest["format"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise IndexDamagedError(f"{path} cannot be read: {error}", hint=_EXPORT) from error
    if found != FORMAT:
        raise IndexMismatchError(
            f"{place} has format {found}, this version reads format {FORMAT}", hint=_EXPORT
        )
    return manifests.check(place, manifest, every=every, hint=_EXPORT)


def _is_whole(place: Path) -> bool:
    try:
        _check(place)
    except QAError:
        return False
    return True
