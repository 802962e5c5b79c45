"""Writing evaluation files: whole or not at all, and refused before the work, not after it."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

from qa.errors import InputError


def check_place(path: Path) -> None:
    """Raise `InputError` where no file can be written, as far as can be told beforehand."""
    if not path.parent.is_dir():
        raise InputError(f"{path}: there is no such folder", hint="make the folder first")
    if path.is_dir():
        raise InputError(f"{path}: cannot be written: it is a folder", hint="name a file")


def write_text(path: Path, text: str) -> None:
    """Write a UTF-8 file in one step: whoever reads it meets the old or the new one, whole.

    A name that ends in `.gz` is packed, to the same bytes each time. Raises `InputError` where the
    file cannot be written.
    """
    content = text.encode("utf-8")
    if path.suffix == ".gz":
        content = gzip.compress(content, mtime=0)
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(content)  # a pipe or /dev/null must stay what it is
            return
        target = path.resolve()
        partial = target.with_name(f".{os.getpid()}-{target.name[-200:]}")
        try:
            partial.write_bytes(content)
            os.replace(partial, target)
        finally:
            partial.unlink(missing_ok=True)
    except OSError as error:
        raise InputError(
            f"{path}: cannot be written: {error.strerror or error}", hint="name another file"
        ) from error


def dumped(record: object) -> str:
    """A record as the text of a JSON file.

    >>> dumped({"id": "q1"})
    '{\\n "id": "q1"\\n}\\n'
    """
    return json.dumps(record, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
