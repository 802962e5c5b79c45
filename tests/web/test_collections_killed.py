"""Killed at any moment, a collection is entirely the old one or entirely the new one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from qa.surfaces.web.collections import Collections
from tests.index.test_killed import killed_at
from tests.web.library import EXPO, PARK, collections_in, written

Change = Callable[[Collections, str, list[Path]], object]
State = tuple[str, dict[str, str], set[str]]

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="needs os.fork"),
    pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning"),
]


def state(data: Path) -> State:
    """What the collection below `data` holds, as a server that starts now sees it."""
    collections = collections_in(data)
    (mine,) = collections.all()
    assert mine.problem is None
    titles = {row.doc_id: row.title for row in collections.documents(mine.id)}
    bot = collections.bot(mine.id)
    assert {doc_id: document.title for doc_id, document in bot.documents.items()} == titles
    assert len(titles) == mine.documents
    # The next change clears what the killed one left.
    collections.rename(mine.id, mine.name)
    folder = data / "collections" / mine.id
    assert {path.name for path in folder.iterdir()} <= {"collection.json", "sources", "index"}
    return mine.name, titles, {path.name for path in (folder / "sources").iterdir()}


def add(collections: Collections, collection_id: str, files: list[Path]) -> None:
    assert collections.add(collection_id, files).documents == ("a.md", "b.txt")


def remove(collections: Collections, collection_id: str, files: list[Path]) -> None:
    collections.remove_document(collection_id, "old.md")


def retitle(collections: Collections, collection_id: str, files: list[Path]) -> None:
    collections.rename_document(collection_id, "old.md", "A better title")


def rename(collections: Collections, collection_id: str, files: list[Path]) -> None:
    collections.rename(collection_id, "Another name")


def replaced(collections: Collections, collection_id: str) -> None:
    collections.remove(collection_id)
    collections.create("Other")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("change", "least"),
    [(add, 25), (remove, 20), (retitle, 20), (rename, 3)],
    ids=["add", "remove", "retitle", "rename"],
)
def test_a_change_is_made_whole_or_not_at_all(tmp_path: Path, change: Change, least: int) -> None:
    before = tmp_path / "before"
    collections = collections_in(before)
    mine = collections.create("Mine")
    old = written(
        tmp_path / "old", old__md="# Old\n\nThe old article.\n", kept__md="# Kept\n\nK.\n"
    )
    collections.add(mine.id, old)
    files = written(tmp_path / "files", a__md=EXPO, b__txt=PARK)
    after = shutil.copytree(before, tmp_path / "after")
    change(collections_in(after), mine.id, files)
    states = [state(before), state(after)]
    assert states[0] != states[1]
    seen = set()
    for event in count(1):
        data = shutil.copytree(before, tmp_path / str(event))
        opened = collections_in(data)
        opened.bot(mine.id)

        if not killed_at(event, lambda: change(opened, mine.id, files)):  # noqa: B023
            assert state(data) == states[1]
            break
        found = state(data)
        assert found in states
        seen.add(states.index(found))
        shutil.rmtree(data)
    assert event > least
    assert seen == {0, 1} or (change is rename and 0 in seen)


@pytest.mark.slow
def test_a_collection_is_removed_or_made_whole_or_not_at_all(tmp_path: Path) -> None:
    before = tmp_path / "before"
    collections = collections_in(before)
    mine = collections.create("Mine")
    collections.add(mine.id, written(tmp_path / "files", a__md=EXPO))
    for event in count(1):
        data = shutil.copytree(before, tmp_path / str(event))
        opened = collections_in(data)
        killed = killed_at(event, lambda: replaced(opened, mine.id))  # noqa: B023
        again = collections_in(data)
        assert [c.name for c in again.all()] in (["Mine"], [], ["Other"])
        assert all(c.problem is None for c in again.all())
        folders = {path.name for path in (data / "collections").iterdir() if path.is_dir()}
        assert folders == {c.id for c in again.all()}
        if not killed:
            break
    assert event > 5
