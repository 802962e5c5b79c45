"""The command line in this process: arguments in, exit code and what was printed out."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from qa.surfaces.cli import main

ARTICLES = {
    "expo.md": b"# Smart China Expo\n\nThe 2019 expo signed 530 projects.\n\nRobots danced.\n",
    "park.txt": "The park of Lijia\r\n\r\nIt opened in 2018. 机器人跳舞 🤖 there.\r\n".encode(),
    # A terminal that printed this as it is would turn red, and its title would change.
    "lantern.txt": "The lantern\n\n"
    "Hongya lit a \x1b[31mred\x1b]0;owned\x07 lantern in 1997.\x9b2J "
    "It hung\u2028 there for long.\n".encode(),
}


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    code: int
    out: str
    err: str


Cli = Callable[..., Done]


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str]) -> Cli:
    """Run `qa ARGUMENTS`."""

    def run(*arguments: str | Path) -> Done:
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else -1
        printed = capsys.readouterr()
        assert "Traceback" not in printed.err
        assert "should not have happened" not in printed.err
        return Done(code, printed.out, printed.err)

    return run


@pytest.fixture(scope="session")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("articles")
    for name, content in ARTICLES.items():
        (folder / name).write_bytes(content)
    return folder


@pytest.fixture(scope="session")
def built(articles: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the articles, made by the command; not to be changed."""
    index = tmp_path_factory.mktemp("built") / "index"
    assert main(["build", str(articles), "--index", str(index)]) == 0
    return index


@pytest.fixture
def index(built: Path, tmp_path: Path) -> Path:
    """A copy of that index, to be damaged."""
    return Path(shutil.copytree(built, tmp_path / "index"))
