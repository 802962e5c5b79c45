"""What the tools return, as JSON Schemas that each stand alone."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

from qa.surfaces.http.openapi import SCHEMAS, schemas

_OWN = "#/$defs/"


@cache
def _known() -> dict[str, Any]:
    """The schemas of the HTTP service by name, and that of a stretch of a document."""
    known = schemas(batch=1)
    document = known["Document"]
    offset = {"$ref": f"{SCHEMAS}Offset"}
    places = {
        "start": {**offset, "description": "Where in the document `text` begins."},
        "end": {**offset, "description": "Where in the document `text` ends."},
        "next": {
            "description": "The offset to read on from; null at the end.",
            "type": ["integer", "null"],
            "minimum": 0,
        },
    }
    return known | {
        "Stretch": {
            **document,
            "description": "A stretch of a document. `characters` and sums are of the whole text.",
            "required": [*document["required"], *places],
            "properties": {**document["properties"], **places},
        }
    }


def schema(name: str) -> dict[str, Any]:
    """The schema of that name, with all that it refers to.

    >>> sorted(schema("Hits")["$defs"])
    ['Hit', 'Offset', 'Rank']
    """
    texts = {name: json.dumps(part).replace(SCHEMAS, _OWN) for name, part in _known().items()}
    found: dict[str, Any] = {}
    waiting = [name]
    while waiting:
        for other in re.findall(rf'"{re.escape(_OWN)}(\w+)"', texts[waiting.pop()]):
            if other not in found:
                found[other] = json.loads(texts[other])
                waiting.append(other)
    return {**json.loads(texts[name]), "$defs": found}
