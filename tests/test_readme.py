"""The README tells the truth: its code runs, its commands and files exist."""

from __future__ import annotations

import re
import runpy
import shutil
from pathlib import Path

import pytest

from qa.surfaces.cli.parser import make_parser
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text("utf-8")


@pytest.mark.real
def test_the_python_example_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The block runs as it stands, its own assertion included, and answers from the articles."""
    block = re.search(r"```python\n(.*?)```", README, re.DOTALL)
    assert block is not None
    script = tmp_path / "example.py"
    script.write_text(block.group(1), "utf-8")
    shutil.copytree(ROOT / "corpus", tmp_path / "corpus")
    monkeypatch.chdir(tmp_path)
    ran = runpy.run_path(str(script))
    assert "530" in ran["answer"].text
    assert "530" in ran["citation"].quote


def test_every_command_is_in_the_readme_and_the_other_way_round() -> None:
    """The table of commands and the parser name the same ones."""
    usage = make_parser().format_help()
    commands = set(re.findall(r"^    (\w+)(?: +\S|$)", usage, re.MULTILINE))
    assert commands
    assert set(re.findall(r"`qa (\w+)", README)) == commands


def test_every_make_target_in_the_readme_exists() -> None:
    """A target that the README names is in the Makefile."""
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target in set(re.findall(r"make ([a-z]+)", README)) - {"it"}:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_every_link_leads_to_a_file() -> None:
    """Links in the README and in docs/ that are no addresses name files of the repository."""
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]
    for page in pages:
        for link in re.findall(r"\]\(([^)#\s]+)", page.read_text("utf-8")):
            if not link.startswith(("http://", "https://")):
                assert (page.parent / link).exists(), f"{page.name}: {link}"
