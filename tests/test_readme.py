"""The README's table of commands, and the targets it names, are those that there are."""

from __future__ import annotations

import re

from qa.surfaces.cli.parser import make_parser
from scripts.command_reference import commands
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text("utf-8")


def test_every_command_is_in_the_readme_and_the_other_way_round() -> None:
    """The table of commands and the parser name the same ones."""
    names = {command.prog.removeprefix("qa ") for command, _ in commands(make_parser())}
    assert set(re.findall(r"`qa (\w+)", README)) == names


def test_every_make_target_in_the_readme_exists() -> None:
    """A target that the README names is in the Makefile."""
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target in set(re.findall(r"make ([a-z]+)", README)) - {"it"}:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
