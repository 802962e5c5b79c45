"""`POST /v1/verify` and `POST /v1/quote`: what was said, held against the articles."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from qa.quote import quote_check_to_dict
from qa.surfaces.http.bodies import read, read_json
from qa.surfaces.http.documents import document_of
from qa.surfaces.http.models import Quote
from qa.surfaces.http.openapi import described
from qa.surfaces.http.service import Service, in_json
from qa.verify import verification_to_dict


def checking(service: Service) -> APIRouter:
    """The routes that check quotations."""
    router = APIRouter(tags=["checks"])

    @router.post("/v1/verify", **described("Verification", "Answer"))
    async def verify(request: Request) -> Response:
        """Say whether the citations of an answer, perhaps one kept for long, still hold."""
        answer = await read_json(request, service.options)
        return in_json(verification_to_dict(await service.run(service.bot.verify, answer)))

    @router.post("/v1/quote", **described("QuoteCheck", "Quote", problems=(404,)))
    async def verify_quote(request: Request) -> Response:
        """Say whether a text stands in the articles, word for word or nearly so, and where."""
        quote = await read(request, Quote, service.options)
        if quote.doc_id is not None:
            document_of(service, quote.doc_id)
        found = await service.run(service.bot.verify_quote, quote.text, quote.doc_id)
        return in_json(quote_check_to_dict(found))

    return router
