"""What every request gets: an id, a line in the log, its place in the metrics, and an answer."""

from __future__ import annotations

import asyncio
import logging
import re
import time
import uuid

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa.surfaces.http.metrics import Metrics
from qa.surfaces.http.problems import Problem, problem_of

LOG = logging.getLogger(__name__)
HEADER = "X-Request-ID"
# Asked every few seconds by machines, and of interest to nobody.
QUIET = {"/v1/health", "/v1/ready", "/metrics"}

_WELL_FORMED = re.compile(r"[A-Za-z0-9._:-]{1,64}")


class Records:
    """Middleware around everything else.

    A request keeps a well-formed `X-Request-ID` of its own and gets one otherwise. The log and the
    metrics know a request by the template of its route, never by its path.
    """

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        # Where a body begins as no HTTP, uvicorn has closed the connection, but hears of it in the
        # loop's next round only; a response before that is an error of its own.
        await asyncio.sleep(0)
        request_id = _identified(Headers(scope=scope).get(HEADER, ""))
        scope.setdefault("state", {}).update(request_id=request_id, noted={})
        status = 0

        async def send_recorded(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers[HEADER] = request_id
                headers.setdefault("X-Content-Type-Options", "nosniff")
            await send(message)

        began = time.perf_counter()
        try:
            with self._metrics.in_flight.track_inprogress():
                await self._app(scope, receive, send_recorded)
        except Problem as problem:
            await problem.response(request_id)(scope, receive, send_recorded)
        finally:
            self._record(scope, request_id, status, time.perf_counter() - began)

    def _record(self, scope: Scope, request_id: str, status: int, seconds: float) -> None:
        route = template(scope)
        self._metrics.finished(scope["method"], route, status, seconds)
        level = logging.ERROR if status >= 500 else logging.INFO
        fields = {
            "request_id": request_id,
            "method": scope["method"],
            "route": route,
            "status": status,
            "milliseconds": round(seconds * 1000, 1),
            **scope["state"]["noted"],
        }
        if route not in QUIET:
            LOG.log(level, "request", extra={"fields": fields})


class Mistakes:
    """Middleware right around the routes: a mistake of ours is logged and told as a problem.

    Further out, its response would lack what lets pages of other origins read it.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def send_noticed(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, send_noticed)
        except Exception as error:
            if scope["type"] != "http":
                raise
            request_id = scope["state"]["request_id"]
            LOG.exception("a request broke", extra={"fields": {"request_id": request_id}})
            if begun:  # half an answer has gone out: all that is left is to break off
                raise
            await problem_of(error).response(request_id)(scope, receive, send)


def template(scope: Scope) -> str:
    """The route that a request was for, as it was declared; "none" where there is none."""
    return getattr(scope.get("route"), "path", "none")


def _identified(offered: str) -> str:
    return offered if _WELL_FORMED.fullmatch(offered) else uuid.uuid4().hex
