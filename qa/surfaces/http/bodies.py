"""From the bytes of a request to a model of what it holds, or to the problem with it."""

from __future__ import annotations

import asyncio
import json
from typing import Any, NoReturn, TypeVar

from fastapi import Request
from pydantic import ValidationError
from starlette.requests import ClientDisconnect

from qa.surfaces.http.models import Body
from qa.surfaces.http.options import Options
from qa.surfaces.http.problems import Problem, invalid
from qa.text import has_half_character

M = TypeVar("M", bound=Body)


async def read_json(request: Request, options: Options) -> Any:
    """The body of `request` as plain values.

    Raises Problem: 415 for another kind of body than JSON, 413 and 408 for one that is too large
    or too slow, 400 for what is no JSON.
    """
    _check_kind(request)
    return parse(await _collected(request, options))


async def read(request: Request, model: type[M], options: Options) -> M:
    """The body of `request` as a `model`. Raises Problem as `read_json` does, and 422."""
    value = await read_json(request, options)
    try:
        return model.model_validate(value)
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=False, include_input=False)
        raise invalid([{**each, "loc": ("body", *_path(each["loc"]))} for each in found]) from None


def parse(body: bytes) -> Any:
    """The value of a JSON text, read as strictly as RFC 8259 allows.

    Raises Problem for bytes that are no UTF-8, for half characters, for names that stand twice in
    one object, for numbers that JSON does not have, and for what is nested too deep.

    >>> parse(b'{"question": "Who?"}')
    {'question': 'Who?'}
    """
    try:
        text = body.decode()
        value = json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
        if "\\u" in text and has_half_character(json.dumps(value, ensure_ascii=False)):
            raise _RefusedError("holding half a character (a lone surrogate)")
        return value
    except UnicodeDecodeError as error:
        reason = f"not UTF-8 at byte {error.start}"
    except json.JSONDecodeError as error:
        reason = f"not JSON: {error.msg} at line {error.lineno}, column {error.colno}"
    except _RefusedError as error:
        reason = str(error)
    except RecursionError:
        reason = "nested too deep"
    except ValueError:
        reason = "a number has too many digits"
    raise Problem(400, f"the body is {reason}", hint='send an object: {"question": "..."}')


async def _collected(request: Request, options: Options) -> bytes:
    """All bytes of the body; no more than the limit is ever held."""
    declared = request.headers.get("content-length", "")
    if declared.isascii() and declared.isdecimal() and _exceeds(declared, options.body_bytes):
        raise _too_large(options)
    collected = bytearray()
    try:
        async with asyncio.timeout(options.body_seconds):
            async for chunk in request.stream():
                collected += chunk
                if len(collected) > options.body_bytes:
                    raise _too_large(options)
    except TimeoutError:
        detail = f"the body did not arrive within {options.body_seconds:g} seconds"
        headers = {"Connection": "close"}
        raise Problem(408, detail, hint="send it at once", headers=headers) from None
    except ClientDisconnect:
        raise Problem(400, "the body broke off") from None
    return bytes(collected)


def _check_kind(request: Request) -> None:
    kind, _, parameters = request.headers.get("content-type", "").partition(";")
    name, _, charset = parameters.strip().partition("=")
    hint = "send JSON in UTF-8 and say so: Content-Type: application/json"
    if kind.strip().lower() != "application/json":
        raise Problem(415, "the body must be JSON", hint=hint)
    if name.lower() == "charset" and charset.strip('"').lower() not in ("utf-8", "utf8"):
        raise Problem(415, "JSON is UTF-8", hint=hint)
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise Problem(415, "the body is compressed", hint="send it as it is")


def _exceeds(digits: str, limit: int) -> bool:
    return len(digits) > 18 or int(digits) > limit


def _too_large(options: Options) -> Problem:
    # What is left of the body is not waited for.
    return Problem(
        413,
        f"the body has more than {options.body_bytes:,} bytes",
        hint="ask in several requests",
        headers={"Connection": "close"},
    )


class _RefusedError(ValueError):
    """Something that a JSON parser lets through and this one does not."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _RefusedError("ambiguous: a name stands twice in one object")
    return found


def _no_constant(name: str) -> NoReturn:
    raise _RefusedError(f"not JSON: {name} is no number")


def _path(location: tuple[int | str, ...]) -> list[int | str]:
    """The place in the body: without the name of the alternative that follows a turn's number."""
    return [
        part
        for place, part in enumerate(location)
        if place < 2 or location[place - 2] != "history" or not isinstance(location[place - 1], int)
    ]
