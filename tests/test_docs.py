"""What the documentation tells people to type and to write is what the program understands."""

from __future__ import annotations

import ast
import json
import re
import tomllib
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

import qa
from qa.evaluation.questions import load_questions, parse_question
from qa.evaluation.thresholds import load_thresholds
from qa.surfaces.cli.parser import make_parser
from scripts.command_reference import commands as commands_of
from tests import pages
from tests.conftest import ROOT
from tests.pages import PAGES, Block, each

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
TARGETS = set(re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE))
SCHEMA = json.loads((ROOT / "qa" / "answer.schema.json").read_text("utf-8"))


def parser_of(words: list[str]) -> tuple[ArgumentParser, list[str]]:
    """The parser of the command that these words begin with, and the words that are left."""
    parser, left = make_parser(), words
    while found := {c.prog.split()[-1]: c for c, _ in commands_of(parser)}.get((left or [""])[0]):
        parser, left = found, left[1:]
    return parser, left


@each(PAGES)
def test_every_command_is_one(page: Path, pytestconfig: pytest.Config) -> None:
    for program, *words in pages.commands(page):
        match program, *words[:2]:
            case ["qa", *_]:
                assert make_parser().parse_args(words).run
            case ["python", "-m", "eval"]:
                assert make_parser().parse_args(["eval", *words[2:]]).run
            case ["python", "-m", module, *_] if module.split(".")[0] in ("eval", "training"):
                assert_module(module, words[2:])
            case ["pytest", *_]:
                for word in words:
                    if word.startswith("--qa-"):
                        assert pytestconfig.getoption(word.partition("=")[0]) is None
            case ["make", *_]:
                assert {word for word in words if "=" not in word} <= TARGETS


def assert_module(module: str, words: list[str]) -> None:
    """The module is there, and the options stand in it."""
    source = (ROOT / (module.replace(".", "/") + ".py")).read_text("utf-8")
    for word in words:
        if word.startswith("--") and word != "--help":
            assert f'"{word}"' in source, f"{module}: {word}"


@each(PAGES)
def test_every_command_in_the_text_has_these_options(page: Path) -> None:
    """`qa eval --html` in a sentence is no whole command, but eval has to have --html."""
    for code in pages.inline(page):
        words = code.split()
        if words[0] == "qa" and len(words) > 1 and words[1].islower():
            parser, left = parser_of(words[1:])
            assert parser.prog != "qa" or left[0] == "--help", code
            for option in re.findall(r"(?<!\S)--?[a-z][\w-]*", " ".join(left)):
                assert option in parser._option_string_actions, code
        elif words[0] == "make" and len(words) > 1:
            assert words[1] in TARGETS, code


@each(PAGES)
def test_every_extra_is_there(page: Path) -> None:
    named = re.findall(r"(?:footnote-qa|\.)\[([a-z,-]+)\]", page.read_text("utf-8"))
    extras = {extra for some in named for extra in some.split(",")}
    assert extras <= set(PROJECT["optional-dependencies"])


@each(PAGES)
def test_every_piece_of_data_is_read(page: Path) -> None:
    for block in pages.in_language(page, "json", "toml", "yaml", "yml"):
        match block.language:
            case "toml":
                assert tomllib.loads(block.text)
            case "yaml" | "yml":
                assert yaml.safe_load(block.text)
            case _:
                for value in values(block):
                    if isinstance(value, dict) and value.get("version") == 1:
                        Draft202012Validator(SCHEMA).validate(value)


def values(block: Block) -> Iterator[object]:
    """What a block holds: one JSON value, or one a line."""
    try:
        yield json.loads(block.text)
    except json.JSONDecodeError:
        yield from map(json.loads, block.text.splitlines())


@each(PAGES)
def test_every_name_in_python_is_there(page: Path) -> None:
    """Also in the blocks that cannot run here: they parse, and what they take from qa exists."""
    for block in pages.in_language(page, "python"):
        for node in ast.walk(ast.parse(block.text, f"{page.name}, line {block.line}")):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                owner = {"qa": qa, "bot": qa.Bot}.get(node.value.id)
                where = f"{page.name}, line {block.line + node.lineno}: {node.attr}"
                assert owner is None or hasattr(owner, node.attr), where


def test_every_workflow_has_steps_that_do_something() -> None:
    shown = [block.text for page in PAGES for block in pages.in_language(page, "yaml")]
    texts = [text for text in shown if pages.steps(text)]
    assert len(texts) >= 2
    for text in [*texts, *(path.read_text("utf-8") for path in WORKFLOWS)]:
        for step in pages.steps(text):
            assert ("run" in step) != ("uses" in step)
            assert re.fullmatch(r"[\w-]+/[\w-]+@v\d+", step.get("uses", "a/b@v1"))


def test_every_file_of_an_evaluation_is_read(tmp_path: Path) -> None:
    page = ROOT / "docs" / "ci.md"
    (toml,) = pages.in_language(page, "toml")
    (tmp_path / "thresholds.toml").write_text(toml.text, "utf-8")
    assert len(load_thresholds(tmp_path / "thresholds.toml")) == 3
    (questions,) = pages.in_language(page, "json")
    (tmp_path / "questions.jsonl").write_text(questions.text, "utf-8")
    assert len(load_questions(tmp_path / "questions.jsonl")) == 2
    for block in pages.in_language(ROOT / "eval" / "README.md", ""):
        if block.text.startswith('{"id"'):
            parse_question(json.loads(block.text))


def test_our_own_workflow_keeps_the_report() -> None:
    kept = [
        step["with"]["path"]
        for path in WORKFLOWS
        for step in pages.steps(path.read_text("utf-8"))
        if "upload-artifact" in step.get("uses", "")
    ]
    assert kept == ["reports/"]


def test_it_says_what_every_extra_brings() -> None:
    page = (ROOT / "docs" / "embedding.md").read_text("utf-8")
    for extra in PROJECT["optional-dependencies"]:
        assert f"| `footnote-qa[{extra}]` |" in page


def test_every_field_of_the_json_is_described() -> None:
    page = (ROOT / "docs" / "reference" / "answer.md").read_text("utf-8")
    parts = [SCHEMA, *(SCHEMA["$defs"][part] for part in ("citation", "alternative", "hit"))]
    for part in parts:
        for field in part["properties"]:
            assert f"`{field}`" in page, field
