"""What carries the server's messages: standard input and output, or HTTP."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Iterable, Sequence
from contextlib import suppress
from urllib.parse import urlsplit

import uvicorn
from mcp.server.stdio import stdio_server
from mcp.server.transport_security import TransportSecuritySettings
from starlette.applications import Starlette

import qa
from qa.errors import InputError
from qa.surfaces.host_names import LOOPBACK, host_name
from qa.surfaces.logs import log_to_stderr
from qa.surfaces.mcp.server import server
from qa.surfaces.serving import address, is_loopback, listen, terminated_in_peace

LOG = logging.getLogger(__name__)
PATH = "/mcp"
BODY_BYTES = 2**20
GRACE_SECONDS = 10


def over_stdio(bot: qa.Bot, *, watch_seconds: float = 0.0) -> None:
    """Serve the program that started this one, until it closes standard input.

    Standard output carries messages and nothing else; the log is on standard error.
    """
    log_to_stderr()
    # Who waits for a line cannot be interrupted, and there is nothing to put away.
    signal.signal(signal.SIGINT, signal.SIG_DFL)

    async def run() -> None:
        carried = server(bot, watch_seconds)
        async with stdio_server() as (incoming, outgoing):
            await carried.run(incoming, outgoing, carried.create_initialization_options())

    asyncio.run(run())


def over_http(
    bot: qa.Bot,
    *,
    host: str = "127.0.0.1",
    port: int = 8001,
    names: Sequence[str] = (),
    watch_seconds: float = 0.0,
) -> None:
    """Serve over HTTP until interrupted or terminated.

    Requests must name this machine in `Host` as localhost or as one of `names`. Raises InputError
    where the address cannot be had, for what is no name, and where others can reach the address but
    no name is given.
    """
    for name in names:
        if not name or host_name(name) != name.lower():
            raise InputError(
                f"{name[:80]!r} is no name of a host",
                hint="the name alone, without scheme and port: answers.example",
            )
    with listen(host, port) as listener:
        if not names and not is_loopback(listener):
            raise InputError(
                f"requests to {host} are refused unless their name for it is known",
                hint="name it as clients do: --allow-host answers.example",
            )
        log_to_stderr()
        if not is_loopback(listener):
            LOG.warning("anyone who reaches this address may ask: there are no keys")
        own = host_name(urlsplit(address(listener)).netloc)
        config = uvicorn.Config(
            application(bot, (*LOOPBACK, own, *names), watch_seconds=watch_seconds),
            log_config=None,
            access_log=False,
            server_header=False,
            lifespan="on",
            ws="none",
            timeout_graceful_shutdown=GRACE_SECONDS,
        )
        print(f"Footnote speaks MCP at {address(listener)}{PATH} (Ctrl+C stops it)", flush=True)
        with terminated_in_peace(), suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[listener])


def application(bot: qa.Bot, names: Iterable[str], *, watch_seconds: float = 0.0) -> Starlette:
    """The server as an ASGI application that answers at /mcp to requests for one of `names`.

    A page that a browser has loaded from elsewhere gets nothing: not under a name of its own that
    it has point here (`Host`), and not under one of these (`Origin`).
    """
    hosts = [host for name in map(str.lower, names) for host in (name, f"{name}:*")]
    origins = [f"{scheme}://{host}" for scheme in ("http", "https") for host in hosts]
    return server(bot, watch_seconds).streamable_http_app(
        streamable_http_path=PATH,
        json_response=True,
        stateless_http=True,  # nothing is kept between two requests
        max_request_body_size=BODY_BYTES,
        transport_security=TransportSecuritySettings(allowed_hosts=hosts, allowed_origins=origins),
    )
