"""Question files: what is read, and what is refused with its line."""

import gzip
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import qa.evaluation
from qa.errors import InputError, Problem, QuestionError
from qa.evaluation.places import Place
from qa.evaluation.questions import KINDS, Question, lint, load_questions, parse_question

GOOD = {"id": "q1", "question": "Where?", "answers": ["Lijia"], "doc_ids": ["park.md"]}
NO_ANSWER = {"id": "q2", "question": "Who paid?", "answers": []}
DIGEST = "0123456789abcdef" * 4
PLACE = {"answer": "Lijia", "doc_id": "park.md", "start": 12, "end": 17, "text_sha256": DIGEST}
SCHEMA = json.loads(
    (Path(qa.evaluation.__file__).parent / "question.schema.json").read_text(encoding="utf-8")
)


def write(path: Path, *lines: object) -> Path:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def test_reads_every_key_and_fills_what_is_left_out(tmp_path: Path) -> None:
    full = {**GOOD, "id": "q0", "kind": "place", "split": "dev", "fact": "seat", "note": "mine"}
    path = write(tmp_path / "q.jsonl", full, GOOD, NO_ANSWER)
    assert load_questions(path) == [
        Question("q0", "Where?", ("Lijia",), ("park.md",), "place", "dev", "seat"),
        Question("q1", "Where?", ("Lijia",), ("park.md",), "fact", "test", None),
        Question("q2", "Who paid?", (), (), "unanswerable", "test", None),
    ]


def test_a_kind_of_ones_own_may_have_answers_or_not(tmp_path: Path) -> None:
    path = write(tmp_path / "q.jsonl", {**GOOD, "kind": "mine"}, {**NO_ANSWER, "kind": "mine"})
    assert [question.answerable for question in load_questions(path)] == [True, False]


def test_reads_gzip_bom_carriage_returns_and_blank_lines(tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl.gz"
    text = "\ufeff\r\n" + json.dumps(GOOD) + "\r\n\n" + json.dumps(NO_ANSWER)
    path.write_bytes(gzip.compress(text.encode()))
    assert [question.id for question in load_questions(path)] == ["q1", "q2"]


def test_one_split_only(tmp_path: Path) -> None:
    path = write(tmp_path / "q.jsonl", {**GOOD, "split": "dev"}, NO_ANSWER)
    assert [question.id for question in load_questions(path, split="dev")] == ["q1"]
    with pytest.raises(QuestionError, match="'train'") as caught:
        load_questions(path, split="train")
    assert caught.value.hint == "splits in this file: dev, test"


# What is changed of a good line, and what is said of it.
TWO_SIDES: dict[str, Any] = {
    "answers": ["Lijia", "Dadukou"],
    "kind": "conflict",
    "sides": [["Lijia"], ["Dadukou"]],
}

ILL_FORMED: list[tuple[dict[str, Any], str]] = [
    ({"id": 7}, "'id' must be a string"),
    ({"id": "\u001b[2J"}, "'id' must be printable"),
    ({"question": "  "}, "'question' is blank"),
    ({"question": "\ud800"}, "'question' holds half of a surrogate pair"),
    ({"answers": "Lijia"}, "'answers' must be a list"),
    ({"answers": [1]}, "'answers' must hold only strings"),
    ({"answers": [" "]}, "'answers' must hold only strings that are not blank"),
    ({"answers": ["The."]}, "nothing but punctuation and articles"),
    ({"doc_ids": []}, "'doc_ids' must name"),
    ({"kind": "off-topic"}, "must have no answers"),
    ({"answers": [], "kind": "number"}, "must have answers"),
    ({"kind": None}, "'kind' must be a string"),
    ({"split": ""}, "'split' must be printable"),
    ({"fact": 3}, "'fact' must be a string"),
    ({"question": "why" * 1000}, "'question' has more than 2,000 characters"),
    ({"doc_ids": ["park.md", ""]}, "'doc_ids' must hold only strings that are not blank"),
    ({"id": "q1\n"}, "'id' must be printable"),
    ({"kind": " "}, "'kind' must be printable and not blank"),
    ({"gold": {}}, "'gold' must be a list"),
    ({"gold": ["Lijia"]}, "'gold': not a JSON object"),
    ({"gold": [{"answer": "Lijia"}]}, "'gold': 'doc_id' is missing"),
    ({"gold": [{**PLACE, "start": "12"}]}, "'gold': 'start' must be a whole number"),
    ({"gold": [{**PLACE, "start": True}]}, "'gold': 'start' must be a whole number"),
    ({"gold": [{**PLACE, "start": -1}]}, "'gold': -1 to 17 is no stretch of text"),
    ({"gold": [{**PLACE, "start": 17}]}, "'gold': 17 to 17 is no stretch of text"),
    ({"gold": [{**PLACE, "answer": "lijia"}]}, "'gold': 'lijia' is none of the 'answers'"),
    ({"gold": [{**PLACE, "doc_id": "expo.md"}]}, "'gold': 'expo.md' is none of the 'doc_ids'"),
    ({"gold": [{**PLACE, "text_sha256": DIGEST.upper()}]}, "must be 64 hexadecimal digits"),
    ({"gold": [{**PLACE, "text_sha256": DIGEST + "\n"}]}, "must be 64 hexadecimal digits"),
    ({"answers": [], "kind": "mine", "gold": [PLACE]}, "'Lijia' is none of the 'answers'"),
    ({"history": "When?"}, "'history' must be a list"),
    ({"history": [7]}, "in 'history': not a JSON object"),
    ({"history": [" "]}, "in 'history': 'question' must have 1 to 2,000 characters"),
    ({"history": ["x" * 2001]}, "in 'history': 'question' must have 1 to 2,000 characters"),
    ({"history": [{"answer": "2018"}]}, "in 'history': 'question' is missing"),
    ({"history": [{"question": "When?", "answer": 2018}]}, "in 'history': 'answer' must be"),
    ({"sides": "Lijia"}, "'sides' must be a list"),
    ({"sides": [7]}, "'sides' must be"),
    ({**TWO_SIDES, "sides": [["Lijia", "Dadukou"]]}, "'sides' must be two or more"),
    ({**TWO_SIDES, "sides": [["Lijia", "Dadukou"], []]}, "'sides' must be two or more"),
    ({**TWO_SIDES, "sides": [["Lijia"], ["Yubei"]]}, "the wordings of all 'sides'"),
    ({**TWO_SIDES, "sides": []}, "exactly if it is of the kind 'conflict'"),
    ({**TWO_SIDES, "kind": "place"}, "exactly if it is of the kind 'conflict'"),
]

# What a schema cannot say; the schema's own description lists it.
BEYOND_THE_SCHEMA = (
    "half of a surrogate pair",
    "nothing but punctuation and articles",
    "'lijia' is none of the 'answers'",
    "'expo.md' is none of the 'doc_ids'",
    "17 to 17 is no stretch",
    "'sides' must be two or more",
    "the wordings of all 'sides'",
    "exactly if it is of the kind 'conflict'",
)


@pytest.mark.parametrize(("change", "reason"), ILL_FORMED)
def test_an_ill_formed_line_is_named(
    tmp_path: Path, change: dict[str, object], reason: str
) -> None:
    path = write(tmp_path / "q.jsonl", NO_ANSWER, {**GOOD, **change})
    with pytest.raises(QuestionError, match=r"q\.jsonl, line 2: ") as caught:
        load_questions(path)
    assert reason in str(caught.value)
    assert caught.value.hint
    (problem,) = lint(path)
    assert (problem.path, problem.line) == (str(path), 2)
    assert reason in problem.reason


WELL_FORMED: list[dict[str, Any]] = [
    GOOD,
    NO_ANSWER,
    {**GOOD, "kind": "place", "split": "dev", "fact": "seat", "note": ["any", 1]},
    {**GOOD, "kind": "mine", "fact": None, "gold": []},
    {**GOOD, "gold": [PLACE, {**PLACE, "start": 40, "end": 45}]},
    {**GOOD, "history": ["When?", {"question": "Who?", "answer": "Ada"}]},
    {**GOOD, "history": [{"question": "Who?", "answer": None}, {"question": "Why?"}]},
    {**GOOD, **TWO_SIDES},
    {**GOOD, **TWO_SIDES, "kind": "mine"},
    {**GOOD, "kind": "no-conflict", "sides": []},
    {**GOOD, "id": "题 1", "doc_ids": ["park.md", "other.md"]},
    {**NO_ANSWER, "kind": "mine", "doc_ids": ["park.md"]},
    {**NO_ANSWER, "kind": "off-topic", "gold": []},
]


def fits(record: object) -> bool:
    return jsonschema.Draft202012Validator(SCHEMA).is_valid(record)


@pytest.mark.parametrize("record", WELL_FORMED)
def test_the_schema_takes_what_the_parser_takes(record: dict[str, Any]) -> None:
    assert parse_question(record).id == record["id"]
    assert fits(record)


@pytest.mark.parametrize(("change", "reason"), ILL_FORMED)
def test_the_schema_refuses_what_the_parser_refuses(change: dict[str, Any], reason: str) -> None:
    assert fits({**GOOD, **change}) == any(part in reason for part in BEYOND_THE_SCHEMA)


@pytest.mark.parametrize("key", ["id", "question", "answers", "doc_ids"])
def test_the_schema_misses_what_the_parser_misses(key: str) -> None:
    record = {name: value for name, value in GOOD.items() if name != key}
    with pytest.raises(ValueError, match=key):
        parse_question(record)
    assert not fits(record)


def test_the_schema_knows_every_key_and_kind() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert set(SCHEMA["properties"]) == {*parse_question(GOOD).to_dict(), "draft"}
    for kind in KINDS:
        assert fits({**GOOD, "kind": kind}) != fits({**NO_ANSWER, "kind": kind})


def test_a_question_written_out_is_read_back() -> None:
    for record in WELL_FORMED:
        question = parse_question(record)
        assert parse_question(question.to_dict()) == question
        assert fits(question.to_dict())
    tied = parse_question(WELL_FORMED[4])
    assert tied.gold[0] == Place("Lijia", "park.md", 12, 17, DIGEST)


def test_a_good_file_has_no_problems_and_an_empty_one_has(tmp_path: Path) -> None:
    assert lint(write(tmp_path / "good.jsonl", GOOD, NO_ANSWER)) == []
    empty = write(tmp_path / "empty.jsonl")
    assert lint(empty) == [Problem(str(empty), "holds no questions")]
    packed = tmp_path / "q.jsonl.gz"
    packed.write_bytes(gzip.compress(b'{}\n{"id": 1}\n'))
    assert [problem.line for problem in lint(packed)] == [1, 2]
    with pytest.raises(InputError, match="cannot be read"):
        lint(tmp_path / "missing.jsonl")


def test_every_bad_line_is_named_at_once(tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    deep = "[" * 100_000
    lines = [json.dumps(GOOD), "{", "[]", '{"id": "q3"}', deep, json.dumps(GOOD)]
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(QuestionError, match=r"^5 lines cannot be used: ") as caught:
        load_questions(path)
    assert len(lint(path)) == 5
    for expected in (
        "line 2: not valid JSON",
        "line 3: not a JSON object",
        "line 4: 'answers' is missing",
        "line 5: not usable JSON: nested too deeply",
        "line 6: the id 'q1' is already that of line 1",
    ):
        assert expected in str(caught.value)


def test_a_file_without_questions_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text("\n\n", encoding="utf-8")
    with pytest.raises(QuestionError, match="holds no questions"):
        load_questions(path)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("q.jsonl", b"\xff\xfe", "not UTF-8 at byte 0"),
        ("q.jsonl.gz", b"no gzip", "cannot be unpacked"),
        ("q.jsonl.gz", gzip.compress(b"{}" * 99)[:-9], "cannot be unpacked"),
        ("q.jsonl.gz", gzip.compress(b"{}" * 99)[:12] + b"\xff" * 30, "cannot be unpacked"),
    ],
)
def test_an_unreadable_file_is_named(
    tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError, match=reason) as caught:
        load_questions(path)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize("name", ["missing.jsonl", "."])
def test_a_file_that_is_none_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        load_questions(tmp_path / name)
