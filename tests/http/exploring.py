"""Schemathesis: what the service's description allows and forbids, tried out on the service.

`python -m tests.http.exploring 200` is the long form, with 200 examples an operation and phase.
"""

from __future__ import annotations

import sys
from typing import Any

import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema

from qa.surfaces.http import application
from tests.http.conftest import bot_of


def explore(app: Any, examples: int, *phases: str, key: str | None = None) -> tuple[int, list[str]]:
    """How many checks were made in `phases`, all where none is named, and what they found.

    `key` is one that opens `app`, where that needs one.
    """
    every = ("examples", "coverage", "fuzzing", "stateful")
    config = SchemathesisConfig.from_dict(
        {
            "auth": {"openapi": {"APIKeyHeader": {"api_key": key}}} if key else {},
            "generation": {"max-examples": examples, "deterministic": True, "database": "none"},
            "phases": {phase: {"enabled": phase in (phases or every)} for phase in every},
        }
    )
    schema = schemathesis.openapi.from_asgi("/openapi.json", app, config=config)
    made, found = 0, []
    for event in from_schema(schema).execute():
        if isinstance(event, events.NonFatalError | events.FatalError):
            found.append(str(event))
        if isinstance(event, events.ScenarioFinished):
            for case_id, checks in event.recorder.checks.items():
                made += len(checks)
                case = event.recorder.cases[case_id].value
                found += [
                    f"{case.method} {case.formatted_path}: {check.failure_info.failure}"
                    for check in checks
                    if check.failure_info is not None
                ]
    return made, found


if __name__ == "__main__":
    made, found = explore(application(bot_of()), int(sys.argv[1]))
    print(*found, f"{made:,} checks, {len(found)} findings", sep="\n")
    sys.exit(bool(found))
