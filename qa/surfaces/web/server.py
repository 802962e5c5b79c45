"""An ASGI application on a port of this machine, with headers that keep the page to itself."""

from __future__ import annotations

import errno
import socket
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from typing import Any

from qa.errors import InputError

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


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens on `host` and `port`; port 0 takes any free one.

    Raises `InputError` where that address cannot be had.

    >>> with listen("127.0.0.1", 0) as listener:
    ...     listener.getsockname()[0]
    '127.0.0.1'
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    hint = "choose another port, for example: qa chat --port 7861"
    if not 0 <= port <= 65_535:
        raise InputError(f"cannot listen on port {port}: ports end at 65,535", hint=hint)
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        taken = error.errno == errno.EADDRINUSE
        reason = "another program listens there" if taken else error.strerror
        raise InputError(f"cannot listen on {host}, port {port}: {reason}", hint=hint) from error


def address(listener: socket.socket) -> str:
    """The URL under which `listener` is reached."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


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
