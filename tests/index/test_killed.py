"""Killed at any moment, an index is entirely the old one or entirely the new one."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import sys
from collections.abc import Callable
from functools import partial
from itertools import count, cycle
from pathlib import Path

import pytest

from qa.index import Index, build_index, check_index, load_index, save_index
from qa.types import Document, Settings
from tests.fakes import WordEncoder

# What changes a disk; "open" does where it opens for writing.
CHANGES = {"os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.chmod", "shutil.rmtree"}
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="needs os.fork"),
    pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning"),
]


def built(word: str) -> Index:
    documents = [Document(f"{n}.txt", "", f"{word} {n}. " * 20) for n in range(3)]
    return build_index(documents, WordEncoder(), Settings(passage_tokens=40))


OLD, NEW, LATER = built("old"), built("new"), built("later")


def is_index(folder: Path, expected: Index) -> bool:
    opened = load_index(folder)
    return dict(opened.documents) == dict(expected.documents) and (
        opened.vectors.tolist() == expected.vectors.tolist()
        and opened.lexical.scores.tolist() == expected.lexical.scores.tolist()
    )


def killed_at(event: int, action: Callable[[], object]) -> bool:
    """Run `action` in a child that is killed at its `event`-th change; False where it came through.

    At most what Python has handed to the system is on disk then, as after a real kill.
    """
    child = os.fork()
    if child == 0:
        code = 1
        try:
            seen = 0

            def hook(name: str, arguments: tuple[object, ...]) -> None:
                nonlocal seen
                flags = arguments[2] if name == "open" else 0
                if name in CHANGES or (isinstance(flags, int) and flags & WRITING):
                    seen += 1
                    if seen == event:
                        os._exit(9)

            sys.addaudithook(hook)
            action()
            code = 0
        finally:
            os._exit(code)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code in (0, 9)
    return code == 9


def clean(folder: Path) -> bool:
    """Only `current`, the lock and at most two builds are there."""
    names = {path.name for path in folder.iterdir()}
    builds = {name for name in names if (folder / name).is_dir()}
    return names - builds <= {"current", ".lock"} and 1 <= len(builds) <= 2


def test_a_first_build_that_is_killed(tmp_path: Path) -> None:
    for event in count(1):
        folder = tmp_path / str(event)
        was_killed = killed_at(event, partial(save_index, NEW, folder))
        if not was_killed or (folder / "current").exists():
            assert is_index(folder, NEW)
        if not was_killed:
            break
        save_index(NEW, folder)
        assert is_index(folder, NEW)
        assert clean(folder)
    assert event > 10


def test_a_build_upon_another_that_is_killed(tmp_path: Path) -> None:
    save_index(LATER, tmp_path / "before")
    save_index(OLD, tmp_path / "before")
    outcomes = set()
    # Whatever is built afterwards: what was there, what was to come, or what was there before that.
    for event, then in zip(count(1), cycle([OLD, NEW, LATER]), strict=False):
        folder = shutil.copytree(tmp_path / "before", tmp_path / str(event))
        was_killed = killed_at(event, partial(save_index, NEW, folder))
        is_old, is_new = is_index(folder, OLD), is_index(folder, NEW)
        assert is_old != is_new
        assert check_index(folder) > 0
        outcomes.add((was_killed, is_new))
        save_index(then, folder)
        assert is_index(folder, then)
        assert clean(folder)
        if not was_killed:
            break
    assert outcomes == {(True, False), (True, True), (False, True)}


def test_replacing_a_damaged_build_that_is_killed(tmp_path: Path) -> None:
    """There is no old one to fall back on, but the next build always puts it right."""
    build_id = save_index(NEW, tmp_path / "before").build_id
    (tmp_path / "before" / str(build_id) / "vectors.npy").write_bytes(b"")
    for event in count(1):
        folder = shutil.copytree(tmp_path / "before", tmp_path / str(event))
        if not killed_at(event, partial(save_index, NEW, folder)):
            assert is_index(folder, NEW)
            break
        save_index(NEW, folder)
        assert is_index(folder, NEW)
        assert clean(folder)
    assert event > 20


def _save_often(folder: Path, words: list[str]) -> None:
    for word in words:
        save_index(built(word), folder)


def test_two_processes_that_save_at_once_wait_for_each_other(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    words = ["one", "two"]
    processes = [
        context.Process(target=_save_often, args=(tmp_path, [word, f"{word} again", "both"]))
        for word in words
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0, 0]
    assert is_index(tmp_path, built("both"))
    assert check_index(tmp_path) > 0
    assert clean(tmp_path)
