"""`POST /v1/search`."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from qa.present import hit_to_dict
from qa.surfaces.http.bodies import read
from qa.surfaces.http.models import Search
from qa.surfaces.http.openapi import described
from qa.surfaces.http.service import Service, in_json


def searching(service: Service) -> APIRouter:
    """The route that brings up passages."""
    router = APIRouter(tags=["questions"])

    @router.post("/v1/search", **described("Hits", "Search"))
    async def search(request: Request) -> Response:
        """Bring up the passages nearest to a query, best first."""
        wanted = await read(request, Search, service.options)
        service.note(request, wanted.query)
        hits = await service.run(service.bot.retrieve, wanted.query, passages=wanted.passages)
        return in_json({"hits": [hit_to_dict(hit) for hit in hits]})

    return router
