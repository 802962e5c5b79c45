"""What a server is called: the names of this machine, and those in a request."""

from __future__ import annotations

import re

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")

_AUTHORITY = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?::\d{1,5})?")


def host_name(authority: str) -> str:
    """The host of an authority such as stands in `Host`, without its port; empty where it is none.

    >>> host_name("Answers.example:8000"), host_name("[::1]:80"), host_name("a:b:c")
    ('answers.example', '[::1]', '')
    """
    found = _AUTHORITY.fullmatch(authority)
    return found[1].lower() if found else ""
