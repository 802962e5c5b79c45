"""`qa mcp`: its options, and what it does."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from importlib.util import find_spec
from pathlib import Path

from qa.errors import InputError


def add_mcp(command: ArgumentParser) -> None:
    """Give `command` the options of `qa mcp`."""
    command.set_defaults(run=mcp)
    command.add_argument(
        "--index", type=Path, default=Path("index"), metavar="DIR", help="the index (./index)"
    )
    command.add_argument(
        "--watch",
        type=float,
        default=5.0,
        metavar="S",
        help="look for a newer index every S seconds (5); 0 never looks",
    )
    command.add_argument(
        "--http", action="store_true", help="serve over HTTP, not over standard input and output"
    )
    command.add_argument("--host", help="with --http, the address to listen on (127.0.0.1)")
    command.add_argument("--port", type=int, help="with --http, the port to listen on (8001)")
    command.add_argument(
        "--allow-host",
        action="append",
        metavar="NAME",
        help="with --http, a name it is reached by besides localhost; may be repeated",
    )


def mcp(options: Namespace) -> int:
    """`qa mcp`"""
    given = {"host": options.host, "port": options.port, "names": options.allow_host}
    chosen = {name: value for name, value in given.items() if value is not None}
    if chosen and not options.http:
        raise InputError("--host, --port and --allow-host are for HTTP", hint="add --http")
    if not 0 <= options.watch < float("inf"):
        raise InputError(f"{options.watch} seconds cannot be waited", hint="--watch 0 never looks")
    if find_spec("mcp") is None:
        raise InputError(
            "the MCP server needs the package mcp",
            hint="install it: pip install 'footnote-qa[mcp]'",
        )
    import qa
    from qa.surfaces.mcp.transports import over_http, over_stdio

    bot = qa.open(options.index)
    if options.http:
        over_http(bot, watch_seconds=options.watch, **chosen)
    else:
        over_stdio(bot, watch_seconds=options.watch)
    return 0
