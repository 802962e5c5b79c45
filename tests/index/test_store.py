"""An index on disk: it comes back as it was, and one that was altered does not open."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from qa.errors import (
    IndexDamagedError,
    IndexMismatchError,
    IndexNotFoundError,
    QAError,
)
from qa.index import (
    Index,
    build_index,
    check_index,
    load_index,
    load_previous,
    save_index,
)
from qa.types import Document, Settings, Source
from tests.fakes import WordEncoder
from tests.texts import articles

SETTINGS = Settings(passage_tokens=24, overlap_sentences=2, keep_chrome=True)
FRONT = "---\ntitle: x\n---\n"
BREAKS = "\u2028 \x85 \r \r\n \x0b \x1c \u2029"
DOCUMENTS = [
    Document(
        id="sub/expo #1.md",
        title=f"Expo{BREAKS}2018",
        text=f"{FRONT}# Robots\x0bdance{BREAKS}\n\nRobots danced 🤖. 机器人。\r\n\r\nE\u0301lan!",
        url="https://example.org/?a=1&b=2",
        date="2018-08-23",
        sources=(
            Source("City report", "unknown", date_note="undated"),
            Source(f"Second{BREAKS}", "Press", "2019"),
        ),
        source_sha256="a" * 64,
        body_start=len(FRONT),
    ),
    Document("pages.pdf", "Pages", "First page 👍🏽.\fSecond page.", page_starts=(0, 15)),
    Document("空.txt", "空", ""),
]
OTHERS = [*DOCUMENTS[1:], Document("new.txt", "New", "Drones flew. " * 20)]


def built(documents: list[Document] = DOCUMENTS, how: Settings = SETTINGS) -> Index:
    index = build_index(documents, WordEncoder("mine", sha256="b" * 64), how)
    return replace(index, extractors={"plain": "1"}, skipped=["bad.xyz: unknown suffix"])


def arrays(index: Index) -> list[NDArray[Any]]:
    lexical = index.lexical
    return [index.vectors, lexical.pointers, lexical.passages, lexical.scores]


def same(one: Index, other: Index) -> None:
    """Equal in all but where they lie."""
    assert dict(one.documents) == dict(other.documents)
    assert list(one.documents) == list(other.documents)
    assert list(one.passages) == list(other.passages)
    assert dict(one.lexical.vocabulary) == dict(other.lexical.vocabulary)
    assert one.lexical.size == other.lexical.size
    for ours, theirs in zip(arrays(one), arrays(other), strict=True):
        assert ours.dtype == theirs.dtype
        assert ours.tolist() == theirs.tolist()
    assert one.settings == other.settings
    assert (one.encoder_name, one.encoder_sha256) == (other.encoder_name, other.encoder_sha256)
    assert dict(one.extractors) == dict(other.extractors)
    assert list(one.skipped) == list(other.skipped)


def snapshot(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".lock"
    }


def current(folder: Path) -> Path:
    return folder / (folder / "current").read_text().strip()


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    save_index(built(), tmp_path / "index")
    return tmp_path / "index"


@pytest.mark.parametrize("how", [SETTINGS, Settings(overlap_sentences=0)])
@pytest.mark.parametrize("documents", [DOCUMENTS, OTHERS, [], [DOCUMENTS[2]]])
def test_what_is_saved_comes_back(tmp_path: Path, documents: list[Document], how: Settings) -> None:
    index = built(documents, how)
    saved = save_index(index, tmp_path / "new" / "index")
    same(index, saved)
    same(index, load_index(tmp_path / "new" / "index"))
    assert saved.build_id == load_index(tmp_path / "new" / "index").build_id
    assert saved.settings == replace(how, encoder="mine")
    for document in saved.documents.values():
        assert document.text == dict(index.documents)[document.id].text


@settings(max_examples=20)
@given(articles, articles)
def test_any_text_comes_back(
    tmp_path_factory: pytest.TempPathFactory, text: str, title: str
) -> None:
    folder = tmp_path_factory.mktemp("index")
    index = build_index([Document("a.txt", title, text)], WordEncoder(), SETTINGS)
    same(index, save_index(index, folder))
    shutil.rmtree(folder)


def test_the_same_build_is_not_written_again(saved: Path) -> None:
    before = snapshot(saved)
    build_id = load_index(saved).build_id
    assert save_index(built(), saved).build_id == build_id
    assert snapshot(saved) == before
    assert build_id == current(saved).name


def test_builds_that_are_neither_current_nor_previous_are_removed(saved: Path) -> None:
    first = current(saved)
    save_index(built(OTHERS), saved)
    second = current(saved)
    assert first.is_dir()
    save_index(built(OTHERS[:1]), saved)
    assert not first.exists()
    assert second.is_dir()
    save_index(built(OTHERS), saved)
    same(load_index(saved), built(OTHERS))
    assert {p.name for p in saved.iterdir() if p.is_dir()} == {
        current(saved).name,
        built_id(built(OTHERS[:1]), saved.parent),
    }


def built_id(index: Index, scratch: Path) -> str | None:
    return save_index(index, scratch / "elsewhere").build_id


def test_what_is_not_ours_is_left_alone(saved: Path) -> None:
    (saved / "notes").mkdir()
    (saved / "README.md").write_text("Kept.")
    for documents in (OTHERS, OTHERS[:1], DOCUMENTS):
        save_index(built(documents), saved)
    assert (saved / "notes").is_dir()
    assert (saved / "README.md").read_text() == "Kept."


def test_a_reader_of_the_previous_build_goes_on_reading(saved: Path) -> None:
    opened = load_index(saved)
    save_index(built(OTHERS), saved)
    same(opened, built())


def test_nothing_is_pickled(saved: Path) -> None:
    names = {path.name for path in current(saved).iterdir()}
    assert {Path(name).suffix for name in names} <= {".json", ".jsonl", ".npy", ".txt"}
    for path in current(saved).glob("*.npy"):
        assert np.load(path, allow_pickle=False).dtype != object


def test_arrays_are_memory_mapped(saved: Path) -> None:
    assert not load_index(saved).vectors.flags.writeable
    assert not load_index(saved).vectors.flags.owndata


def test_the_manifest_says_what_was_built_with_what(saved: Path) -> None:
    manifest = json.loads((current(saved) / "manifest.json").read_text("utf-8"))
    assert manifest["settings"]["passage_tokens"] == 24
    assert manifest["encoder"] == {"name": "mine", "sha256": "b" * 64}
    assert manifest["analyser"] == "english-1"
    assert manifest["counts"]["documents"] == 3
    assert manifest["sources"]["sub/expo #1.md"] == "a" * 64
    assert manifest["sources"]["空.txt"] == hashlib.sha256(b"").hexdigest()
    for name, entry in manifest["files"].items():
        data = (current(saved) / name).read_bytes()
        assert entry == {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    assert set(manifest["files"]) | {"manifest.json"} == {p.name for p in current(saved).iterdir()}
    assert check_index(saved) == sum(entry["bytes"] for entry in manifest["files"].values())


@pytest.mark.parametrize("name", ["missing", "empty", "file"])
def test_no_index(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").touch()
    with pytest.raises(IndexNotFoundError, match=name) as error:
        load_index(tmp_path / name)
    assert "qa build" in error.value.hint
    assert load_previous(tmp_path / name) is None


def test_an_empty_folder_takes_an_index(tmp_path: Path) -> None:
    same(save_index(built(), tmp_path), built())


def refused(folder: Path, kind: type[QAError], *words: str) -> None:
    """Both ways of opening say what is wrong, and the next build puts it right."""
    for attempt in (load_index, check_index):
        with pytest.raises(kind) as error:
            attempt(folder)
        assert "qa build" in error.value.hint
        for word in words:
            assert word in str(error.value)
    assert load_previous(folder) is None
    same(save_index(built(), folder), built())
    same(load_index(folder), built())
    assert check_index(folder) > 0


@pytest.mark.parametrize(
    "line",
    ["", "garbage", "../../x", "/etc", ".", "0" * 15, "0" * 17, "G" * 16, "\u00e9" * 16, "a\nb"],
)
def test_a_damaged_pointer(saved: Path, line: str) -> None:
    (saved / "current").write_text(line, "utf-8")
    refused(saved, IndexDamagedError, "current")


def test_a_pointer_of_any_bytes(saved: Path) -> None:
    (saved / "current").write_bytes(bytes(range(256)))
    refused(saved, IndexDamagedError, "current")


def test_a_pointer_that_leaves_the_folder_is_not_followed(saved: Path) -> None:
    outside = saved.parent / current(saved).name
    shutil.copytree(current(saved), outside)
    (saved / "current").write_text(f"../{outside.name}")
    with pytest.raises(IndexDamagedError, match="current"):
        load_index(saved)


def test_a_build_that_is_gone(saved: Path) -> None:
    name = current(saved).name
    shutil.rmtree(current(saved))
    refused(saved, IndexDamagedError, name, "current")


FILES = (
    "documents.jsonl passages.jsonl terms.txt vectors.npy lexical_pointers.npy "
    "lexical_passages.npy lexical_scores.npy"
).split()


def test_every_file_is_named_here(saved: Path) -> None:
    assert {path.name for path in current(saved).iterdir()} == {*FILES, "manifest.json"}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("place", [0.0, 0.5, 1.0])
def test_an_altered_byte(saved: Path, name: str, place: float) -> None:
    path = current(saved) / name
    data = bytearray(path.read_bytes())
    expected = hashlib.sha256(data).hexdigest()
    data[int(place * (len(data) - 1))] ^= 1
    path.write_bytes(data)
    refused(saved, IndexDamagedError, name, expected, hashlib.sha256(data).hexdigest())


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("left", [0.0, 0.5])
def test_a_truncated_file(saved: Path, name: str, left: float) -> None:
    path = current(saved) / name
    size = path.stat().st_size
    path.write_bytes(path.read_bytes()[: int(left * size)])
    refused(saved, IndexDamagedError, name, str(size), str(int(left * size)))


@pytest.mark.parametrize("name", [*FILES, "manifest.json"])
def test_a_missing_file(saved: Path, name: str) -> None:
    (current(saved) / name).unlink()
    refused(saved, IndexDamagedError, name)


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "{}", '"x"', "[" * 100_000, "\x00", "1"])
def test_a_manifest_that_is_none(saved: Path, text: str) -> None:
    (current(saved) / "manifest.json").write_text(text)
    refused(saved, IndexDamagedError, "manifest.json")


def test_a_manifest_of_other_bytes(saved: Path) -> None:
    (current(saved) / "manifest.json").write_bytes(b"\xff\xfe{}")
    refused(saved, IndexDamagedError, "manifest.json")


def test_no_letter_or_digit_of_the_manifest_can_be_altered(saved: Path) -> None:
    path = current(saved) / "manifest.json"
    whole = path.read_bytes()
    for place in range(0, len(whole), 7):
        if not chr(whole[place]).isspace():
            path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
            with pytest.raises((IndexDamagedError, IndexMismatchError)):
                load_index(saved)


def rewrite(folder: Path, change: Callable[[dict[str, object]], object]) -> None:
    path = current(folder) / "manifest.json"
    manifest = json.loads(path.read_text("utf-8"))
    change(manifest)
    path.write_text(json.dumps(manifest), "utf-8")


@pytest.mark.parametrize("number", [0, 2, "1", None])
def test_another_format(saved: Path, number: object) -> None:
    rewrite(saved, lambda manifest: manifest.update(format=number))
    refused(saved, IndexMismatchError, f"format {number}", "format 1")


def test_a_later_format_may_look_otherwise(saved: Path) -> None:
    (current(saved) / "manifest.json").write_text('{"format": 7, "layers": []}')
    refused(saved, IndexMismatchError, "format 7", "format 1")


@pytest.mark.parametrize("analyser", ["german-1", "english-2", None])
def test_another_analyser(saved: Path, analyser: object) -> None:
    rewrite(saved, lambda manifest: manifest.update(analyser=analyser))
    refused(saved, IndexMismatchError, repr(analyser), "'english-1'")


@pytest.mark.parametrize(
    "change",
    [
        lambda manifest: manifest["settings"].update(passage_tokens=25),
        lambda manifest: manifest.update(files={}),
        lambda manifest: manifest.pop("files"),
        lambda manifest: manifest["encoder"].update(sha256="c" * 64),
        lambda manifest: manifest.update(build_id="0" * 16),
        lambda manifest: manifest.pop("build_id"),
    ],
    ids=["settings", "no sums", "no files", "encoder", "build id", "no build id"],
)
def test_a_manifest_that_was_edited(
    saved: Path, change: Callable[[dict[str, object]], object]
) -> None:
    rewrite(saved, change)
    refused(saved, IndexDamagedError, "manifest.json")


def test_a_build_under_the_name_of_another(saved: Path) -> None:
    name = current(saved).name
    save_index(built(OTHERS), saved)
    shutil.rmtree(saved / name)
    current(saved).rename(saved / name)
    (saved / "current").write_text(name)
    refused(saved, IndexDamagedError, name)


@given(st.binary(max_size=40))
def test_any_pointer_is_an_index_or_an_error(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    folder = tmp_path_factory.mktemp("index")
    (folder / "current").write_bytes(data)
    with pytest.raises(IndexDamagedError):
        load_index(folder)
