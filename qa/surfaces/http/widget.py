"""`GET /widget.js`: the script that puts a box to ask in into any web page."""

from __future__ import annotations

from hashlib import sha256
from importlib.resources import files

from fastapi import APIRouter, Request, Response

PATH = "/widget.js"
# A page that isolates itself may load it, too; what it asks is another matter (`--allow-origin`).
HEADERS = {"Cache-Control": "public, max-age=3600", "Cross-Origin-Resource-Policy": "cross-origin"}


def widget() -> APIRouter:
    """The route of the script. It needs no key: there is no secret in it."""
    router = APIRouter()
    script = files("qa.surfaces.http").joinpath("widget.js").read_bytes()
    headers = {**HEADERS, "ETag": f'"{sha256(script).hexdigest()[:32]}"'}

    @router.get(PATH, include_in_schema=False)
    async def read_widget(request: Request) -> Response:
        if headers["ETag"] in request.headers.get("If-None-Match", ""):
            return Response(status_code=304, headers=headers)
        return Response(script, media_type="text/javascript", headers=headers)

    return router
