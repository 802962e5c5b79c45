"""JSON lines: a document a line, and a bad line costs only itself."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from qa.documents import gather
from qa.errors import SourceError
from tests.documents.files import ids

GOOD = '{"id": "good", "text": "They danced."}'


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("jsonl")


@given(st.lists(st.text().filter(str.strip), min_size=1, max_size=4), st.booleans())
@example(["one\r\ntwo\u2028three\x85", "\ufeff🤖 cafe\u0301"], False)
def test_any_text_comes_back_as_it_was_written(
    folder: Path, texts: list[str], is_ascii: bool
) -> None:
    path = folder / "a.jsonl"
    lines = [
        json.dumps({"id": str(number), "text": text}, ensure_ascii=is_ascii)
        for number, text in enumerate(texts)
    ]
    path.write_bytes("\r\n\n".join(lines).encode())
    documents = gather(path).documents
    assert [document.text for document in documents] == texts
    assert {document.source_sha256 for document in documents} == {
        sha256(path.read_bytes()).hexdigest()
    }


def test_fields(tmp_path: Path) -> None:
    record = {"id": "x/1", "text": "A. B.", "title": "T", "url": "https://e.org", "date": "2021"}
    null = {"id": "x/0", "text": "A headline\nA. B.", "title": None, "url": None, "more": [1]}
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + f"{json.dumps(record)}\n \n{json.dumps(null)}".encode())
    first, second = gather(tmp_path).documents
    assert (first.id, first.title, first.url, first.date) == ("x/0", "A headline", None, None)
    assert (second.title, second.url, second.date) == ("T", "https://e.org", "2021")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", "not valid JSON"),
        (b"{'id': 1}", "not valid JSON"),
        (b"[" * 100_000, "not valid JSON"),
        (b"1" * 5000, "not valid JSON"),
        (b'["id", "text"]', "must be a JSON object with 'id' and 'text'"),
        (b"null", "must be a JSON object"),
        (b'{"text": "They danced."}', "'id' must be a string that is not empty"),
        (b'{"id": 7, "text": "They danced."}', "'id' must be a string"),
        (b'{"id": " ", "text": "They danced."}', "'id' must be a string that is not empty"),
        (b'{"id": "a"}', "'text' must be a string that is not empty"),
        (b'{"id": "a", "text": " \\n"}', "'text' must be a string that is not empty"),
        (b'{"id": "a", "text": null}', "'text' must be a string"),
        (b'{"id": "a", "text": "b", "title": 1}', "'title' must be a string or null"),
        (b'{"id": "a", "text": "b", "url": []}', "'url' must be a string or null"),
        (b'{"id": "a", "text": "b", "date": 2021}', "'date' must be a string or null"),
        (b'{"id": "a", "text": "half \\ud83e"}', "holds half a character"),
        (b'{"id": "half \\udd16", "text": "b"}', "holds half a character"),
        (b'{"id": "a", "text": "b", "title": "\\ud83e"}', "holds half a character"),
        (b'{"id": "a", "text": "ol\xe9"}', "byte offset 63 is not valid UTF-8"),
    ],
)
def test_a_bad_line_is_named_and_the_others_stay(tmp_path: Path, line: bytes, reason: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(GOOD.encode() + b"\n\n" + line + b"\n")
    with pytest.raises(SourceError) as caught:
        gather(path)
    (problem,) = caught.value.problems
    assert (problem.path, problem.line) == ("a.jsonl", 3)
    assert reason in problem.reason
    gathered = gather(path, skip_bad=True)
    assert (ids(gathered), gathered.bad) == (["good"], (problem,))


def test_every_bad_line_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(f"{{\n{GOOD}\n[]\n{GOOD}\n", encoding="utf-8")
    with pytest.raises(SourceError) as caught:
        gather(tmp_path)
    assert [problem.line for problem in caught.value.problems] == [1, 3, 4]
    assert (
        caught.value.problems[2].reason == "the id 'good' is taken: it is that of a.jsonl, line 2"
    )


def test_a_file_of_blank_lines_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b"\n \r\n")
    with pytest.raises(SourceError, match=r"a\.jsonl: holds no text"):
        gather(tmp_path)
