"""The wheel: what is inside, and that it works in a fresh environment, from any folder."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from zipfile import ZipFile

import pytest
from packaging.requirements import Requirement

import qa
from tests.conftest import ROOT
from tests.environments import Environment

pytestmark = [pytest.mark.slow, pytest.mark.real]

# What `pip install` is given, and what the build reads besides.
SOURCES = ("pyproject.toml", "README.md", "LICENSE", "NOTICE", "qa")
PARK = "<html><body><article><p>The park opened in 2018.</p></article></body></html>"
QUESTION = "How many projects were signed at the 2019 expo?"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
# What docs/embedding.md lists for a machine that only asks.
LIGHT = re.search(
    r"^    pip install (numpy [\w -]+)$", (ROOT / "docs" / "embedding.md").read_text("utf-8"), re.M
)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("source")
    for name in SOURCES:
        if (ROOT / name).is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / name, folder / name, ignore=ignored)
        else:
            shutil.copyfile(ROOT / name, folder / name)
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check"]
    command += ["--no-deps", "--no-index", "--no-build-isolation", "--wheel-dir", "dist", "."]
    subprocess.run(command, cwd=folder, check=True)
    [built] = (folder / "dist").glob("*.whl")
    return built


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("articles")
    (folder / "expo.md").write_text("# Expo\n\nThe 2019 expo signed 530 projects.\n", "utf-8")
    # It says the same in other words: agreement is looked for.
    (folder / "news.txt").write_text("In 2019 the Smart China Expo signed 530 projects.\n", "utf-8")
    (folder / "park.html").write_text(PARK, "utf-8")
    return folder


def test_all_of_the_package_is_inside_and_nothing_else(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        inside = set(archive.namelist())
    ours = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "qa").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert ours <= inside
    metadata = f"footnote_qa-{qa.__version__}.dist-info/"
    assert [name for name in inside - ours if not name.startswith(metadata)] == []
    for data in ("models/reader/model.onnx", "models/reader/LICENSE", "answer.schema.json"):
        assert f"qa/{data}" in inside
    for notice in ("LICENSE", "NOTICE", "qa/models/reader/LICENSE"):
        assert f"{metadata}licenses/{notice}" in inside
    assert wheel.name == f"footnote_qa-{qa.__version__}-py3-none-any.whl"


def test_it_builds_asks_and_measures_in_a_fresh_environment(
    wheel: Path, articles: Path, tmp_path: Path
) -> None:
    needed = [Requirement(line).name for line in PROJECT["dependencies"]]
    environment = Environment(tmp_path / "environment", needed)
    environment.install(wheel)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    program = "import qa; print(qa.__file__)"
    where = environment.run("python", "-c", program, folder=elsewhere)
    assert Path(where.stdout.strip()).is_relative_to(tmp_path / "environment")
    built = environment.run("qa", "build", articles, "--index", "index", folder=elsewhere)
    assert (built.returncode, built.stderr) == (0, "")
    asked = environment.run("qa", "ask", QUESTION, "--index", "index", "--json", folder=elsewhere)
    assert (asked.returncode, asked.stderr) == (0, "")
    answer = json.loads(asked.stdout)
    assert answer["answer"] == "530"
    assert {citation["doc_id"] for citation in answer["citations"]} <= {"expo.md", "news.txt"}
    known = {"id": "1", "question": QUESTION, "answers": ["530"], "doc_ids": ["expo.md"]}
    known |= {"kind": "number", "split": "test", "fact": "projects"}
    (elsewhere / "known.jsonl").write_text(json.dumps(known) + "\n", "utf-8")
    measured = environment.run(
        "qa", "eval", "--questions", "known.jsonl", "--index", "index", folder=elsewhere
    )
    assert measured.returncode == 0, measured.stderr
    served = environment.run("qa", "chat", "--help", folder=elsewhere)
    assert served.returncode == 0


def test_asking_needs_only_what_the_documentation_lists(
    wheel: Path, articles: Path, tmp_path: Path
) -> None:
    qa.build(articles, tmp_path / "index", light=True)
    assert LIGHT is not None
    environment = Environment(tmp_path / "environment", LIGHT[1].split())
    environment.install(wheel)
    imported = environment.run("python", "-c", "import torch", folder=tmp_path)
    assert "No module named 'torch'" in imported.stderr
    asked = environment.run("qa", "ask", QUESTION, "--index", "index", "--json", folder=tmp_path)
    assert (asked.returncode, asked.stderr) == (0, "")
    assert json.loads(asked.stdout)["answer"] == "530"
    searched = environment.run("qa", "search", "park", "--index", "index", folder=tmp_path)
    assert (searched.returncode, searched.stderr) == (0, "")
    assert "The park opened in 2018." in searched.stdout
