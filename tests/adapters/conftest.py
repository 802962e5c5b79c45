"""A bot whose answers can be worked out by hand, and the pages that show how to use it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import qa
from tests.conftest import ROOT
from tests.fakes import WordEncoder
from tests.pages import in_language
from tests.readers import OverlapReader
from tests.test_offline import session

ARTICLES = (
    qa.Document(
        "expo/2019.md",
        "The expo of 2019",
        "# Signed\n\nThe 2019 expo signed 530 projects. Robots danced at the opening.\n",
        url="https://example.org/2019",
        date="2019-08-29",
        source_sha256="ab" * 32,
    ),
    qa.Document("park.txt", "The park", "Lijia park opened in 2018. 机器人 🤖 danced there."),
    qa.Document("scan.pdf", "A scan", "One page.\fRobots slept on page two.", page_starts=(0, 10)),
)
SIGNED = "How many projects did the 2019 expo sign?"
UNKNOWN = "Who invented the umbrella in Paris?"

Page = Callable[[str], dict[str, list[str]]]


@pytest.fixture(scope="session")
def bot() -> qa.Bot:
    return qa.build(ARTICLES, encoder=WordEncoder(), reader=OverlapReader())


@pytest.fixture
def run_page(tmp_path: Path, real_index: Path) -> Page:
    """Run the Python of a page in docs/ beside an index; what it tried to reach comes back."""

    def run(name: str) -> dict[str, list[str]]:
        blocks = [block.text for block in in_language(ROOT / "docs" / name, "python")]
        assert blocks
        script = tmp_path / "page.py"
        chdir = f"import os\nos.chdir({str(tmp_path)!r})\n"
        script.write_text("\n".join([chdir, *blocks]), "utf-8")
        (tmp_path / "index").symlink_to(real_index, target_is_directory=True)
        return session("run", script)

    return run
