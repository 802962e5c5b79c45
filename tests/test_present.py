"""The JSON contract: what is written fits `qa/answer.schema.json`, and it fits nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from importlib import resources
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from qa.present import answer_to_dict, hit_to_dict
from qa.types import Answer, Candidate, Hit, Passage
from tests.test_types import CITATION

SCHEMA: dict[str, Any] = json.loads(
    resources.files("qa").joinpath("answer.schema.json").read_text(encoding="utf-8")
)
VALIDATOR = Draft202012Validator(SCHEMA)

ANSWER_KEYS = """version question resolved_question answer confidence reason signal rejected
    conflict agreement citations alternatives hits""".split()
CITATION_KEYS = """doc_id title url date page start end quote answer answer_start answer_end
    text_sha256 source_sha256""".split()
HIT_KEYS = "doc_id title start end text score ranks scores".split()

PASSAGE = Passage("a.txt", "Opening", 0, 14, "Robots danced.", "A \u2028 title")
HIT = Hit(PASSAGE, 1.0, {"lexical": 1, "dense": None}, {"lexical": 2.5, "dense": -0.1})
SAID = Answer(
    "What did robots do?",
    "What did robots do at the expo?",
    "danced",
    0.9,
    agreement=1,
    citations=(replace(CITATION, url="https://example.org/a", date="2018-08-23", page=2),),
    alternatives=(Candidate("Robots danced", 0.4, (CITATION,)),),
    hits=(HIT,),
)
SILENT = Answer("What?", "What?", None, 0.2, "not said", "off-topic", hits=(HIT,))
answers = pytest.mark.parametrize("answer", [SAID, SILENT], ids=["said", "silent"])


def faults(value: Any) -> list[str]:
    return [error.message for error in VALIDATOR.iter_errors(value)]


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@answers
def test_an_answer_fits_the_schema(answer: Answer) -> None:
    assert faults(answer_to_dict(answer)) == []


@answers
def test_an_answer_comes_back_from_json(answer: Answer) -> None:
    written = answer_to_dict(answer)
    assert json.loads(json.dumps(written, ensure_ascii=False)) == written
    assert json.loads(json.dumps(written, allow_nan=False)) == written


def test_keys_come_in_the_order_of_the_contract() -> None:
    written = answer_to_dict(SAID)
    assert list(written) == ANSWER_KEYS == SCHEMA["required"]
    citations = [written["citations"][0], written["alternatives"][0]["citations"][0]]
    required = SCHEMA["$defs"]["citation"]["required"]
    assert [list(citation) for citation in citations] == [CITATION_KEYS, required]
    assert list(written["hits"][0]) == HIT_KEYS == SCHEMA["$defs"]["hit"]["required"]
    assert list(written["alternatives"][0]) == ["answer", "confidence", "citations"]


def test_every_field_keeps_its_value() -> None:
    written = answer_to_dict(SAID)
    assert written["version"] == 1
    assert written["question"] == "What did robots do?"
    assert written["resolved_question"] == "What did robots do at the expo?"
    assert (written["answer"], written["reason"]) == ("danced", None)
    assert (written["conflict"], written["agreement"]) == (False, 1)
    citation = written["citations"][0]
    first = citation["answer_start"] - citation["start"]
    assert citation["quote"][first : first + len("danced")] == citation["answer"] == "danced"
    assert answer_to_dict(SILENT)["reason"] == "not said"


def test_a_hit_has_its_title_and_no_rank_beyond_the_depth() -> None:
    assert hit_to_dict(HIT) == {
        "doc_id": "a.txt",
        "title": "A \u2028 title",
        "start": 0,
        "end": 14,
        "text": "Robots danced.",
        "score": 1.0,
        "ranks": {"lexical": 1, "dense": None},
        "scores": {"lexical": 2.5, "dense": -0.1},
    }


def test_only_a_batch_line_has_an_id_and_it_is_text_or_a_whole_number() -> None:
    written = answer_to_dict(SAID)
    assert faults({"id": "7", **written}) == faults({"id": 7, **written}) == []
    assert faults({"id": None, **written})
    assert faults({"id": 7.5, **written})


def _set(path: str, value: Any) -> Callable[[dict[str, Any]], None]:
    def spoil(written: Any) -> None:
        *parents, last = [int(key) if key.isdigit() else key for key in path.split(".")]
        for key in parents:
            written = written[key]
        written[last] = value

    return spoil


WRONG = [
    ("version", 2),
    ("question", ""),
    ("question", "x" * 2001),
    ("answer", None),
    ("answer", ""),
    ("confidence", 1.01),
    ("confidence", "0.9"),
    ("reason", "although it was said"),
    ("signal", "off-topic"),
    ("conflict", None),
    ("agreement", -1),
    ("citations", []),
    ("citations.0.page", 0),
    ("citations.0.start", -1),
    ("citations.0.end", 14.5),
    ("citations.0.quote", ""),
    ("citations.0.text_sha256", "0" * 63),
    ("citations.0.text_sha256", None),
    ("citations.0.source_sha256", "Z" * 64),
    ("citations.0.more", 1),
    ("alternatives.0.citations", []),
    ("alternatives.0.more", 1),
    ("hits.0.ranks.dense", 0),
    ("hits.0.ranks.other", 1),
    ("hits.0.scores.dense", None),
    ("hits.0.text", ""),
    ("hits.0.more", 1),
    ("more", 1),
]


@pytest.mark.parametrize(("path", "value"), WRONG)
def test_the_schema_refuses(path: str, value: Any) -> None:
    written = answer_to_dict(SAID)
    _set(path, value)(written)
    assert faults(written)


@pytest.mark.parametrize("key", ANSWER_KEYS)
def test_the_schema_misses_every_key(key: str) -> None:
    written = answer_to_dict(SAID)
    del written[key]
    assert faults(written)


def test_the_schema_wants_a_reason_and_no_citation_for_silence() -> None:
    assert faults({**answer_to_dict(SILENT), "reason": None})
    assert faults({**answer_to_dict(SILENT), "signal": None})
    assert faults({**answer_to_dict(SILENT), "signal": "unknown"})
    silence = {"answer": None, "reason": "not said", "signal": "off-topic"}
    assert faults({**answer_to_dict(SAID), **silence})


def test_the_best_span_that_did_not_convince_stands_beside_silence_alone() -> None:
    rejected = SAID.alternatives[0]
    written = answer_to_dict(replace(SILENT, rejected=rejected))
    assert written["rejected"] == answer_to_dict(SAID)["alternatives"][0]
    assert not faults(written)
    assert faults(answer_to_dict(replace(SAID, rejected=rejected)))
