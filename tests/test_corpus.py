"""The bundled corpus, its known questions and the check of its originality."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from qa.documents import gather
from qa.evaluation.gold import stamp
from qa.evaluation.questions import KINDS, UNANSWERABLE_KINDS, load_questions

ROOT = Path(__file__).resolve().parent.parent
ARTICLES = sorted(path for path in (ROOT / "corpus").glob("*.md") if path.name != "README.md")
QUESTIONS: list[dict[str, Any]] = [
    json.loads(line)
    for line in (ROOT / "eval/questions/expo.jsonl").read_text(encoding="utf-8").splitlines()
]


def parts(path: Path) -> tuple[dict[str, Any], str]:
    """The front matter and the body of an article."""
    opening, front_matter, body = path.read_text(encoding="utf-8").split("---\n", 2)
    assert opening == ""
    return yaml.safe_load(front_matter), body


def as_date(printed: str) -> date:
    """A source's date as printed, such as "Aug 31,2021"."""
    try:
        return date.fromisoformat(printed)
    except ValueError:
        return datetime.strptime(printed, "%b %d,%Y").date()


BODIES = {path.name: parts(path)[1] for path in ARTICLES}


def test_there_are_enough_articles() -> None:
    assert len(ARTICLES) >= 16


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_article_is_complete(path: Path) -> None:
    front_matter, body = parts(path)
    assert 150 <= len(body.split()) <= 600
    assert 2 <= body.count("\n## ") <= 4
    assert set(front_matter) == {"title", "date", "topic", "sources"}
    assert front_matter["title"]
    assert front_matter["topic"]
    assert front_matter["sources"]
    for source in front_matter["sources"]:
        assert source["title"]
        assert source["publisher"]
        assert source["date"] or source["date_note"]
    dates = [as_date(source["date"]) for source in front_matter["sources"] if source["date"]]
    assert front_matter["date"] == max(dates, default=None)


def test_there_are_enough_questions() -> None:
    kinds = [question["kind"] for question in QUESTIONS]
    assert len(QUESTIONS) >= 150
    assert kinds.count("unanswerable") >= 30
    assert sum(question["split"] == "test" for question in QUESTIONS) >= 80
    assert set(kinds) >= set(KINDS)


def test_there_are_enough_follow_ups() -> None:
    splits = [question["split"] for question in QUESTIONS if question["kind"] == "follow-up"]
    assert min(splits.count("dev"), splits.count("test")) >= 20
    for question in QUESTIONS:
        assert (question["kind"] == "follow-up") == bool(question.get("history"))


def test_there_are_enough_conflicts_and_figures_that_are_none() -> None:
    for kind, enough in (("conflict", 12), ("no-conflict", 20)):
        splits = [question["split"] for question in QUESTIONS if question["kind"] == kind]
        assert len(splits) >= enough
        assert min(splits.count("dev"), splits.count("test")) >= enough // 2
    for question in QUESTIONS:
        assert (question["kind"] == "conflict") == bool(question.get("sides"))


def test_question_ids_and_texts_are_unique() -> None:
    assert len({question["id"] for question in QUESTIONS}) == len(QUESTIONS)
    asked = {
        (question["question"].casefold(), str(question.get("history"))) for question in QUESTIONS
    }
    assert len(asked) == len(QUESTIONS)


def test_every_kind_is_in_both_splits() -> None:
    for split in ("dev", "test"):
        kinds = {question["kind"] for question in QUESTIONS if question["split"] == split}
        assert kinds >= {*KINDS, "follow-up"}


def test_a_fact_is_in_one_split_only() -> None:
    split_of: dict[str, str] = {}
    for question in QUESTIONS:
        assert question["split"] in {"dev", "test"}
        assert split_of.setdefault(question["fact"], question["split"]) == question["split"]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question["id"])
def test_question_is_answered_by_its_documents(question: dict[str, Any]) -> None:
    keys = {"id", "question", "answers", "doc_ids", "kind", "split", "fact"}
    tied = keys | {"gold"} if question["answers"] else keys
    assert set(question) - {"history", "sides"} == tied
    assert question["question"].strip()
    assert set(question["doc_ids"]) <= set(BODIES)
    if question["kind"] in UNANSWERABLE_KINDS or not question["answers"]:
        assert question["answers"] == []
        assert question["doc_ids"] == []
        return
    assert question["answers"]
    assert question["doc_ids"]
    for answer in question["answers"]:
        assert any(answer in BODIES[doc_id] for doc_id in question["doc_ids"]), answer
    if question["kind"] == "several-documents":
        assert len(question["doc_ids"]) >= 2


def test_questions_are_tied_to_the_articles_as_they_are() -> None:
    """After a change to articles or questions: make stamp."""
    documents = {document.id: document for document in gather(ROOT / "corpus").documents}
    questions = load_questions(ROOT / "eval/questions/expo.jsonl")
    stamped = stamp(questions, documents)
    assert stamped.missing == ()
    changed = zip(questions, stamped.questions, strict=True)
    assert [question.id for question, tied in changed if question != tied] == []


SOURCE = "The lighthouse keeper counted every ship that passed the rocks before dawn.\n"


def check_originality(
    folder: Path, body: str, *options: str, source: str | None = SOURCE
) -> subprocess.CompletedProcess[str]:
    """Run the script on one article and, unless it is None, one source."""
    (folder / "corpus").mkdir()
    (folder / "corpus/article.md").write_text(
        f"---\ntitle: {json.dumps(SOURCE)}\n---\n\n{body}", encoding="utf-8"
    )
    if source is not None:
        (folder / "sources").mkdir()
        (folder / "sources/source.txt").write_text(source, encoding="utf-8")
    script = [sys.executable, str(ROOT / "scripts/check_originality.py"), "sources", *options]
    return subprocess.run(script, cwd=folder, capture_output=True, text=True, timeout=60)


def test_copied_sentence_is_found(tmp_path: Path) -> None:
    body = "Our own start.\n\nThe Lighthouse-keeper counted every ship\nthat passed, the rocks!\n"
    result = check_originality(tmp_path, body)
    assert result.returncode == 1
    assert "article.md:7: shared with source.txt" in result.stdout
    assert "the lighthouse keeper counted every ship that passed the rocks\n" in result.stdout


def test_original_text_passes(tmp_path: Path) -> None:
    result = check_originality(tmp_path, "The keeper counted every ship that passed at night.\n")
    assert result.returncode == 0, result.stdout


def test_shorter_runs_are_found_on_request(tmp_path: Path) -> None:
    body = "The keeper counted every ship that passed at night.\n"
    assert check_originality(tmp_path, body, "--words", "5").returncode == 1


def test_official_name_counts_as_one_word(tmp_path: Path) -> None:
    name = "China-Shanghai Cooperation Organization Digital Economy Industry Forum"
    body = f"It was the {name} that met.\n"
    assert check_originality(tmp_path, body, source=body).returncode == 0


def assert_refused(result: subprocess.CompletedProcess[str]) -> None:
    assert result.returncode == 2
    assert result.stderr.startswith("check_originality: ")
    assert result.stderr.count("\n") == 1


def test_missing_folder_is_refused(tmp_path: Path) -> None:
    assert_refused(check_originality(tmp_path, "Our own text.\n", source=None))


def test_unreadable_source_is_refused(tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources/broken.txt").write_bytes(b"\xff\xfe\xff")
    assert_refused(check_originality(tmp_path, "Our own text.\n", source=None))
