"""Where indexes that can be made again are kept."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from qa.surfaces.cli.cache import index_folder
from qa.surfaces.user_folders import cache_folder, data_folder


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="XDG is for other systems")
def test_the_folder_is_the_platforms(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "mine"))
    assert cache_folder() == tmp_path / "mine" / "footnote-qa"
    for ignored in ("", "relative"):
        monkeypatch.setenv("XDG_CACHE_HOME", ignored)
        assert cache_folder() == tmp_path / ".cache" / "footnote-qa"
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "mine"))
    assert data_folder() == tmp_path / "mine" / "footnote-qa"
    monkeypatch.delenv("XDG_DATA_HOME")
    assert data_folder() == tmp_path / ".local" / "share" / "footnote-qa"
    assert not list(tmp_path.iterdir())


def test_every_corpus_has_a_folder_of_its_own(tmp_path: Path) -> None:
    one, two = tmp_path / "one" / "docs", tmp_path / "two" / "docs"
    assert index_folder([one]) == index_folder([one / ".." / "docs"])
    folders = {index_folder(places) for places in ([one], [two], [one, two], [two, one])}
    assert len(folders) == 4
    assert all(folder.parent == cache_folder() / "indexes" for folder in folders)


def test_a_hostile_name_stays_one_short_name(tmp_path: Path) -> None:
    for name in ("机器人", "x" * 200, "a b\n;c"):
        folder = index_folder([tmp_path / name])
        assert folder.parent == cache_folder() / "indexes"
        assert len(folder.name) < 80
        assert folder.name.isascii()
