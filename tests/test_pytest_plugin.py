"""`pytest --qa-questions`: what other projects see of it, run in a project of their own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import qa
from tests.test_import import HEAVY, printed

pytest_plugins = ["pytester"]

TEXT = "The 2019 expo in Chongqing signed 530 projects. Robots danced."
ASKED = "How many projects did the 2019 expo in Chongqing sign?"
RIGHT = {"id": "right", "question": ASKED, "answers": ["530"], "doc_ids": ["expo.md"]}
WRONG = {**RIGHT, "id": "wrong", "answers": ["612 \x1b[31mprojects"], "kind": "number"}
SILENT = {"id": "silent", "question": "Who was Napoleon's cook?", "answers": [], "split": "dev"}
MOVED = {
    **RIGHT,
    "id": "moved",
    "gold": [{"answer": "530", "doc_id": "expo.md", "start": 0, "end": 3, "text_sha256": "0" * 64}],
}

PROGRAM = """
import sys, pytest
others = [f"no:{{name}}" for name in ("cacheprovider", "anyio", "langsmith_plugin", "schemathesis")]
code = pytest.main(["-q", *(part for name in others for part in ("-p", name)), {path!r}])
print()
print(*sys.modules, code)
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("index")
    bot = qa.build([qa.Document("expo.md", "Expo", TEXT)], folder)
    bot.ask(ASKED)  # whatever that loads may not be loaded twice in one process
    return folder


@pytest.fixture
def questions(pytester: pytest.Pytester) -> Path:
    path = pytester.path / "asked" / "questions.jsonl"
    path.parent.mkdir()
    lines = map(json.dumps, (RIGHT, WRONG, SILENT, MOVED))
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def options(questions: Path, index: Path) -> list[str]:
    return ["-p", "no:cacheprovider", f"--qa-questions={questions}", f"--qa-index={index}"]


@pytest.mark.real
def test_each_question_is_a_test_and_a_failed_one_says_why(
    pytester: pytest.Pytester, questions: Path, index: Path
) -> None:
    pytester.makepyfile("def test_other(): pass")
    ran = pytester.runpytest(*options(questions, index), "-v", "--junitxml=out.xml")
    ran.assert_outcomes(passed=4, failed=1, warnings=1)
    ran.stdout.fnmatch_lines_random(
        [
            "asked/questions.jsonl::right PASSED*",
            "asked/questions.jsonl::wrong FAILED*",
            "asked/questions.jsonl::silent PASSED*",
            "test_*.py::test_other PASSED*",
            "*stale, though answered rightly: *",
        ]
    )
    ran.stdout.fnmatch_lines(
        [
            "*not in any passage: No right document says it in these words.",
            f"question: {ASKED}",
            "expected: 612 \ufffd*projects",
            "given: 530*",
            "confidence: *%",
            "right documents: expo.md",
            "cited: expo.md: The 2019 expo in Chongqing signed 530 projects.",
            "FAILED asked/questions.jsonl::wrong - *not in any passage*",
        ]
    )
    assert ran.ret == pytest.ExitCode.TESTS_FAILED
    assert "\x1b[31mprojects" not in ran.stdout.str()
    assert "Traceback" not in ran.stdout.str()
    xml = (pytester.path / "out.xml").read_text(encoding="utf-8")
    assert '<property name="cause" value="not-in-any-passage" />' in xml


@pytest.mark.real
def test_questions_are_chosen_by_id_kind_and_split(
    pytester: pytest.Pytester, questions: Path, index: Path
) -> None:
    chosen = options(questions, index)
    pytester.runpytest(*chosen, f"{questions}::right").assert_outcomes(passed=1)
    pytester.runpytest(*chosen, "-k", "number").assert_outcomes(failed=1, deselected=3)
    pytester.runpytest(*chosen, "--qa-split=dev").assert_outcomes(passed=1)
    # The folder that holds the file is collected too; each question is still asked once.
    pytester.runpytest(*chosen, str(questions.parent), "--qa-split=dev").assert_outcomes(passed=1)


@pytest.mark.real
def test_the_index_is_opened_once(pytester: pytest.Pytester, questions: Path, index: Path) -> None:
    import shutil

    copy = shutil.copytree(index, pytester.path / "copy")
    pytester.makeconftest(
        f"import shutil\ndef pytest_collection_finish(session): shutil.rmtree({str(copy)!r})"
    )
    pytester.runpytest(*options(questions, Path(copy))).assert_outcomes(passed=3, failed=1)
    assert not Path(copy).exists()


@pytest.mark.real
def test_a_corpus_is_indexed_first(
    pytester: pytest.Pytester, questions: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA", "HOME"):
        monkeypatch.setenv(name, str(pytester.path / "cache"))
    corpus = pytester.mkdir("articles")
    (corpus / "expo.md").write_text(TEXT, encoding="utf-8")
    chosen = [f"--qa-questions={questions}", f"--qa-corpus={corpus}", "-k", "right"]
    pytester.runpytest(*chosen).assert_outcomes(passed=1, deselected=3)
    ran = pytester.runpytest(*chosen, f"--qa-index={index}")
    assert ran.ret == pytest.ExitCode.USAGE_ERROR


@pytest.mark.parametrize(
    ("line", "said", "hint"),
    [
        ('{"id": 1}', "*questions.jsonl, line 1: *", "hint: *"),
        ("", "*questions.jsonl: holds no questions", "hint: *"),
        (json.dumps(RIGHT), "*there is no index in 'no/such'", "hint: build one: qa build *"),
    ],
)
def test_what_cannot_be_used_is_said_and_nothing_is_asked(
    pytester: pytest.Pytester, questions: Path, line: str, said: str, hint: str
) -> None:
    questions.write_text(line, encoding="utf-8")
    pytester.makepyfile("def test_other(): pass")
    ran = pytester.runpytest(*options(questions, Path("no/such")))
    assert ran.ret == pytest.ExitCode.USAGE_ERROR
    ran.stderr.fnmatch_lines([f"ERROR: {said}", hint])
    assert "Traceback" not in ran.stdout.str() + ran.stderr.str()


@pytest.mark.real
def test_a_split_and_documents_that_are_not_there_are_usage_errors(
    pytester: pytest.Pytester, questions: Path, index: Path
) -> None:
    ran = pytester.runpytest(*options(questions, index), "--qa-split=tset")
    assert ran.ret == pytest.ExitCode.USAGE_ERROR
    ran.stderr.fnmatch_lines(["*no question is of the split 'tset'", "hint: splits *: dev, test"])
    questions.write_text(json.dumps({**RIGHT, "doc_ids": ["gone.md"]}), encoding="utf-8")
    ran = pytester.runpytest(*options(questions, index))
    assert ran.ret == pytest.ExitCode.USAGE_ERROR
    ran.stderr.fnmatch_lines(["*does not hold: 'gone.md'", "hint: build the index *"])


def test_without_options_there_is_nothing(pytester: pytest.Pytester, questions: Path) -> None:
    assert pytester.runpytest().ret == pytest.ExitCode.NO_TESTS_COLLECTED
    assert pytester.runpytest("--qa-split=dev").ret == pytest.ExitCode.USAGE_ERROR
    pytester.runpytest("--help").stdout.fnmatch_lines(["*known questions (Footnote):", "*--qa-*"])


def test_loading_it_loads_nothing_heavy(tmp_path: Path) -> None:
    (tmp_path / "test_one.py").write_text("def test_one(): pass")
    *modules, code = printed(PROGRAM.format(path=str(tmp_path)))
    assert code.endswith("0")
    assert "qa.surfaces.pytest_plugin" in modules
    assert not [name for name in modules if name in HEAVY or name.startswith("qa.evaluation")]
