"""An ASGI application on a port of this machine, with headers that keep the page to itself."""

from __future__ import annotations

import socket
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from typing import Any

from qa.surfaces.serving import address, is_loopback, listen

__all__ = ["Application", "address", "is_loopback", "listen", "run", "secured"]

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]

# Gradio's page needs inline styles and scripts and compiles templates with `Function`. Whatever
# its scripts hold, the browser may fetch from, send to and be framed by this server alone.
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
)
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
)


def secured(application: Application) -> Application:
    """`application`, sending `HEADERS` with every response."""

    async def secured_application(scope: Message, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *HEADERS]
            await send(message)

        await application(scope, receive, send_with_headers)

    return secured_application


def run(application: Application, listener: socket.socket) -> None:
    """Serve until interrupted (Ctrl+C), which is the ordinary end and raises nothing."""
    import uvicorn

    # Open pages hold a stream of events: without the limit they would keep the server from ending.
    config = uvicorn.Config(secured(application), log_level="warning", timeout_graceful_shutdown=1)
    with suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[listener])
