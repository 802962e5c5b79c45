"""Markdown: the whole file; what its front matter says goes into the document's fields."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

from qa.documents.front_matter import FrontMatter, parse
from qa.documents.plain import decode
from qa.documents.titles import title_from_name
from qa.types import Document

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r" {0,3}#[ \t]")


def first_heading(body: str) -> str | None:
    """The text of the first top-level `# heading` that is not inside a block of code.

    >>> first_heading("Words.\\n\\n# Robots on stage #\\n")
    'Robots on stage'
    """
    fence = ""
    for line in body.splitlines():
        if mark := _FENCE.match(line):
            if not fence:
                fence = mark[1]
            elif line.strip().startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
        elif not fence and _HEADING.match(line) and (heading := _heading(line)):
            return heading
    return None


def _heading(line: str) -> str:
    words = line.strip().removeprefix("#").strip()
    opening = words.rstrip("#")  # closing hashes count as such only after a space
    return opening.rstrip() if opening.endswith((" ", "\t")) or not opening else words


def read(path: Path, doc_id: str) -> Document:
    """Read a `.md` file.

    Raises SourceError where it is not UTF-8 or its front matter cannot be used, OSError as
    `open` does.
    """
    data = path.read_bytes()
    text = decode(data, doc_id)
    front = parse(text, doc_id) or FrontMatter()
    body = text[front.end :]
    return Document(
        id=doc_id,
        title=front.title or first_heading(body) or title_from_name(doc_id),
        text=text,
        url=front.url,
        date=front.date,
        sources=front.sources,
        source_sha256=sha256(data).hexdigest(),
        body_start=front.end,
    )
