"""A port of this machine and a quiet end: what every server among the surfaces needs."""

from __future__ import annotations

import errno
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from qa.errors import InputError


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens on `host` and `port`; port 0 takes any free one.

    Raises `InputError` where that address cannot be had.

    >>> with listen("127.0.0.1", 0) as listener:
    ...     listener.getsockname()[0]
    '127.0.0.1'
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    hint = "choose another port, for example: --port 7861"
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


def is_loopback(listener: socket.socket) -> bool:
    """Whether `listener` is reached from this machine alone."""
    from ipaddress import ip_address

    return ip_address(listener.getsockname()[0]).is_loopback


@contextmanager
def terminated_in_peace() -> Iterator[None]:
    """Being terminated, as service managers do, is an ordinary end.

    uvicorn ends in order and then sends itself the signal again, which would end the process as if
    it had been killed.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
