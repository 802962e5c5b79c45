"""The JSON contract read back: what was written, and nothing that the schema refuses."""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.contract import ContractError, answer_from_dict
from qa.errors import InputError
from qa.present import answer_to_dict
from qa.types import Answer
from tests.test_present import SAID, SILENT, VALIDATOR

# Of a passage, the contract does not hold the heading.
HITS = tuple(replace(hit, passage=replace(hit.passage, heading="")) for hit in SAID.hits)
REJECTED = replace(SILENT, hits=HITS, rejected=SAID.alternatives[0])
READABLE = [replace(SAID, hits=HITS), replace(SILENT, hits=HITS), REJECTED]

VALUES: list[Any] = [
    *(
        None,
        True,
        False,
        0,
        1,
        -1,
        2,
        3.0,
        0.5,
        1.5,
        -0.5,
        10**400,
        -(10**400),
        "",
        "x",
        "x" * 2001,
    ),
    *("off-topic", "lost", "a" * 64, "A" * 64, [], {}, [None], {"x": 1}, ["x"]),
]


def written(answer: Answer) -> dict[str, Any]:
    return json.loads(json.dumps(answer_to_dict(answer)))  # type: ignore[no-any-return]


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to every value within a value."""
    inside = value.items() if isinstance(value, dict) else enumerate(value)
    found = [path]
    for key, below in inside:
        found += places(below, (*path, key)) if isinstance(below, dict | list) else [(*path, key)]
    return found


def put(record: dict[str, Any], path: tuple[Any, ...], value: Any) -> Any:
    """A copy of the record with another value there; `...` takes out what is there."""
    if not path:
        return None if value is ... else value
    changed = deepcopy(record)
    holder = changed
    for key in path[:-1]:
        holder = holder[key]
    if value is ...:
        del holder[path[-1]]
    else:
        holder[path[-1]] = value
    return changed


@pytest.mark.parametrize("answer", READABLE, ids=["said", "silent", "rejected"])
def test_what_was_written_comes_back(answer: Answer) -> None:
    assert answer_from_dict(answer_to_dict(answer)) == answer
    assert answer_from_dict({"id": "q1", **written(answer)}) == answer
    assert answer_from_dict({"id": 7, **written(answer)}) == answer


@given(st.data())
def test_it_refuses_what_the_schema_refuses_and_nothing_else(data: st.DataObject) -> None:
    record: Any = {"id": 1, **written(data.draw(st.sampled_from(READABLE)))}
    for _ in range(data.draw(st.integers(1, 2))):
        if not isinstance(record, dict):
            break
        path = data.draw(st.sampled_from(places(record)))
        value = data.draw(st.sampled_from([*VALUES, ...]))
        record = put(record, path, value)
    try:
        answer_from_dict(record)
        accepted = True
    except ContractError:
        accepted = False
    # A number too large for a float is a number to the schema alone.
    too_large = "000" * 100 in json.dumps(record)
    assert accepted == VALIDATOR.is_valid(record) or (too_large and not accepted)


@pytest.mark.parametrize(
    "key", [*written(SAID), *(f"citations.0.{k}" for k in written(SAID)["citations"][0])]
)
def test_a_missing_key_is_named(key: str) -> None:
    path = tuple(int(part) if part.isdigit() else part for part in key.split("."))
    with pytest.raises(ContractError) as raised:
        answer_from_dict(put(written(SAID), path, ...))
    assert raised.value.path == path
    assert raised.value.hint


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (("citations", 0, "start"), "7", "citations[0].start must be a whole number, not '7'"),
        (("citations", 0, "start"), True, "citations[0].start must be a whole number, not true"),
        (("citations", 0, "start"), -1, "citations[0].start must be at least 0, not -1"),
        (("citations", 0, "end"), 0.5, "citations[0].end must be a whole number, not 0.5"),
        (("citations", 0, "page"), 0, "citations[0].page must be at least 1, not 0"),
        (("citations", 0, "quote"), "", "citations[0].quote must not be empty"),
        (("citations", 0, "quote"), "a\ud800", "citations[0].quote holds half a character"),
        (("citations", 0, "text_sha256"), "a" * 63, "citations[0].text_sha256 must be 64"),
        (("citations", 0, "text_sha256"), "a" * 64 + "\n", "citations[0].text_sha256 must be 64"),
        (("citations", 0, "colour"), 1, "citations[0].'colour' is not a key of the contract"),
        (("citations",), [], "citations must not be empty"),
        (("citations",), {}, "citations must be a list, not an object"),
        (("citations", 0), None, "citations[0] must be an object, not null"),
        (("alternatives", 0, "citations"), [], "alternatives[0].citations must not be empty"),
        (("confidence",), 1.1, "confidence is out of range: 1.1"),
        (("confidence",), float("nan"), "confidence is out of range: nan"),
        (("confidence",), 10**400, "confidence is out of range: a number of many digits"),
        (("version",), 2, "version must be 1, not 2"),
        (("signal",), "off-topic", "signal must be null where there is an answer"),
        (("question",), "x" * 2001, "question must have at most 2,000 characters, not 2,001"),
        ((), [], "an answer must be an object, not a list"),
    ],
)
def test_the_key_and_what_is_wrong_with_it_are_named(
    path: tuple[Any, ...], value: Any, message: str
) -> None:
    with pytest.raises(InputError) as raised:
        answer_from_dict(put(written(SAID), path, value))
    assert str(raised.value).startswith(message)
