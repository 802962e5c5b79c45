"""The Python of the documentation runs as it stands: a page's blocks one after the other."""

from __future__ import annotations

import doctest
import runpy
import shutil
from pathlib import Path

import pytest

from tests import pages
from tests.conftest import ROOT
from tests.pages import PAGES, each

# Why the blocks of a page do not run here.
ELSEWHERE = {
    "docs/chat.md": "serves until it is stopped; tests/web serves the same page",
    "docs/haystack.md": "tests/adapters/test_haystack.py runs it beside Haystack alone",
    "docs/http.md": "asks a server: tests/http/test_docs.py has one",
    "docs/langchain.md": "tests/adapters/test_langchain.py runs it beside LangChain alone",
    "docs/llamaindex.md": "tests/adapters/test_llamaindex.py runs it beside LlamaIndex alone",
    "docs/mcp.md": "starts a server: tests/mcp/test_docs.py",
}


def blocks(page: Path) -> str:
    """The Python blocks of a page as one program, its lines where they are on the page."""
    lines: list[str] = []
    for block in pages.in_language(page, "python"):
        lines += [""] * (block.line - len(lines))
        lines += block.text.splitlines()
    return "\n".join(lines) + "\n"


def examples(page: Path) -> str:
    """The examples with prompts on a page."""
    shown = pages.in_language(page, "", "pycon")
    return "\n".join(block.text for block in shown if block.text.startswith(">>>"))


WITH_BLOCKS = [page for page in PAGES if blocks(page).strip()]
WITH_EXAMPLES = [page for page in PAGES if examples(page)]


@pytest.fixture
def folder(tmp_path: Path, real_index: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What a page may count on: the bundled articles, their index, and a PDF that is none."""
    shutil.copytree(ROOT / "corpus", tmp_path / "corpus")
    shutil.copytree(real_index, tmp_path / "index")
    (tmp_path / "scan.pdf").write_bytes(b"%PDF-1.4 and no more")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.real
@each([page for page in WITH_BLOCKS if pages.name(page) not in ELSEWHERE])
def test_the_blocks_run_one_after_the_other(page: Path, folder: Path) -> None:
    script = folder / f"{page.stem}.py"
    script.write_text(blocks(page), "utf-8")
    ran = runpy.run_path(str(script))
    if page.name == "README.md":
        assert "530" in ran["answer"].text
        assert "530" in ran["citation"].quote


@pytest.mark.real
@each(WITH_EXAMPLES)
def test_the_examples_print_what_is_shown(page: Path) -> None:
    parsed = doctest.DocTestParser().get_doctest(examples(page), {}, page.name, page.name, 0)
    assert doctest.DocTestRunner().run(parsed) == (0, len(parsed.examples))


def test_the_pages_that_do_not_run_are_there_and_have_python() -> None:
    assert set(ELSEWHERE) <= {pages.name(page) for page in WITH_BLOCKS}
