"""The documents: read in stretches by a tool, and whole as resources.

A document's id is data. It stands percent-encoded in the query of a URI, where nobody takes it for
a path, and is only ever compared with the ids of the index.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, unquote

from mcp.types import (
    ListResourcesResult,
    ReadResourceResult,
    Resource,
    ResourceTemplate,
    TextResourceContents,
)

from qa.errors import InputError
from qa.surfaces.http.documents import whole
from qa.types import Document

Documents = Mapping[str, Document]

PAGE = 100
PLAIN = "text/plain"
TEMPLATE = ResourceTemplate(
    name="document",
    title="A document",
    uri_template="footnote://document{?id}",
    description="The text of the document of that id, which all offsets point into.",
    mime_type=PLAIN,
)
_PREFIX = "footnote://document?id="


def uri_of(doc_id: str) -> str:
    """The URI of a document.

    >>> uri_of("expo/2019 & more.md")
    'footnote://document?id=expo%2F2019%20%26%20more.md'
    """
    return _PREFIX + quote(doc_id, safe="")


def doc_id_in(uri: str) -> str:
    """The id in a document's URI. Raises InputError for any other URI.

    >>> doc_id_in(uri_of("../機器人?id=1#2"))
    '../機器人?id=1#2'
    """
    try:
        if not uri.startswith(_PREFIX):
            raise ValueError
        return unquote(uri.removeprefix(_PREFIX), errors="strict")
    except ValueError:
        hint = f"the URI of a document is {_PREFIX} and its id, percent-encoded"
        raise InputError("this is no URI of a document", hint=hint) from None


def document_of(documents: Documents, doc_id: str) -> Document:
    """The document of that id. Raises InputError where there is none."""
    document = documents.get(doc_id)
    if document is None:
        hint = "take an id from a citation or a hit, or from the list of resources"
        raise InputError(f"there is no document {doc_id[:200]!r}", hint=hint)
    return document


def stretch(document: Document, offset: int, limit: int) -> dict[str, Any]:
    """At most `limit` characters of a document from `offset` on; `next` is where more begins.

    Raises InputError for an offset behind the end.

    >>> part = stretch(Document("a", "A", "Robots danced."), 7, 3)
    >>> part["text"], part["start"], part["end"], part["next"]
    ('dan', 7, 10, 10)
    """
    length = len(document.text)
    if offset > length:
        raise InputError(
            f"the document has {length:,} characters, none from {offset:,} on",
            hint="read from an offset that is no larger; 0 is the beginning",
        )
    end = min(offset + limit, length)
    return {
        **whole(document),
        "text": document.text[offset:end],
        "start": offset,
        "end": end,
        "next": end if end < length else None,
    }


def listed(documents: Documents, cursor: str | None) -> ListResourcesResult:
    """A page of the documents, by id; the cursor of the next page is the last id of this one."""
    ids = sorted(documents)
    first = 0 if cursor is None else bisect_right(ids, cursor)
    shown = ids[first : first + PAGE]
    return ListResourcesResult(
        resources=[_resource(documents[doc_id]) for doc_id in shown],
        next_cursor=shown[-1] if shown and shown[-1] != ids[-1] else None,
    )


def read(documents: Documents, uri: str) -> ReadResourceResult:
    """The whole text of the document of that URI. Raises InputError where there is none."""
    text = document_of(documents, doc_id_in(uri)).text
    return ReadResourceResult(contents=[TextResourceContents(uri=uri, mime_type=PLAIN, text=text)])


def _resource(document: Document) -> Resource:
    return Resource(
        name=document.id,
        title=document.title,
        uri=uri_of(document.id),
        mime_type=PLAIN,
        size=len(document.text.encode()),
    )
