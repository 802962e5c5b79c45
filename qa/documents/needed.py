"""Read only the articles that are asked for by id."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from qa.documents.gather import Gathered, read_file
from qa.documents.walk import walk
from qa.errors import Problem
from qa.types import Document


def gather_needed(source: Path, ids: Collection[str]) -> Gathered:
    """The documents below `source` that have these ids, and the files of theirs that are bad.

    An id is only ever compared with the names of the files found, never opened as a path. Files of
    JSON lines are read where an id is not the name of a file. Raises InputError where there is no
    `source`.
    """
    files = walk(source).files
    named = {name for name, _ in files}
    lines = not named.issuperset(ids)
    problems: list[Problem] = []
    documents: dict[str, Document] = {}
    for name, path in files:
        if name not in ids and not (lines and name.lower().endswith(".jsonl")):
            continue
        for _, found in read_file(path, name):
            if isinstance(found, Problem):
                problems.append(found)
            elif found.id in ids:
                documents.setdefault(found.id, found)
    return Gathered(tuple(documents[key] for key in sorted(documents)), (), tuple(problems))
