"""docs/proof.md tells the truth: what it says that `qa quote` prints is what is printed."""

from __future__ import annotations

import re
import shlex
import textwrap
from pathlib import Path
from typing import get_args

import pytest

from qa.documents import gather
from qa.index import build_index, save_index
from qa.types import Settings
from qa.verify import Verdict
from tests.cli.conftest import Cli
from tests.conftest import ROOT
from tests.fakes import WordEncoder

PAGE = (ROOT / "docs" / "proof.md").read_text("utf-8")
BLOCKS = re.findall(r"(?:^    .*\n|^\n(?=    ))+", PAGE, re.MULTILINE)
EXAMPLES = [
    (shlex.split(command), printed)
    for block in BLOCKS
    for command, printed in re.findall(
        r"^\$ qa (quote .*)\n((?:(?!\$).*\n)*)", textwrap.dedent(block), re.MULTILINE
    )
]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the bundled articles; looking for a passage needs no encoder."""
    folder = tmp_path_factory.mktemp("corpus")
    documents = gather(ROOT / "corpus").documents
    save_index(build_index(documents, WordEncoder(), Settings()), folder)
    return folder


def test_there_are_examples() -> None:
    assert [command[0] for command, _ in EXAMPLES] == ["quote", "quote"]


@pytest.mark.parametrize(("command", "printed"), EXAMPLES)
def test_an_example_prints_what_the_page_says(
    cli: Cli, corpus: Path, command: list[str], printed: str
) -> None:
    place = command.index("--index") + 1
    done = cli(*command[:place], corpus)
    assert done.err == ""
    assert done.out.rstrip() == printed.rstrip()


def test_every_verdict_is_explained() -> None:
    named = re.findall(r"^\| ([a-z-]+) \|", PAGE, re.MULTILINE)
    assert named[1:] == list(get_args(Verdict))
