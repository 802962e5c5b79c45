"""Word: paragraphs and table rows of the body, in order, a line each.

Content controls, tracked insertions and text boxes are read too; headers, footers, footnotes
and tracked deletions are not.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

from qa.documents.faults import because, fault
from qa.documents.titles import title_from_name
from qa.types import Document

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARAGRAPH, _RUN, _TABLE, _ROW, _CELL = (_W + name for name in ("p", "r", "tbl", "tr", "tc"))
_TEXT_BOX = _W + "txbxContent"
_WRAPPING = "sdt sdtContent customXml smartTag ins moveTo hyperlink fldSimple dir bdo"
_WRAPPERS = frozenset(_W + name for name in _WRAPPING.split())
_LARGEST = 512 * 2**20  # bytes unpacked; a zip file of a megabyte can claim a thousand times that


def read(path: Path, doc_id: str) -> Document:
    """Read a `.docx` file. The cells of a table row are joined by " | ".

    Raises SourceError where it is broken or not a Word file, OSError as `open` does.
    """
    import docx

    data = path.read_bytes()
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        reason = "is an old .doc file or needs a password: save it as .docx without one"
        raise fault(doc_id, reason)
    try:
        _refuse_bomb(data)
        word = docx.Document(BytesIO(data))
        text = "\n".join(_blocks(word.element.body))
        title = word.core_properties.title.strip() or _first_heading(word)
    except Exception as error:  # hostile bytes make the parsers raise nearly anything
        raise fault(doc_id, f"is not a readable Word file: {because(error)}") from error
    return Document(
        id=doc_id,
        title=title or title_from_name(doc_id),
        text=text,
        source_sha256=sha256(data).hexdigest(),
    )


def _refuse_bomb(data: bytes) -> None:
    unpacked = sum(part.file_size for part in ZipFile(BytesIO(data)).infolist())
    if unpacked > _LARGEST:
        raise ValueError(f"it unpacks to {unpacked} bytes, more than {_LARGEST}")


def _first_heading(word: WordDocument) -> str | None:
    for paragraph in word.paragraphs:
        style = paragraph.style
        name = "" if style is None else style.name or ""
        words = " ".join(paragraph.text.split())
        if words and (name == "Title" or name.startswith("Heading")):
            return words
    return None


def _children(parent: Any, *tags: str) -> Iterator[Any]:
    """The child elements with these tags, also those inside elements that only wrap."""
    for child in parent.iterchildren():
        if child.tag in tags:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _children(child, *tags)


def _blocks(parent: Any) -> Iterator[str]:
    for block in _children(parent, _PARAGRAPH, _TABLE):
        if block.tag == _PARAGRAPH:
            yield "".join(run.text for run in _children(block, _RUN))
            yield from _text_boxes(block)
        else:
            yield from _rows(block)


def _rows(table: Any) -> Iterator[str]:
    for row in _children(table, _ROW):
        # A cell that continues the one above holds no words of its own.
        cells = [cell for cell in _children(row, _CELL) if cell.vMerge != "continue"]
        texts = ["\n".join(_blocks(cell)).strip() for cell in cells]
        if any(texts):
            yield " | ".join(texts)


def _text_boxes(paragraph: Any) -> Iterator[str]:
    for box in paragraph.iter(_TEXT_BOX):
        # Word writes each box twice, once for programs that cannot show the newer form.
        is_copy = any(str(above.tag).endswith("}Fallback") for above in box.iterancestors())
        if not is_copy and next(box.iterancestors(_PARAGRAPH)) is paragraph:
            yield from _blocks(box)
