"""The service's own description: OpenAPI 3.1 with the answer schema, examples and problems."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from importlib.resources import files
from typing import Any

from fastapi import Response
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from qa.surfaces.http import problems
from qa.surfaces.http.examples import EXAMPLES
from qa.surfaces.http.models import Ask, Batch, Quote, Search

SCHEMAS = "#/components/schemas/"
# What can go wrong with every request that has a body and waits for the bot.
OF_BODIES = (400, 408, 413, 415, 422, 429, 503)
ASKED: tuple[type[BaseModel], ...] = (Ask, Batch, Search, Quote)

DESCRIPTION = """Answers in your articles' own words: every answer is a verbatim span of a document,
with its offsets, or null where the documents do not answer."""


def described(
    returns: str,
    takes: str | None = None,
    *,
    problems: Iterable[int] = (),
    media_type: str = "application/json",
) -> dict[str, Any]:
    """What the description says of a route, as arguments of `router.get` and `router.post`.

    `returns` and `takes` name the schemas of what goes out and comes in, `problems` are the
    statuses that it ends with besides the usual ones.
    """
    statuses = [*problems, *(OF_BODIES if takes else ()), 500]
    content: dict[str, Any] = {"schema": {"$ref": SCHEMAS + returns}}
    about: dict[str, Any] = {
        "response_class": Response,
        "response_description": f"`{returns}`",
        "responses": {
            200: {"content": {media_type: content}},
            **{status: problem(status) for status in statuses},
        },
    }
    if takes is not None:
        body = {"schema": {"$ref": SCHEMAS + takes}}
        about["openapi_extra"] = {
            "requestBody": {"required": True, "content": {"application/json": body}}
        }
    return about


def problem(status: int) -> dict[str, Any]:
    """What the description says of a request that ends with `status`."""
    schema = {"schema": {"$ref": SCHEMAS + "Problem"}}
    about: dict[str, Any] = {
        "description": problems.KINDS[status][1],
        "content": {problems.MEDIA_TYPE: schema},
    }
    if status in (429, 503):
        wait = {"description": "Seconds to wait.", "schema": {"type": "integer", "minimum": 1}}
        about["headers"] = {"Retry-After": wait}
    return about


def completed(description: dict[str, Any], batch: int) -> dict[str, Any]:
    """FastAPI's `description` with all that it does not know of; `batch` as for `schemas`."""
    description.setdefault("components", {})["schemas"] = schemas(batch)
    for path in description["paths"].values():
        for operation in path.values():
            responses = operation["responses"]
            if "application/json" in responses.get("422", {}).get("content", {}):
                del responses["422"]  # FastAPI's guess at what a path may be wrong with
            if "security" in operation:
                responses["401"] = problem(401)
            for described in (responses["200"], operation.get("requestBody", {"content": {}})):
                for content in described["content"].values():
                    name = content["schema"]["$ref"].removeprefix(SCHEMAS)
                    if name in EXAMPLES:
                        content["example"] = EXAMPLES[name]
    return description


def schemas(batch: int) -> dict[str, Any]:
    """All that the description refers to by name; `batch` is the most questions of a batch."""
    _, asked = models_json_schema(
        [(model, "validation") for model in ASKED], ref_template=SCHEMAS + "{model}"
    )
    found: dict[str, Any] = asked["$defs"]
    found["Batch"]["properties"]["questions"]["maxItems"] = batch
    answer = _loaded("qa", "answer.schema.json")
    parts = answer.pop("$defs")
    found |= {name.capitalize(): part for name, part in parts.items()}
    found["Answer"] = {key: value for key, value in answer.items() if not key.startswith("$")}
    found |= _loaded("qa.surfaces.http", "responses.schema.json")["$defs"]
    return {name: _renamed(found[name], parts) for name in sorted(found)}


def _loaded(package: str, name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(files(package).joinpath(name).read_text("utf-8"))
    return loaded


def _renamed(value: Any, parts: Mapping[str, Any]) -> Any:
    """`value`, referring to the `parts` of the answer's schema where they now stand."""
    if isinstance(value, list):
        return [_renamed(each, parts) for each in value]
    if not isinstance(value, dict):
        return value
    names = {f"#/$defs/{name}": SCHEMAS + name.capitalize() for name in parts}
    return {
        key: names.get(each, each) if key == "$ref" else _renamed(each, parts)
        for key, each in value.items()
    }
