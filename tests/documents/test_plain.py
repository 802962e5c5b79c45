"""Plain text comes through untouched; what is not UTF-8 is named to the byte."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from qa.documents import gather
from qa.errors import SourceError
from tests.documents.files import one

TEXTS = st.text().filter(lambda text: text.strip() and not text.startswith("\ufeff"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("plain")


@given(TEXTS)
@example("one\r\ntwo\rthree\n\n")
@example("cafe\u0301 🤖 智博会\u2028\x0c\x00end")
def test_any_text_comes_back_as_it_was_written(folder: Path, text: str) -> None:
    document = one(folder, "a.txt", text)
    assert document.text == text
    assert document.source_sha256 == sha256(text.encode()).hexdigest()
    assert (document.body_start, document.page_starts) == (0, ())


def test_only_the_byte_order_mark_is_dropped(tmp_path: Path) -> None:
    data = b"\xef\xbb\xbfRobots\r\n"
    document = one(tmp_path, "a.txt", data)
    assert document.text == "Robots\r\n"
    assert document.source_sha256 == sha256(data).hexdigest()


@pytest.mark.parametrize(
    ("name", "text", "title"),
    [
        ("a.txt", "\n  Robots   on stage \r\n\r\nThey danced.", "Robots on stage"),
        ("city-report_2021.txt", "They danced.\nAll day.", "city report 2021"),
        ("a.txt", "他们跳舞。\n", "a"),
        ("a.txt", "He said “they danced.”\n", "a"),
        ("a.txt", "x" * 120, "x" * 120),
        ("a.txt", "x" * 121, "a"),
        ("---.txt", "They danced.", "---.txt"),
    ],
)
def test_title(tmp_path: Path, name: str, text: str, title: str) -> None:
    assert one(tmp_path, name, text).title == title


def test_bytes_that_are_not_utf8_are_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"caf\xc3\xa9\nol\xe9!")
    with pytest.raises(SourceError) as caught:
        gather(tmp_path)
    (problem,) = caught.value.problems
    assert (problem.path, problem.line) == ("a.txt", 2)
    assert "byte offset 8 is not valid UTF-8" in problem.reason


@pytest.mark.parametrize("data", [b"", b" \r\n\t\n", b"\xef\xbb\xbf", "\u3000\u00a0".encode()])
def test_a_file_without_text_is_an_error(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(SourceError, match=r"a\.txt: holds no text"):
        one(tmp_path, "a.txt", data)
