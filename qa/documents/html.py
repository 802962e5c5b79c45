"""HTML: the main content of the page, found by trafilatura. Nothing is ever fetched."""

from __future__ import annotations

import codecs
import logging
import re
from hashlib import sha256
from pathlib import Path
from typing import Any

from qa.documents.faults import because, fault
from qa.documents.plain import decode
from qa.documents.titles import title_from_name
from qa.types import Document

# A handler of our own keeps the libraries' complaints off stderr, where nobody set up logging.
for _name in ("trafilatura", "htmldate", "courlan"):
    logging.getLogger(_name).addHandler(logging.NullHandler())

_DECLARED = re.compile(
    rb"(?:<meta[^>]+charset|<\?xml[^>]+encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE
)
# Browsers read these names as the larger encodings: https://encoding.spec.whatwg.org/#names-and-labels
_READ_AS = {"gb2312": "gb18030", "gbk": "gb18030", "iso-8859-1": "cp1252", "us-ascii": "cp1252"}
_BREAK = "\u2029"  # PARAGRAPH SEPARATOR: lxml refuses control characters as marks
_BREAKING = (
    "address article aside blockquote body br caption dd details div dl dt figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol option p pre section summary table "
    "td th tr ul"
)
# Without today's date in it, the same page gives the same date tomorrow.
_DATES = {"extensive_search": False, "original_date": True, "max_date": "2999-12-31"}


def read(path: Path, doc_id: str) -> Document:
    """Read an `.html` file: its main content or, where that is very little, all its body text.

    Very little is less than 200 characters or a tenth of the body text. Raises SourceError
    where the bytes cannot be decoded or parsed, OSError as `open` does.
    """
    from trafilatura import extract, extract_metadata, load_html

    data = path.read_bytes()
    page = _decode(data, doc_id)
    try:
        if load_html(page) is None:  # a fragment without the tags of a document around it
            page = f"<html><body>{page}</body></html>"
        main = extract(page, include_comments=False, include_tables=True) or ""
        body = _body_text(load_html(page))
        metadata = extract_metadata(page, date_config=dict(_DATES))
    except Exception as error:  # hostile pages make the parsers raise nearly anything
        raise fault(doc_id, f"is not readable HTML: {because(error)}") from error
    return Document(
        id=doc_id,
        title=" ".join((metadata.title or "").split()) or title_from_name(doc_id),
        text=body if len(main) < max(200, len(body) // 10) else main,
        url=metadata.url or None,
        date=metadata.date or None,
        source_sha256=sha256(data).hexdigest(),
    )


def _decode(data: bytes, doc_id: str) -> str:
    """As UTF-8 where that works (other encodings hardly ever look like it), else as declared."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return decode(data, doc_id, "utf-16")
    declared = _DECLARED.search(data, 0, 4096)
    try:
        return data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError:
        label = "utf-8" if declared is None else declared[1].decode("ascii").lower()
    try:
        return decode(data, doc_id, _READ_AS.get(label, label))
    except LookupError as error:
        raise fault(doc_id, f"declares an unknown encoding {label!r}") from error


def _body_text(tree: Any) -> str:
    """All the text of the page: a line for each block, white space as a browser shows it."""
    body = tree.find(".//body")
    body = tree if body is None else body
    for element in body.xpath(".//script | .//style | .//noscript | .//template"):
        element.drop_tree()
    for element in body.iter(*_BREAKING.split()):
        element.text = _BREAK + (element.text or "")
        element.tail = _BREAK + (element.tail or "")
    lines = (" ".join(line.split()) for line in body.text_content().split(_BREAK))
    return "\n".join(line for line in lines if line)
