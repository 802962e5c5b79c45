"""JSON lines: a document a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from qa.documents.faults import because
from qa.documents.titles import title_from_first_line
from qa.errors import Problem
from qa.types import Document

_BOM = b"\xef\xbb\xbf"


def read(path: Path, doc_id: str) -> Iterator[tuple[int, Document | Problem]]:
    """Read a `.jsonl` file: the number of each line that is not blank, and what it holds.

    A bad line costs only itself. Raises OSError as `open` does.
    """
    data = path.read_bytes()
    digest = sha256(data).hexdigest()
    offset = 0
    for number, line in enumerate(data.split(b"\n"), start=1):
        start = len(_BOM) if number == 1 and line.startswith(_BOM) else 0
        try:
            text = line[start:].decode("utf-8")
            if text.strip():
                yield number, _document(text, digest)
        except UnicodeDecodeError as error:
            at = offset + start + error.start
            reason = f"byte offset {at} is not valid UTF-8: save it as UTF-8"
            yield number, Problem(doc_id, reason, number)
        except (ValueError, RecursionError) as error:
            yield number, Problem(doc_id, because(error), number)
        offset += len(line) + 1


def _document(line: str, digest: str) -> Document:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"not valid JSON: {because(error)}") from error
    if not isinstance(record, dict):
        raise ValueError("must be a JSON object with 'id' and 'text'")
    doc_id, text = _required(record, "id"), _required(record, "text")
    return Document(
        id=doc_id,
        title=_optional(record, "title") or title_from_first_line(text) or doc_id,
        text=text,
        url=_optional(record, "url"),
        date=_optional(record, "date"),
        source_sha256=digest,
    )


def _required(record: dict[str, object], key: str) -> str:
    value = record.get(key)
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{key!r} must be a string that is not empty")
    return value


def _optional(record: dict[str, object], key: str) -> str | None:
    value = record.get(key)
    if value is not None and not isinstance(value, str):
        raise ValueError(f"{key!r} must be a string or null")
    return value or None
