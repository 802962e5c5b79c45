"""Plain text: the whole file, decoded and not otherwise touched."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from qa.documents.faults import fault
from qa.documents.titles import title_from_first_line, title_from_name
from qa.types import Document


def decode(data: bytes, doc_id: str, encoding: str = "utf-8") -> str:
    """The text that `data` holds: line ends unchanged, a byte order mark dropped.

    Raises SourceError naming the byte and the line where `data` is not in this encoding.

    >>> decode(b"one\\r\\ntwo", "a.txt")
    'one\\r\\ntwo'
    """
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        reason = f"byte offset {error.start} is not valid {encoding.upper()}: save it as UTF-8"
        raise fault(doc_id, reason, line) from error


def read(path: Path, doc_id: str) -> Document:
    """Read a `.txt` file. Raises SourceError where it is not UTF-8, OSError as `open` does."""
    data = path.read_bytes()
    text = decode(data, doc_id)
    return Document(
        id=doc_id,
        title=title_from_first_line(text) or title_from_name(doc_id),
        text=text,
        source_sha256=sha256(data).hexdigest(),
    )
