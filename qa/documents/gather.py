"""Gather the documents of a file or folder, and everything that is wrong with them, at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from qa.documents import docx, html, jsonl, markdown, pdf, plain
from qa.documents.walk import shown, walk
from qa.errors import Problem, SourceError
from qa.text import has_half_character
from qa.types import Document

_READERS: dict[str, Callable[[Path, str], Document]] = {
    ".txt": plain.read,
    ".md": markdown.read,
    ".markdown": markdown.read,
    ".html": html.read,
    ".htm": html.read,
    ".pdf": pdf.read,
    ".docx": docx.read,
}
_SUFFIXES = ", ".join([*_READERS, ".jsonl"])


@dataclass(frozen=True, slots=True)
class Gathered:
    """The documents, sorted by id; what was left out by rule; and what could not be read.

    `bad` is empty unless bad files were to be skipped.
    """

    documents: tuple[Document, ...]
    skipped: tuple[Problem, ...]
    bad: tuple[Problem, ...]


def gather(
    source: Path,
    *,
    skip_bad: bool = False,
    progress: Callable[[str, int, int], None] | None = None,
) -> Gathered:
    """Read every article below the folder `source`, or the one file `source`.

    `progress` is called as `progress("reading", done, total)` after every file. Of documents
    with the same id the first, by path and line, is the good one.

    Raises InputError where there is no `source`, and one SourceError that holds every problem
    found; with `skip_bad` only where not a single document can be read.
    """
    walked = walk(source)
    problems, documents = list(walked.problems), dict[str, Document]()
    places: dict[str, str] = {}
    for done, (name, path) in enumerate(walked.files, start=1):
        for line, found in read_file(path, name):
            if isinstance(found, Problem):
                problems.append(found)
            elif found.id in documents:
                reason = f"the id {found.id!r} is taken: it is that of {places[found.id]}"
                problems.append(Problem(name, reason, line))
            else:
                documents[found.id] = found
                places[found.id] = name if line is None else f"{name}, line {line}"
        if progress is not None:
            progress("reading", done, len(walked.files))
    bad = tuple(sorted(problems, key=_place))
    skipped = tuple(sorted(walked.skipped, key=_place))
    if bad and not (skip_bad and documents):
        hint = "repair or remove these" if skip_bad else "repair these, or skip them: --skip-bad"
        raise SourceError(bad, hint=hint)
    if not documents:
        count = f" ({len(skipped)} skipped)" if skipped else ""
        reason = f"holds no article{count}"
        raise SourceError(
            [Problem(shown(str(source)), reason)], hint=f"articles end in {_SUFFIXES}"
        )
    return Gathered(tuple(documents[key] for key in sorted(documents)), skipped, bad)


def _place(problem: Problem) -> tuple[str, int, str]:
    return problem.path, problem.line or 0, problem.reason


def read_file(path: Path, name: str) -> Iterator[tuple[int | None, Document | Problem]]:
    """What one file holds, with the line of each where it holds one document a line."""
    count = 0
    try:
        for line, found in _open(path, name):
            fault = _unusable(found) if isinstance(found, Document) else None
            yield line, found if fault is None else Problem(name, fault, line)
            count += 1
        if not count:
            yield None, Problem(name, "holds no text")
    except SourceError as error:
        yield from ((problem.line, problem) for problem in error.problems)
    except OSError as error:
        yield None, Problem(name, f"cannot be read: {error.strerror or error}")


def _open(path: Path, name: str) -> Iterator[tuple[int | None, Document | Problem]]:
    suffix = path.suffix.lower()
    if suffix == ".jsonl":
        yield from jsonl.read(path, name)
    elif suffix in _READERS:
        yield None, _READERS[suffix](path, name)
    else:
        what = f"unknown suffix {path.suffix!r}" if suffix else "has no suffix"
        yield None, Problem(name, f"{what}; articles end in {_SUFFIXES}")


def _unusable(document: Document) -> str | None:
    if not document.text.strip():
        return "holds no text"
    if not document.text[document.body_start :].strip():
        return "holds no text below its front matter"
    fields = (document.id, document.title, document.text, document.url, document.date)
    if any(has_half_character(text) for text in fields if text is not None):
        return "holds half a character (a lone surrogate such as \\ud800)"
    return None
