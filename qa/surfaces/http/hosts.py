"""The names that the service answers to: what keeps other sites from renaming it as their own."""

from __future__ import annotations

from collections.abc import Iterable

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from qa.surfaces.host_names import host_name
from qa.surfaces.http.problems import Problem

ANY = "*"


class Hosts:
    """Middleware that turns requests away whose `Host` is none of `names`, whatever its port.

    A page that a browser has loaded from evil.example may have that name point to 127.0.0.1 from
    then on (DNS rebinding). What it asks of this machine is then no other origin's for the browser,
    and only the name in `Host` shows it.
    """

    def __init__(self, app: ASGIApp, names: Iterable[str]) -> None:
        self._app = app
        self._names = {name.lower() for name in names}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not self._answers_to(Headers(scope=scope).getlist("host")):
            raise Problem(
                421,
                "this server does not answer to the name in Host",
                hint="its operator names hosts: qa serve --allow-host",
            )
        await self._app(scope, receive, send)

    def _answers_to(self, hosts: list[str]) -> bool:
        return ANY in self._names or (len(hosts) == 1 and host_name(hosts[0]) in self._names)
