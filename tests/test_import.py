"""`import qa` is cheap, and the names it offers are the ones it lists."""

from __future__ import annotations

import subprocess
import sys

import pytest

import qa

HEAVY = """numpy torch faiss transformers sentence_transformers tokenizers gradio fastapi uvicorn
    rank_bm25 Stemmer trafilatura lxml pypdf docx yaml rich huggingface_hub filelock
    onnxruntime scipy ir_measures pydantic starlette prometheus_client mcp langchain_core
    llama_index haystack""".split()

PROGRAM = """
import sys
try:
    {statement}
except SystemExit:
    pass
print(*sys.modules)
"""


def loaded_by(statement: str) -> list[str]:
    """The heavy libraries that a fresh process has loaded after `statement`."""
    return [name for name in HEAVY if name in printed(PROGRAM.format(statement=statement))]


def printed(program: str) -> list[str]:
    """The words on the last line that a Python program prints."""
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()[-1].split()


@pytest.mark.parametrize(
    "statement",
    [
        "import qa",
        "import qa; qa.Document('a', 'A', 'text'), qa.Policy(), qa.QAError('no')",
        "import qa.surfaces.cli",
        "from qa.surfaces.cli import main; main(['--help'])",
        "from qa.surfaces.cli import main; main(['--version'])",
        "from qa.surfaces.cli import main; main(['ask', '--help'])",
        "from qa.surfaces.cli import main; main(['chat', '--help'])",
        "from qa.surfaces.cli import main; main(['serve', '--help'])",
        "from qa.surfaces.cli import main; main(['mcp', '--help'])",
        "from qa.surfaces.cli import main; main(['ask'])",
    ],
)
def test_nothing_heavy_is_loaded_by(statement: str) -> None:
    assert loaded_by(statement) == []


def test_what_is_loaded_would_be_noticed() -> None:
    assert loaded_by("import yaml") == ["yaml"]


def test_every_name_on_the_list_is_there() -> None:
    for name in qa.__all__:
        assert getattr(qa, name).__name__.removesuffix("_index") == name
    imported = printed("from qa import *\nprint(*vars())")
    assert [name for name in imported if not name.startswith("__")] == qa.__all__
    assert list(qa.__all__) == sorted(set(qa.__all__))


def test_every_class_and_error_that_is_there_is_on_the_list() -> None:
    ours = {
        name
        for name, value in vars(qa).items()
        if not name.startswith("_") and getattr(value, "__module__", "").startswith("qa.")
    }
    assert ours <= set(qa.__all__)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="module 'qa' has no attribute 'answer_all'"):
        _ = qa.answer_all
    assert not hasattr(qa, "__wrapped__")
