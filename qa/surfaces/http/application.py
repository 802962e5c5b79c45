"""The application: routes, what every request passes on its way to them, and what runs beside."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import Depends, FastAPI, Response
from fastapi.middleware.cors import CORSMiddleware
from fastapi.openapi.utils import get_openapi
from starlette.datastructures import Headers

import qa
from qa.surfaces.http import openapi
from qa.surfaces.http.asking import asking
from qa.surfaces.http.chat import Chat
from qa.surfaces.http.checking import checking
from qa.surfaces.http.documents import documents
from qa.surfaces.http.hosts import Hosts
from qa.surfaces.http.keys import guard
from qa.surfaces.http.lifetime import lifetime
from qa.surfaces.http.options import Options
from qa.surfaces.http.problems import Problem, handle
from qa.surfaces.http.records import HEADER, Mistakes, Records
from qa.surfaces.http.searching import searching
from qa.surfaces.http.service import Service
from qa.surfaces.http.state import metrics, state
from qa.surfaces.http.widget import widget


class Application(FastAPI):
    """A FastAPI application that knows the schemas of its bodies."""

    def __init__(self, options: Options, **settings: Any) -> None:
        super().__init__(**settings)
        self._options = options

    def openapi(self) -> dict[str, Any]:
        if self.openapi_schema is None:
            description = get_openapi(
                title=self.title,
                version=self.version,
                description=self.description,
                routes=self.routes,
            )
            self.openapi_schema = openapi.completed(description, self._options.batch)
        return self.openapi_schema


def application(
    bot: qa.Bot,
    options: Options | None = None,
    *,
    failed: Callable[[Exception], None] | None = None,
) -> FastAPI:
    """The service as an ASGI application, for `qa serve` or any other server.

    While it starts, /v1/ready says 503 until the bot's models are loaded; `failed` is told where
    they cannot be.
    """
    options = options or Options()
    service = Service(bot, options)
    chat = Chat(bot) if options.with_chat else None
    app = Application(
        options,
        title="Footnote",
        version=qa.__version__,
        description=openapi.DESCRIPTION,
        docs_url=None,  # its page would load scripts from elsewhere
        redoc_url=None,
        redirect_slashes=False,
        generate_unique_id_function=lambda route: route.name,
        lifespan=lifetime(service, failed, chat),
    )
    guarded = [Depends(guard(options.keys))] if options.keys else []
    for routes in (asking, searching, checking, documents, metrics):
        app.include_router(routes(service), dependencies=guarded)
    app.include_router(state(service))
    app.include_router(widget())
    if chat is not None:
        chat.mount(app)
    handle(app)
    app.add_middleware(Mistakes)
    if options.origins:
        app.add_middleware(
            _Origins,
            allow_origins=options.origins,
            allow_methods=["GET", "POST"],
            allow_headers=["Authorization", "Content-Type", "X-API-Key", HEADER],
            expose_headers=[HEADER, "Retry-After"],
        )
    if options.hosts:
        app.add_middleware(Hosts, names=options.hosts)
    app.add_middleware(Records, metrics=service.metrics)
    return app


class _Origins(CORSMiddleware):
    """Lets pages of some origins read answers; browsers that ask for others get a problem."""

    def preflight_response(self, request_headers: Headers) -> Response:
        response = super().preflight_response(request_headers)
        if response.status_code >= 400:
            raise Problem(
                400,
                "pages of this origin may not ask, or not so",
                hint="its operator names origins: qa serve --allow-origin",
                headers={"Vary": "Origin"},
            )
        return response
