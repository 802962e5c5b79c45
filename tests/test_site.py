"""The documentation builds as a site without a warning, which needs nothing from elsewhere."""

from __future__ import annotations

import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

import qa
from qa.surfaces.cli.parser import make_parser
from scripts.command_reference import commands
from tests.conftest import ROOT

pytestmark = pytest.mark.slow

LOADING = {"src", "srcset", "poster", "data", "action"}
ELSEWHERE = re.compile(r"(?:https?:)?//(?!www\.w3\.org/)", re.IGNORECASE)


class Loads(HTMLParser):
    """Collects the addresses that a browser loads by itself when it shows a page."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page.read_text("utf-8"))

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        for name, value in attributes:
            if name in LOADING or (tag == "link" and name == "href") or name == "style":
                self.found.append(value or "")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built as `make docs` does: a warning is an error."""
    folder = tmp_path_factory.mktemp("site")
    makefile = (ROOT / "Makefile").read_text("utf-8")
    (command,) = re.findall(r"^\t\$\(BIN\)/python (-m sphinx .*) site$", makefile, re.MULTILINE)
    built = subprocess.run(
        [sys.executable, *command.split(), str(folder)], cwd=ROOT, capture_output=True, text=True
    )
    assert (built.returncode, built.stderr) == (0, "")
    return folder


def test_no_page_loads_anything_from_elsewhere(site: Path) -> None:
    shown = sorted(site.rglob("*.html"))
    assert len(shown) > 30
    for page in shown:
        assert [address for address in Loads(page).found if ELSEWHERE.match(address)] == []
    for sheet in site.rglob("*.css"):
        loaded = re.findall(r"(?:url\(|@import\s*)[\"']?([^\"')]+)", sheet.read_text("utf-8"))
        assert [address for address in loaded if ELSEWHERE.match(address)] == []


def test_every_public_name_is_in_the_reference(site: Path) -> None:
    page = (site / "docs" / "reference" / "python.html").read_text("utf-8")
    for name in qa.__all__:
        assert f'id="qa.{name}"' in page, name
    for name in dir(qa.Bot):
        assert name.startswith("_") or f'id="qa.Bot.{name}"' in page, name


def test_every_command_is_in_the_reference(site: Path) -> None:
    page = (site / "docs" / "reference" / "commands.html").read_text("utf-8")
    for command, _ in commands(make_parser()):
        assert f'id="{command.prog.replace(" ", "-")}"' in page
        for option in command._option_string_actions:
            assert option in page or option in ("-h", "--help")


def test_it_can_be_searched_without_a_server(site: Path) -> None:
    index = (site / "searchindex.js").read_text("utf-8")
    assert index.startswith("Search.setIndex(")
    assert "verbatim" in index
