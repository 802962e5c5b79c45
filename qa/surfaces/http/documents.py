"""`GET /v1/documents` and `GET /v1/documents/{id}`."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from qa.surfaces.http.models import Page
from qa.surfaces.http.openapi import described
from qa.surfaces.http.problems import Problem
from qa.surfaces.http.service import Service, in_json
from qa.text import sha256
from qa.types import Document


def documents(service: Service) -> APIRouter:
    """The routes that show articles."""
    router = APIRouter(tags=["documents"])

    @router.get("/v1/documents", **described("Documents", problems=(422,)))
    async def list_documents(page: Annotated[Page, Query()]) -> Response:
        """List the documents, without their text, by id, a page at a time."""
        found = service.bot.documents
        ids = sorted(found)
        first = 0 if page.after is None else bisect_right(ids, page.after)
        shown = ids[first : first + page.limit]
        return in_json(
            {
                "documents": [summary(found[doc_id]) for doc_id in shown],
                "total": len(ids),
                "next": shown[-1] if shown and shown[-1] != ids[-1] else None,
            }
        )

    @router.get("/v1/documents/{id:path}", **described("Document", problems=(404,)))
    async def read_document(id: str) -> Response:
        """Read one document: the text that all offsets point into."""
        return in_json(whole(document_of(service, id)))

    return router


def document_of(service: Service, doc_id: str) -> Document:
    """The document of that id. Raises Problem 404 where there is none."""
    document = service.bot.documents.get(doc_id)
    if document is None:
        hint = "/v1/documents lists the documents"
        raise Problem(404, "there is no document of that id", hint=hint)
    return document


def summary(document: Document) -> dict[str, Any]:
    """A document without its text."""
    return {
        "id": document.id,
        "title": document.title,
        "url": document.url,
        "date": document.date,
        "characters": len(document.text),
    }


def whole(document: Document) -> dict[str, Any]:
    """A document with its text, and the SHA-256 that citations of it carry."""
    return {
        **summary(document),
        "text": document.text,
        "text_sha256": sha256(document.text),
        "source_sha256": document.source_sha256,
        "page_starts": list(document.page_starts),
        "sources": [asdict(source) for source in document.sources],
    }
