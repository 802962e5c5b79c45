"""PDF: the text of its pages, joined by form feeds."""

from __future__ import annotations

import logging
from hashlib import sha256
from io import BytesIO
from itertools import accumulate
from pathlib import Path

from qa.documents.faults import because, fault
from qa.documents.titles import title_from_name
from qa.types import Document

# A handler of our own keeps pypdf's complaints off stderr, where nobody set up logging.
logging.getLogger("pypdf").addHandler(logging.NullHandler())


def read(path: Path, doc_id: str) -> Document:
    """Read a `.pdf` file. `page_starts` are the offsets at which its pages begin.

    Raises SourceError where it is broken, needs a password, or holds no text (a scan), OSError
    as `open` does.
    """
    from pypdf import PasswordType, PdfReader
    from pypdf.errors import DependencyError

    data = path.read_bytes()
    try:
        reader = PdfReader(BytesIO(data))
        locked = reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED
        pages = [] if locked else [_paired(page.extract_text()) for page in reader.pages]
        title = None if locked or reader.metadata is None else reader.metadata.title
    except DependencyError as error:
        reason = "is encrypted in a way that cannot be opened here: save a copy that is not"
        raise fault(doc_id, reason) from error
    except Exception as error:  # hostile bytes make the parser raise nearly anything
        raise fault(doc_id, f"is not a readable PDF: {because(error)}") from error
    if locked:
        raise fault(doc_id, "is encrypted and needs a password: save a copy without one")
    if not any(page.strip() for page in pages):
        raise fault(doc_id, "holds no text: it is likely a scan and needs OCR first")
    return Document(
        id=doc_id,
        title=" ".join(_paired(title or "").split()) or title_from_name(doc_id),
        text="\f".join(pages),
        page_starts=tuple(accumulate((len(page) + 1 for page in pages[:-1]), initial=0)),
        source_sha256=sha256(data).hexdigest(),
    )


def _paired(text: str) -> str:
    """Join the two halves of a character that a font maps apart; a lone half becomes U+FFFD."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
