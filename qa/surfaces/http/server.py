"""The application on a port of this machine, until it is told to stop."""

from __future__ import annotations

import logging
import socket
from contextlib import suppress
from dataclasses import replace
from urllib.parse import urlsplit

import uvicorn
from fastapi import FastAPI

import qa
from qa.surfaces.host_names import LOOPBACK, host_name
from qa.surfaces.http.application import application
from qa.surfaces.http.options import Options
from qa.surfaces.logs import log_to_stderr
from qa.surfaces.serving import address, is_loopback, listen, terminated_in_peace

LOG = logging.getLogger(__name__)


def serve(
    bot: qa.Bot,
    options: Options | None = None,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    grace_seconds: int = 30,
) -> None:
    """Serve until interrupted or terminated; requests under way have `grace_seconds` to end.

    Raises InputError where the address cannot be had, and what the bot raises where its models
    cannot be loaded.
    """
    options = options or Options()
    with listen(host, port) as listener:
        log_to_stderr()
        if not options.keys and not is_loopback(listener):
            LOG.warning("anyone who reaches this address may ask: there are no keys (--keys FILE)")
        failures: list[Exception] = []

        def stop(error: Exception) -> None:
            failures.append(error)
            server.should_exit = True

        app = application(bot, replace(options, hosts=_hosts(options, listener)), failed=stop)
        server = uvicorn.Server(_config(app, options.root_path, grace_seconds))
        print(f"Footnote answers at {address(listener)}/v1/ask (Ctrl+C stops it)", flush=True)
        with terminated_in_peace(), suppress(KeyboardInterrupt):
            server.run(sockets=[listener])
    if failures:
        raise failures[0]


def _hosts(options: Options, listener: socket.socket) -> tuple[str, ...]:
    """The names to answer to: where only this machine is to be served, by default no others."""
    if not options.hosts and not is_loopback(listener):
        return ()
    return (*LOOPBACK, host_name(urlsplit(address(listener)).netloc), *options.hosts)


def _config(app: FastAPI, root_path: str, grace_seconds: int) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        log_config=None,  # our own log has a line for each request
        access_log=False,
        server_header=False,
        lifespan="on",
        root_path=root_path,
        ws="none",
        # Longer than proxies keep theirs: who closes first never cuts off a request just sent.
        timeout_keep_alive=75,
        timeout_graceful_shutdown=grace_seconds,
    )
