"""Question files: what is read, and what is refused with its line."""

import gzip
import json
from pathlib import Path

import pytest

from qa.errors import InputError, QuestionError
from qa.evaluation.questions import Question, load_questions

GOOD = {"id": "q1", "question": "Where?", "answers": ["Lijia"], "doc_ids": ["park.md"]}
NO_ANSWER = {"id": "q2", "question": "Who paid?", "answers": []}


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


@pytest.mark.parametrize(
    ("change", "reason"),
    [
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
    ],
)
def test_an_ill_formed_line_is_named(
    tmp_path: Path, change: dict[str, object], reason: str
) -> None:
    path = write(tmp_path / "q.jsonl", NO_ANSWER, {**GOOD, **change})
    with pytest.raises(QuestionError, match=r"q\.jsonl, line 2: ") as caught:
        load_questions(path)
    assert reason in str(caught.value)
    assert caught.value.hint


def test_every_bad_line_is_named_at_once(tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    deep = "[" * 100_000
    lines = [json.dumps(GOOD), "{", "[]", '{"id": "q3"}', deep, json.dumps(GOOD)]
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(QuestionError, match=r"^5 lines cannot be used: ") as caught:
        load_questions(path)
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
