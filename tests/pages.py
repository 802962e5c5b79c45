"""The pages of the documentation, and the code on them."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from markdown_it import MarkdownIt

from tests.conftest import ROOT

PAGES = sorted(
    [
        *(ROOT / name for name in ("README.md", "CONTRIBUTING.md")),
        *(ROOT / "docs").rglob("*.md"),
        *ROOT.glob("[!.]*/README.md"),
    ]
)
SHELL = {"", "console", "sh", "bash", "shell"}
COMMAND = re.compile(r"(?:\.venv/bin/)?(qa|pytest|make|pip|python3?)(?= |$)")


@dataclass(frozen=True)
class Block:
    """A block of code: its language, empty where it is indented or names none, and its line."""

    page: Path
    line: int
    language: str
    text: str


def name(page: Path) -> str:
    """The path of a page in the repository."""
    return page.relative_to(ROOT).as_posix()


def each(pages: list[Path]) -> pytest.MarkDecorator:
    """The test runs for each of these pages, and is named after it."""
    return pytest.mark.parametrize("page", pages, ids=name)


@cache
def blocks(page: Path) -> tuple[Block, ...]:
    """Every block of code on a page, also those in lists and quotations."""
    return tuple(
        Block(page, (token.map or [0])[0] + 1, token.info.partition(" ")[0], token.content)
        for token in MarkdownIt().parse(page.read_text("utf-8"))
        if token.type in ("fence", "code_block")
    )


def in_language(page: Path, *languages: str) -> list[Block]:
    """The blocks of a page that are in one of these languages."""
    return [block for block in blocks(page) if block.language in languages]


def inline(page: Path) -> Iterator[str]:
    """Every piece of code within the text of a page."""
    for token in MarkdownIt("commonmark").enable("table").parse(page.read_text("utf-8")):
        for child in token.children or ():
            if child.type == "code_inline":
                yield " ".join(child.content.split())


def steps(text: str) -> list[dict[str, Any]]:
    """The steps of a workflow, or of a piece of one."""
    loaded = yaml.safe_load(text)
    if isinstance(loaded, list):
        return loaded
    jobs = loaded.get("jobs", {}) if isinstance(loaded, dict) else {}
    return [step for job in jobs.values() for step in job["steps"]]


def commands(page: Path) -> Iterator[list[str]]:
    """The words of every command of ours on a page, as the shell parts them."""
    for block in blocks(page):
        if block.language in SHELL:
            yield from in_shell(block.text)
        elif block.language in ("yaml", "yml"):
            for step in steps(block.text):
                yield from in_shell(step.get("run", ""))


def assert_shown(output: str, printed: str) -> None:
    """What a page shows was printed, part after part; a line "…" stands for what it leaves out."""
    place = 0
    for part in output.split("…\n"):
        assert part in printed[place:], f"{part}\nis not in\n{printed[place:]}"
        place = printed.index(part, place) + len(part)


def in_shell(text: str) -> Iterator[list[str]]:
    """The commands of ours in what is typed into a shell: where there are prompts, behind those.

    >>> list(in_shell("$ QA_PORT=1 qa ask 'Who?' --json > a.json  # keep it\\nqa said this"))
    [['qa', 'ask', 'Who?', '--json']]
    """
    lines = text.replace("\\\n", " ").splitlines()
    if any(line.startswith("$ ") for line in lines):
        lines = [line.removeprefix("$ ") for line in lines if line.startswith("$ ")]
    for line in lines:
        if COMMAND.match(bare := re.sub(r"^(\w+=\S+ +)+", "", line.strip())):
            words = shlex.split(bare, comments=True)
            ends = (place for place, word in enumerate(words) if word in {"|", ">", "&&", ";", "&"})
            yield [words[0].removeprefix(".venv/bin/"), *words[1 : next(ends, None)]]
