"""Which files below SOURCE are articles, and which are left out and why."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from qa.errors import InputError, Problem

_HINT = "name an article, or a folder that holds articles"


@dataclass(slots=True)
class Walk:
    """The files found, as (doc_id, path) sorted by doc_id, and what was not taken."""

    files: list[tuple[str, Path]] = field(default_factory=list)
    skipped: list[Problem] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def walk(source: Path) -> Walk:
    """Every file below the folder `source`, or `source` itself where it is a file.

    Left out by rule are README files, hidden files and folders, and links out of `source`.
    Each folder is walked once, so links that form a loop end. Raises InputError where there is
    no such file or folder.
    """
    walked, name = Walk(), shown(str(source))
    if os.path.isfile(source):
        _take(walked, source.name, source)
    elif os.path.isdir(source):
        _walk_folder(walked, source)
    elif os.path.lexists(source):
        raise InputError(f"'{name}' is neither a file nor a folder", hint=_HINT)
    else:
        raise InputError(f"there is no file or folder '{name}'", hint=_HINT)
    walked.files.sort()
    return walked


def _walk_folder(walked: Walk, source: Path) -> None:
    root = Path(os.path.realpath(source))
    folders, links = [(source, "")], list[tuple[Path, str]]()
    seen: set[str] = set()
    while folders or links:
        # Links come last, so that a folder is walked under its own name if it has one.
        folder, doc_id = folders.pop() if folders else links.pop(0)
        real = os.path.realpath(folder)
        if real in seen:
            reason = "a link to a folder that is read under another name"
            walked.skipped.append(Problem(shown(doc_id), reason))
            continue
        seen.add(real)
        try:
            names = sorted(os.listdir(folder))
        except OSError as error:
            reason = f"the folder cannot be read: {error.strerror}"
            walked.problems.append(Problem(shown(doc_id or str(source)), reason))
            continue
        for name in names:
            path, below = folder / name, f"{doc_id}/{name}" if doc_id else name
            if name.startswith("."):
                walked.skipped.append(Problem(shown(below), "hidden"))
            elif path.is_symlink() and not Path(os.path.realpath(path)).is_relative_to(root):
                walked.skipped.append(Problem(shown(below), "a link out of the source folder"))
            elif os.path.isdir(path):
                (links if path.is_symlink() else folders).append((path, below))
            elif name.lower() == "readme" or name.lower().startswith("readme."):
                walked.skipped.append(Problem(shown(below), "about the folder, not an article"))
            else:
                _take(walked, below, path)


def _take(walked: Walk, doc_id: str, path: Path) -> None:
    if shown(doc_id) != doc_id:
        walked.problems.append(Problem(shown(doc_id), "the name is not valid UTF-8: rename it"))
    elif os.path.isfile(path):
        walked.files.append((doc_id, path))
    elif path.is_symlink():
        walked.problems.append(Problem(doc_id, "is a link that leads nowhere"))
    else:
        walked.problems.append(Problem(doc_id, "is not a regular file"))


def shown(name: str) -> str:
    """A name that can be printed: bytes that are not UTF-8 are written as escapes.

    >>> shown("caf\\udce9.txt")
    'caf\\\\xe9.txt'
    """
    return os.fsencode(name).decode("utf-8", "backslashreplace")
