"""Whatever goes wrong, told in one shape: problem details (RFC 9457), with a hint and an id."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from qa.contract import ContractError
from qa.errors import InputError, QAError, SourceError
from qa.surfaces.gate import BusyError

LOG = logging.getLogger(__name__)
MEDIA_TYPE = "application/problem+json"

# The last part of a problem's `type`, and its title.
KINDS: Mapping[int, tuple[str, str]] = {
    400: ("malformed", "The request cannot be read"),
    401: ("no-key", "A key is needed"),
    404: ("not-found", "There is nothing here"),
    405: ("method", "This is not how to ask"),
    408: ("too-slow", "The request took too long to arrive"),
    413: ("too-large", "The request is too large"),
    415: ("media-type", "The request is of another kind than can be read"),
    421: ("host", "The request is for another server"),
    422: ("invalid", "The request cannot be carried out"),
    429: ("busy", "Too many questions at once"),
    500: ("broken", "Something broke that should not"),
    503: ("not-ready", "No questions can be answered now"),
}
# Where pydantic's own words would puzzle.
_PLAINLY = {"string_pattern_mismatch": "String should have more than white space and marks"}
_LOG_HINT = "the log of the server says what happened, under this request's id"


class Problem(Exception):
    """A request that ends without what was asked for.

    `errors` say what is wrong where: each has a `detail`, and a `pointer` into the body or the
    name of a `parameter`.

    >>> Problem(429, "20 requests wait already", hint="try again").status
    429
    """

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        hint: str = "",
        errors: Sequence[Mapping[str, str]] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.hint = hint
        self.errors = errors
        self.headers = headers or {}

    def body(self, request_id: str) -> dict[str, Any]:
        """The problem as plain values."""
        slug, title = KINDS[self.status]
        return {
            "type": f"urn:footnote-qa:problem:{slug}",
            "title": title,
            "status": self.status,
            "detail": str(self),
            "hint": self.hint,
            "request_id": request_id,
            **({"errors": list(self.errors)} if self.errors else {}),
        }

    def response(self, request_id: str) -> Response:
        # ASCII alone: a name that a client invented may hold what UTF-8 cannot write.
        content = json.dumps(self.body(request_id)).encode("ascii")
        return Response(content, self.status, dict(self.headers), MEDIA_TYPE)


def problem_of(error: Exception) -> Problem:
    """What a client is told of `error`: nothing of our insides, unless it is about the request."""
    match error:
        case Problem():
            return error
        case RequestValidationError():
            return invalid(error.errors())
        case HTTPException():
            return _of_routing(error)
        case ContractError():
            told = {"detail": str(error), "pointer": pointer(error.path)}
            return Problem(422, str(error), hint=error.hint, errors=[told])
        case BusyError():
            hint = f"{error.hint}, or ask several questions as one batch"
            return Problem(429, str(error), hint=hint, headers={"Retry-After": str(error.seconds)})
        case InputError() if not isinstance(error, SourceError):
            return Problem(422, str(error), hint=error.hint)
        case QAError():
            retry = {"Retry-After": "5"}
            detail = "the index or a model cannot be used"
            return Problem(503, detail, hint=_LOG_HINT, headers=retry)
        case _:
            return Problem(500, "the request could not be carried out", hint=_LOG_HINT)


def invalid(errors: Sequence[Mapping[str, Any]]) -> Problem:
    """The problem of a body or of parameters that pydantic found `errors` in."""
    told = [_told(error) for error in errors[:20]]
    first = told[0]
    where = first.get("pointer") or first.get("parameter") or "the body"
    more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
    return Problem(
        422,
        f"{where}: {first['detail']}{more}",
        hint="see /openapi.json for what is expected",
        errors=told,
    )


def handle(app: FastAPI) -> None:
    """Tell every error that `app` raises as a problem."""

    async def respond(request: Request, error: Exception) -> Response:
        problem = problem_of(error)
        if problem.status == HTTPStatus.SERVICE_UNAVAILABLE and not isinstance(error, Problem):
            LOG.error("a question could not be answered", exc_info=error)
        return problem.response(request.state.request_id)

    for kind in (Problem, RequestValidationError, HTTPException, QAError):
        app.add_exception_handler(kind, respond)


def _of_routing(error: HTTPException) -> Problem:
    """What the router found no route for."""
    headers = dict(error.headers or {})
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        allowed = headers.get("Allow", headers.get("allow", "another method"))
        return Problem(405, "this route has other methods", hint=f"use {allowed}", headers=headers)
    if error.status_code == HTTPStatus.NOT_FOUND:
        return Problem(404, "there is no such route", hint="/openapi.json lists the routes")
    return Problem(400, "the request cannot be read", hint="see /openapi.json")


def _told(error: Mapping[str, Any]) -> dict[str, str]:
    """One thing that pydantic found, without the value that it found it in."""
    place, *path = error["loc"] or ("body",)
    detail = _PLAINLY.get(error["type"], str(error["msg"]))
    if place == "query":
        return {"detail": detail, "parameter": "/".join(map(str, path))[:200]}
    return {"detail": detail, "pointer": pointer(path)}


def pointer(path: Sequence[str | int]) -> str:
    """The JSON pointer (RFC 6901) of a path; a long one is cut.

    >>> pointer(("citations", 0, "a/b"))
    '/citations/0/a~1b'
    """
    escaped = [str(part).replace("~", "~0").replace("/", "~1") for part in path]
    return "".join(f"/{part}" for part in escaped)[:200]
