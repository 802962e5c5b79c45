"""`--with-chat`: the web chat below /chat, in the same process and over the same bot."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from typing import Any, cast

from fastapi import FastAPI, Request, Response
from fastapi.responses import RedirectResponse
from starlette.types import Receive, Scope, Send

import qa


class Chat:
    """The page over one bot. Nobody can change anything there, and nothing is kept."""

    path = "/chat"

    def __init__(self, bot: qa.Bot) -> None:
        from qa.surfaces.web.collections import Collections
        from qa.surfaces.web.page import application, build_page
        from qa.surfaces.web.server import secured

        collections = Collections(None, bundled=bot, bundled_name="Articles")
        page = cast(FastAPI, application(build_page(collections)))
        self._page = page
        self._secured = secured(page)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        # To the log and the metrics, all of the page is one route.
        scope["route"] = self
        await self._secured(dict(scope), receive, send)

    def mount(self, app: FastAPI) -> None:
        """Have the page below its path in `app`."""

        @app.get(self.path, include_in_schema=False)
        async def chat(request: Request) -> Response:
            return RedirectResponse(f"{request.scope.get('root_path', '')}{self.path}/")

        app.mount(self.path, self)

    def live(self) -> AbstractAsyncContextManager[Any]:
        """The life of the page, around its requests."""
        return self._page.router.lifespan_context(self._page)
