"""The exported encoder beside the builds: kept with its encoder, written whole, refused damaged."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from qa.errors import IndexDamagedError, IndexMismatchError
from qa.index import build_index, check_index, load_encoder, load_index, save_encoder, save_index
from qa.types import Document, Settings
from tests.fakes import WordEncoder
from tests.index.test_killed import killed_at

FIRST, SECOND = "a" * 64, "b" * 64
FILES = {"model.onnx": b"graph", "model.bin": b"weights" * 1_000, "encoder.json": b"{}"}


def write(folder: Path) -> None:
    for name, content in FILES.items():
        (folder / name).write_bytes(content)
        (folder / name).chmod(0o600)


def refuse(_: Path) -> NoReturn:
    raise AssertionError("it was written again")


def build(folder: Path, sha256: str, text: str = "Robots danced.") -> None:
    encoder = WordEncoder(sha256=sha256)
    save_index(build_index([Document("a.txt", "A", text)], encoder, Settings()), folder)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def export(tmp_path: Path) -> Path:
    build(tmp_path, FIRST)
    return save_encoder(tmp_path, FIRST, write)


def test_it_comes_back_as_it_was_written(export: Path, tmp_path: Path) -> None:
    assert load_encoder(tmp_path, FIRST) == export
    assert load_encoder(tmp_path, SECOND) is None
    assert {name: (export / name).read_bytes() for name in FILES} == FILES
    # A server that runs as another user must be able to read it.
    assert {stat.S_IMODE(path.stat().st_mode) for path in export.iterdir()} == {0o644}
    assert stat.S_IMODE(export.stat().st_mode) == 0o755


def test_what_is_there_and_whole_is_not_written_again(export: Path, tmp_path: Path) -> None:
    assert save_encoder(tmp_path, FIRST, refuse) == export


def test_builds_share_it_and_it_goes_with_its_encoder(export: Path, tmp_path: Path) -> None:
    build(tmp_path, FIRST, "Drones flew.")
    assert load_encoder(tmp_path, FIRST) == export
    build(tmp_path, SECOND, "Drones flew.")
    assert load_encoder(tmp_path, FIRST) is None
    assert not export.exists()


def alter(path: Path) -> None:
    path.write_bytes(b"!" + path.read_bytes()[1:])


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


@pytest.mark.parametrize("name", [*FILES, "manifest.json"])
@pytest.mark.parametrize("damage", [alter, cut, Path.unlink])
def test_damage_is_named_and_repaired_by_the_next_export(
    name: str, damage: Callable[[Path], None], export: Path, tmp_path: Path
) -> None:
    damage(export / name)
    with pytest.raises(IndexDamagedError, match=name.replace(".", r"\.")) as error:
        load_encoder(tmp_path, FIRST)
    assert "--light" in error.value.hint
    save_encoder(tmp_path, FIRST, write)
    assert load_encoder(tmp_path, FIRST) == export
    assert load_index(tmp_path).passages


def test_another_format_is_refused_and_replaced(export: Path, tmp_path: Path) -> None:
    manifest = json.loads((export / "manifest.json").read_text())
    (export / "manifest.json").write_text(json.dumps(manifest | {"format": 9}))
    with pytest.raises(IndexMismatchError, match="format 9") as error:
        load_encoder(tmp_path, FIRST)
    assert "--light" in error.value.hint
    save_encoder(tmp_path, FIRST, write)
    assert load_encoder(tmp_path, FIRST) == export


def test_all_sums_are_checked_on_request(export: Path, tmp_path: Path) -> None:
    build_bytes = check_index(tmp_path) - sum(map(len, FILES.values()))
    assert build_bytes > 0
    alter(export / "model.bin")
    with pytest.raises(IndexDamagedError, match=r"model\.bin"):
        check_index(tmp_path)


def test_an_export_that_fails_leaves_nothing(tmp_path: Path) -> None:
    build(tmp_path, FIRST)
    before = names(tmp_path)
    with pytest.raises(AssertionError):
        save_encoder(tmp_path, FIRST, refuse)
    assert names(tmp_path) == before


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_killed_at_any_moment_it_is_whole_or_not_there(tmp_path: Path) -> None:
    build(tmp_path, FIRST)
    event = 1
    while killed_at(event, lambda: save_encoder(tmp_path, FIRST, write)):
        place = load_encoder(tmp_path, FIRST)
        assert place is None or (place / "model.bin").read_bytes() == FILES["model.bin"]
        assert load_index(tmp_path).passages
        event += 1
    assert event > 5
    assert load_encoder(tmp_path, FIRST)
    build(tmp_path, FIRST, "Drones flew.")
    assert not [name for name in names(tmp_path) if name.startswith(".partial")]
