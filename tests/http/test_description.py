"""The service's description: whole, true, and without a gap that Schemathesis would find."""

from __future__ import annotations

import json
from typing import Any

import jsonschema_rs
import pytest
from jsonschema import Draft202012Validator
from starlette.testclient import TestClient

from qa.surfaces.http import Options, application
from qa.surfaces.http.examples import EXAMPLES
from tests.conftest import ROOT
from tests.http.conftest import bot_of
from tests.http.exploring import explore
from tests.http.readers import BreakingReader
from tests.http.test_keys import KEY


@pytest.fixture(scope="module")
def description(client: TestClient) -> Any:
    return client.get("/openapi.json").json()


def validator(description: Any, name: str) -> jsonschema_rs.Draft202012Validator:
    """A validator of the schema of this name, with the others at hand.

    Unlike Python's own regular expressions, its patterns know Unicode's classes of characters.
    """
    schemas = {"components": description["components"]}
    return jsonschema_rs.Draft202012Validator({**schemas, "$ref": f"#/components/schemas/{name}"})


def operations(description: Any) -> dict[str, Any]:
    return {
        f"{method.upper()} {path}": operation
        for path, methods in description["paths"].items()
        for method, operation in methods.items()
    }


def test_every_route_is_described(description: Any) -> None:
    assert set(operations(description)) == {
        "GET /metrics",
        "GET /v1/documents",
        "GET /v1/documents/{id}",
        "GET /v1/health",
        "GET /v1/ready",
        "POST /v1/ask",
        "POST /v1/ask/batch",
        "POST /v1/quote",
        "POST /v1/search",
        "POST /v1/verify",
    }
    for name, operation in operations(description).items():
        assert operation["summary"], name
        assert operation["description"], name
        for status, response in operation["responses"].items():
            kind = "application/problem+json" if int(status) >= 400 else None
            assert kind in (None, *response["content"]), name
    names = [operation["operationId"] for operation in operations(description).values()]
    assert len(set(names)) == len(names)


def test_every_reference_leads_to_a_schema(description: Any) -> None:
    text = json.dumps(description)
    assert "#/$defs" not in text
    schemas = description["components"]["schemas"]
    referred = {part.split('"')[0] for part in text.split("#/components/schemas/")[1:]}
    assert referred <= set(schemas)
    for name in schemas:
        assert jsonschema_rs.meta.is_valid(schemas[name]), name
        assert name in referred or name == "Problem", name


def test_an_answer_is_described_by_the_contract_itself(description: Any) -> None:
    """What the contract forbids, the description forbids: its parts are there word for word."""
    contract = json.loads((ROOT / "qa/answer.schema.json").read_text("utf-8"))
    described = description["components"]["schemas"]["Answer"]
    assert described["required"] == contract["required"]
    assert described["properties"].keys() == contract["properties"].keys()
    valid = EXAMPLES["Answer"]
    for wrong in (
        {**valid, "answer": None},
        {**valid, "citations": []},
        {**valid, "confidence": 2},
        {**valid, "more": 1},
        {**valid, "citations": [{**valid["citations"][0], "start": -1}]},
    ):
        assert not Draft202012Validator(contract).is_valid(wrong)
        assert not validator(description, "Answer").is_valid(wrong)


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_is_what_its_schema_allows(description: Any, name: str) -> None:
    validator(description, name).validate(EXAMPLES[name])


def test_every_example_is_shown(description: Any) -> None:
    shown = json.dumps(description)
    for example in EXAMPLES.values():
        assert json.dumps(example) in shown


@pytest.mark.slow
def test_schemathesis_finds_nothing() -> None:
    made, found = explore(application(bot_of()), 3)
    assert found == []
    assert made > 500


@pytest.mark.slow
def test_schemathesis_finds_no_way_around_the_keys() -> None:
    app = application(bot_of(), Options(keys=(KEY,)))
    made, found = explore(app, 1, "examples", "fuzzing", key=KEY)
    assert found == []
    assert made > 50


@pytest.mark.slow
def test_schemathesis_would_find_a_mistake() -> None:
    class Breaking(BreakingReader):
        def confidence(self, spans: Any) -> float:
            return 2.0  # what no schema allows

    _, found = explore(application(bot_of(Breaking())), 1, "examples")
    assert any("/v1/ask" in each for each in found)
