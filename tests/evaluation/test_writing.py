"""Files that are there whole or not at all."""

import gzip
import json
from pathlib import Path

import pytest

from qa.errors import InputError
from qa.evaluation.files import read_text
from qa.evaluation.writing import check_place, dumped, write_text


def test_what_was_there_is_replaced_and_nothing_is_left_beside(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    for content in ("first", "机器人\n"):
        check_place(path)
        write_text(path, content)
        assert path.read_bytes() == content.encode()
        assert list(tmp_path.iterdir()) == [path]


def test_a_packed_file_has_the_same_bytes_each_time(tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl.gz"
    write_text(path, "a\n" * 100)
    first = path.read_bytes()
    write_text(path, "a\n" * 100)
    assert path.read_bytes() == first
    assert gzip.decompress(first).decode() == read_text(path) == "a\n" * 100


def test_a_link_still_points_where_it_did(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    target.touch()
    link.symlink_to(target)
    write_text(link, "x")
    assert link.is_symlink()
    assert target.read_text() == "x"


def test_a_device_stays_what_it_is() -> None:
    write_text(Path("/dev/null"), "x")
    assert not Path("/dev/null").is_file()


def test_places_where_nothing_can_be_written_are_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for path in (tmp_path, tmp_path / "none" / "x", tmp_path / "file" / "x"):
        with pytest.raises(InputError, match=r"no such folder|cannot be written") as caught:
            check_place(path)
        assert caught.value.hint
        with pytest.raises(InputError, match="cannot be written"):
            write_text(path, "x")
    assert list(tmp_path.iterdir()) == [tmp_path / "file"]


def test_json_is_readable_and_strict() -> None:
    assert json.loads(dumped({"id": "题"})) == {"id": "题"}
    assert "题" in dumped({"id": "题"})
    with pytest.raises(ValueError, match="JSON"):
        dumped(float("nan"))
