"""`GET /v1/health`, `/v1/ready` and `/metrics`: how the service is."""

from __future__ import annotations

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST

from qa.surfaces.http.openapi import described
from qa.surfaces.http.service import Service, in_json


def state(service: Service) -> APIRouter:
    """The routes that need no key."""
    router = APIRouter(tags=["state"])

    @router.get("/v1/health", **described("Health"))
    async def health() -> Response:
        """Say that the process is alive."""
        return in_json({"status": "live"})

    @router.get("/v1/ready", **described("Ready", problems=(503,)))
    async def ready() -> Response:
        """Say whether questions can be answered, and from what."""
        service.check_ready()
        index = service.bot.index
        return in_json(
            {
                "status": "ready",
                "documents": len(index.documents),
                "passages": len(index.passages),
                "build_id": index.build_id,
            }
        )

    return router


def metrics(service: Service) -> APIRouter:
    """The route that Prometheus reads."""
    router = APIRouter(tags=["state"])

    @router.get("/metrics", **described("Metrics", media_type="text/plain"))
    async def read_metrics() -> Response:
        """Show the counts and times, in the text format of Prometheus."""
        service.metrics.documents.set(len(service.bot.documents))
        return Response(service.metrics.text(), media_type=CONTENT_TYPE_LATEST)

    return router
