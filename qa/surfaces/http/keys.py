"""API keys: where they come from, and whether one fits."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable
from hashlib import sha256
from hmac import compare_digest
from pathlib import Path
from typing import Annotated

from fastapi import Security
from fastapi.security import APIKeyHeader, HTTPAuthorizationCredentials, HTTPBearer

from qa.errors import InputError
from qa.surfaces.http.problems import Problem

LEAST = 16
_KEY = re.compile(rf"[!-~]{{{LEAST},}}")
_HINT = f"a key has at least {LEAST} printable ASCII characters: openssl rand -hex 32"

_BEARER = HTTPBearer(auto_error=False, description="The key as a bearer token.")
_HEADER = APIKeyHeader(name="X-API-Key", auto_error=False, description="The key as it is.")

Check = Callable[..., Awaitable[None]]


def read_keys(path: Path) -> tuple[str, ...]:
    """The keys in a file, one a line; blank lines and lines that begin with "#" are none.

    Raises InputError that names the file and the line, never the key.
    """
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise InputError(f"{path} cannot be read: {reason}", hint=_HINT) from error
    keys = []
    for number, line in enumerate(lines, start=1):
        key = line.strip()
        if key and not key.startswith("#"):
            keys.append(_checked(key, f"{path}, line {number}"))
    if not keys:
        raise InputError(f"{path} holds no key", hint=_HINT)
    return tuple(keys)


def keys_in(text: str, name: str) -> tuple[str, ...]:
    """The keys in an environment variable, separated by white space; `name` is the variable's.

    >>> keys_in(" 0123456789abcdef\\tfedcba9876543210 ", "QA_KEYS")
    ('0123456789abcdef', 'fedcba9876543210')
    """
    return tuple(_checked(key, name) for key in text.split())


def guard(keys: Iterable[str]) -> Check:
    """A dependency that raises Problem 401 unless a request brings one of `keys`, and no other key.

    All are compared, each in constant time, so that the time it takes tells nothing.
    """
    known = [_digest(key) for key in keys]

    async def check(
        bearer: Annotated[HTTPAuthorizationCredentials | None, Security(_BEARER)],
        header: Annotated[str | None, Security(_HEADER)],
    ) -> None:
        offered = [header] if header is not None else []
        offered += [bearer.credentials] if bearer is not None else []
        fits = [
            any([compare_digest(digest, each) for each in known])  # a list: all are compared
            for digest in map(_digest, offered)
        ]
        if not fits or not all(fits):
            raise Problem(
                401,
                "the key is not one of this server's" if offered else "the request brings no key",
                hint="send the header Authorization: Bearer KEY, or X-API-Key: KEY",
                headers={"WWW-Authenticate": "Bearer"},
            )

    return check


def _checked(key: str, where: str) -> str:
    if not _KEY.fullmatch(key):
        raise InputError(f"{where}: this cannot be a key", hint=_HINT)
    return key


def _digest(key: str) -> bytes:
    """Of one length whatever the key's, which a comparison would otherwise tell."""
    return sha256(key.encode(errors="surrogatepass")).digest()
