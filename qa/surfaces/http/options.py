"""What an operator chooses."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.errors import InputError
from qa.surfaces.host_names import host_name
from qa.surfaces.http.hosts import ANY

_ORIGIN = re.compile(r"https?://[A-Za-z0-9.-]+(:\d{1,5})?|https?://\[[0-9A-Fa-f:.]+\](:\d{1,5})?")


@dataclass(frozen=True, slots=True)
class Options:
    """How the service behaves; the defaults suit one machine and trusted callers.

    `keys`: who may ask; empty lets everyone. `origins`: the web pages that browsers let read
    answers, such as "https://example.org"; "*" is all of them. `hosts`: the names that the service
    answers to, such as "answers.example"; none, or "*" among them, is any. `body_bytes` and
    `body_seconds`: the largest body and the longest it may take to arrive. `batch`: the most
    questions of a batch. `places`: how many requests are answered at once; `line`: how many more
    may wait. `log_questions`: whether questions stand in the log. `root_path`: the path below which
    a proxy serves this. `watch_seconds`: how often to look for a newer index; 0 never looks.
    `with_chat`: whether the web chat is there too, below /chat.

    Raises InputError for a value out of range.

    >>> Options(places=2).line
    16
    """

    keys: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    body_bytes: int = 2**20
    body_seconds: float = 30.0
    batch: int = 32
    places: int = 4
    line: int = 16
    log_questions: bool = False
    root_path: str = ""
    watch_seconds: float = 0.0
    with_chat: bool = False

    def __post_init__(self) -> None:
        for name, least in (("body_bytes", 1), ("batch", 1), ("places", 1), ("line", 0)):
            if getattr(self, name) < least:
                raise InputError(
                    f"{name} must be at least {least}, not {getattr(self, name)}",
                    hint="leave it out for the usual value",
                )
        if not self.body_seconds > 0 or not self.watch_seconds >= 0:
            raise InputError(
                "seconds must not be negative", hint="leave it out for the usual value"
            )
        if self.with_chat and self.keys:
            raise InputError(
                "the chat would let in everyone, and this service wants keys",
                hint="serve the chat apart: qa chat --auth-file FILE",
            )
        for origin in self.origins:
            if origin != "*" and not _ORIGIN.fullmatch(origin):
                raise InputError(
                    f"{origin[:80]!r} is no origin",
                    hint="scheme and host, without a path: https://example.org",
                )
        for host in self.hosts:
            if host != ANY and (not host or host_name(host) != host.lower()):
                raise InputError(
                    f"{host[:80]!r} is no name of a host",
                    hint="the name alone, without scheme and port: answers.example",
                )
        if self.root_path and not re.fullmatch(r"(/[A-Za-z0-9._~-]+)+", self.root_path):
            raise InputError(
                f"{self.root_path[:80]!r} is no path to serve below", hint="for example: /answers"
            )
