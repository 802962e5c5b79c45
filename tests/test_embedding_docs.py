"""docs/embedding.md tells the truth: its blocks run in order, its commands and names exist."""

from __future__ import annotations

import re
import runpy
import shutil
import tomllib
from pathlib import Path

import pytest

import qa
from qa.surfaces.cli.parser import make_parser
from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "embedding.md").read_text("utf-8")


@pytest.mark.real
def test_the_blocks_run_one_after_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocks = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    assert len(blocks) >= 5
    script = tmp_path / "page.py"
    script.write_text("\n".join(blocks), "utf-8")
    shutil.copytree(ROOT / "corpus", tmp_path / "corpus")
    monkeypatch.chdir(tmp_path)
    ran = runpy.run_path(str(script))
    assert len(ran["answers"]) == 2


def test_the_table_of_the_bot_is_right() -> None:
    named = re.findall(r"`(?:await )?bot\.(\w+)", PAGE)
    assert {"ask", "ask_many", "aask", "retrieve", "reload", "stale", "warm"} <= set(named)
    assert all(hasattr(qa.Bot, name) for name in named)


def test_its_commands_can_be_parsed() -> None:
    commands = re.findall(r"^    qa (.*?)(?:  #.*)?$", PAGE, re.MULTILINE)
    assert commands
    for command in commands:
        words = re.findall(r'"([^"]*)"|(\S+)', command)
        make_parser().parse_args([quoted or plain for quoted, plain in words])


def test_it_says_what_every_extra_brings() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    for extra in extras["optional-dependencies"]:
        assert f"| `footnote-qa[{extra}]` |" in PAGE
