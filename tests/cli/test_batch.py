"""`qa ask --batch FILE`: all of it is checked before the first question is asked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from qa.errors import QuestionError
from qa.present import answer_to_dict
from qa.surfaces.cli.batch import BatchLine, answer_batch, read_batch
from tests.cli.conftest import Cli
from tests.cli.test_usage import complained
from tests.test_answerer import BOT
from tests.test_present import faults

GOOD: list[dict[str, Any]] = [
    {"id": "b", "question": "When did Lijia Smart Park open?"},
    {"id": 2, "question": "Who?", "answers": [], "kind": "fact", "gold": {"x": None}},
    {"id": "2", "question": "What did robots do?", "history": ["Who?", {"question": "What?"}]},
    {"id": -1, "question": "What? 机器人", "history": [{"question": "Who?", "answer": None}]},
    {"id": "", "question": "What?", "history": None},
    {"id": "a", "question": "What?", "history": [{"question": "Who?", "answer": "Wu"}]},
]


def batch(folder: Path, *lines: object, end: str = "\n", start: bytes = b"") -> Path:
    path = folder / "batch.jsonl"
    texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    path.write_bytes(start + "".join(text + end for text in texts).encode())
    return path


def test_questions_are_read_in_order_with_their_ids(tmp_path: Path) -> None:
    lines = read_batch(batch(tmp_path, *GOOD))
    assert [line.id for line in lines] == [fields["id"] for fields in GOOD]
    assert [line.question for line in lines] == [fields["question"] for fields in GOOD]
    assert lines[2].history == ["Who?", {"question": "What?"}]
    assert lines[0] == BatchLine("b", "When did Lijia Smart Park open?", ())


def test_marks_line_ends_and_blank_lines_do_not_matter(tmp_path: Path) -> None:
    plain = read_batch(batch(tmp_path, *GOOD))
    assert read_batch(batch(tmp_path, *GOOD, end="\r\n", start=b"\xef\xbb\xbf")) == plain
    assert read_batch(batch(tmp_path, "", *GOOD, " \t", "")) == plain
    path = batch(tmp_path, *GOOD)
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    assert read_batch(path) == plain


@pytest.mark.parametrize("content", [b"", b"\n\r\n", b"\xef\xbb\xbf"])
def test_no_line_is_no_question(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "batch.jsonl").write_bytes(content)
    assert read_batch(tmp_path / "batch.jsonl") == []


def test_answers_have_the_contract_s_shape_and_the_line_s_id(tmp_path: Path) -> None:
    lines = read_batch(batch(tmp_path, *GOOD))
    answers = list(answer_batch(BOT, lines))
    assert [answer["id"] for answer in answers] == [line.id for line in lines]
    for line, answer in zip(lines, answers, strict=True):
        assert faults(answer) == []
        assert answer == {"id": line.id, **answer_to_dict(BOT.ask(line.question, line.history))}


def test_a_question_of_a_batch_may_refer_back_to_its_history(tmp_path: Path) -> None:
    line = {
        "id": 1,
        "question": "What flies there?",
        "history": ["When did Lijia Smart Park open?"],
    }
    (answer,) = answer_batch(BOT, read_batch(batch(tmp_path, line)))
    assert answer["question"] == "What flies there?"
    assert answer["resolved_question"] == "What flies in Lijia Smart Park?"


BAD = [
    ("{", "not valid JSON"),
    ("[" * 50_000, "not valid JSON"),
    ('{"id": ' + "9" * 5000 + ', "question": "Who?"}', "not valid JSON"),
    ("[]", "not a JSON object"),
    ('"Who?"', "not a JSON object"),
    ({"question": "Who?"}, '"id" must be text or a whole number'),
    ({"id": None, "question": "Who?"}, '"id" must be text or a whole number'),
    ({"id": True, "question": "Who?"}, '"id" must be text or a whole number'),
    ({"id": 1.0, "question": "Who?"}, '"id" must be text or a whole number'),
    ({"id": "\ud83d", "question": "Who?"}, "half a character"),
    ({"id": 7}, '"question" is missing'),
    ({"id": 7, "question": None}, "a question is text, not NoneType"),
    ({"id": 7, "question": ["Who?"]}, "a question is text, not list"),
    ({"id": 7, "question": " "}, "the question is empty"),
    ({"id": 7, "question": "x" * 2001}, "2,001 characters"),
    ({"id": 7, "question": "\ud83d?"}, "half a character"),
    ({"id": 7, "question": "Who?", "history": "Who?"}, "the history is a list, not str"),
    ({"id": 7, "question": "Who?", "history": {}}, "the history is a list, not dict"),
    ({"id": 7, "question": "Who?", "history": [7]}, "item 1 of the history is int"),
    ({"id": 7, "question": "Who?", "history": 7}, "the history is a list, not int"),
    (
        {"id": 7, "question": "Who?", "history": ["?", " "]},
        "item 2 of the history: the question is",
    ),
    ({"id": 7, "question": "Who?", "history": [{"answer": "x"}]}, "item 1 of the history has no"),
    ({"id": 7, "question": "Who?", "history": [{"question": "?", "answer": 1}]}, "its answer is"),
    ({"id": "b", "question": "Who?"}, "id 'b' is on line 1 already"),
    ({"id": 2, "question": "Who?"}, "id 2 is on line 2 already"),
]


@pytest.mark.parametrize(("line", "message"), BAD, ids=[message for _, message in BAD])
def test_a_bad_last_line_is_named_before_anything_is_asked(
    cli: Cli, tmp_path: Path, line: object, message: str
) -> None:
    path = batch(tmp_path, *GOOD, "", line)
    done = cli("ask", "--batch", path, "--index", tmp_path / "no index yet")
    assert (done.code, done.out) == (2, "")
    complained(done.err)
    assert f"{path}, line 8: " in done.err
    assert message in done.err


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "cannot be read: No such file or directory"),
        ('{"id": 1, "question": "caf\xe9"}'.encode("latin-1"), "is not UTF-8 at byte 26"),
        ("{}".encode("utf-16"), "is not UTF-8 at byte 0"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(
    tmp_path: Path, content: bytes | None, message: str
) -> None:
    path = tmp_path / "batch.jsonl"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(QuestionError, match=message) as error:
        read_batch(path)
    assert str(path) in str(error.value)
    with pytest.raises(QuestionError, match="cannot be read: Is a directory"):
        read_batch(tmp_path)


@pytest.mark.real
def test_each_answer_is_one_line_of_json(cli: Cli, built: Path, tmp_path: Path) -> None:
    path = batch(tmp_path, *GOOD)
    done = cli("ask", "--batch", path, "--index", built, "--threshold", "0")
    assert (done.code, done.err) == (0, "")
    answers = [json.loads(line) for line in done.out.removesuffix("\n").split("\n")]
    assert [answer["id"] for answer in answers] == [fields["id"] for fields in GOOD]
    assert [faults(answer) for answer in answers] == [[]] * len(GOOD)
    alone = json.loads(
        cli("ask", answers[0]["question"], "--index", built, "--threshold", "0", "--json").out
    )
    assert answers[0] == {"id": "b", **alone}
    (tmp_path / "batch.jsonl").write_bytes(b"")
    done = cli("ask", "--batch", path, "--index", built)
    assert (done.code, done.out, done.err) == (0, "", "")
