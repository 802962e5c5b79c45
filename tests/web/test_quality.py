"""The Quality tab: questions are asked, the report is kept and shown beside the one before."""

from __future__ import annotations

import json
from pathlib import Path
from threading import Event, Thread

import pytest
from playwright.sync_api import Page, expect

from qa.errors import InputError, QAError, QuestionError
from qa.surfaces.web.collections import BUNDLED, Collections
from qa.surfaces.web.feedback import Feedback
from qa.surfaces.web.quality import Quality, QualityView, build_quality
from qa.surfaces.web.quality_questions import question_sets
from qa.surfaces.web.quality_reports import KEPT, Reports
from tests.web.fakes import HOSTILE
from tests.web.library import EXPO, PARK, collections_in, written
from tests.web.tabs import open_tab, start_tab
from tests.web.test_accessibility import barriers

browser_test = pytest.mark.browser
SIGNED = {
    "id": "signed",
    "question": "How many projects did the 2019 expo sign?",
    "answers": ["530"],
    "doc_ids": ["expo.md"],
}
PAINTED = {"id": "painted", "question": "Who painted the Mona Lisa?", "answers": []}
HOSTILE_QUESTION = {
    "id": "attack",
    "question": f"Who danced? {HOSTILE}",
    "answers": [HOSTILE],
    "doc_ids": ["expo.md"],
}


def asked(folder: Path, *questions: object) -> Path:
    lines = "".join(json.dumps(question) + "\n" for question in questions)
    (path,) = written(folder, mine__jsonl=lines)
    return path


@pytest.fixture
def collections(tmp_path: Path) -> Collections:
    collections = collections_in(tmp_path / "data")
    mine = collections.create("Mine")
    collections.add(mine.id, written(tmp_path / "files", expo__md=EXPO, park__txt=PARK))
    return collections


@pytest.fixture
def quality(collections: Collections) -> Quality:
    return Quality(collections, Feedback(None))


def silent(stage: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


def test_questions_that_were_brought_are_asked_and_the_report_is_kept(
    collections: Collections, quality: Quality, tmp_path: Path
) -> None:
    view = QualityView()
    with pytest.raises(QAError, match="no questions to ask"):
        quality.run(view, silent)
    assert quality.bring(view, asked(tmp_path, SIGNED, PAINTED)) == 2
    told: list[tuple[str, int, int]] = []
    report = quality.run(view, lambda *stage: told.append(stage))
    assert told[-1] == ("asking", 2, 2)
    assert report.run["name"] == "Your questions"
    (kept,) = quality.latest(view)
    assert kept.report.to_dict() == report.to_dict()
    quality.run(view, silent)
    assert [one.report.overall.questions for one in quality.latest(view)] == [2, 2]
    page = quality.page(view)
    assert page.startswith("<!DOCTYPE html>")
    assert "Who painted the Mona Lisa?" in page


def test_a_file_that_is_no_question_file_is_told_and_nothing_is_replaced(
    quality: Quality, tmp_path: Path
) -> None:
    view = QualityView()
    quality.bring(view, asked(tmp_path / "good", SIGNED))
    for content in ("nonsense", "", '{"id": "q"}'):
        (path,) = written(tmp_path / "bad", bad__jsonl=content)
        with pytest.raises(QuestionError):
            quality.bring(view, path)
    assert quality.run(view, silent).overall.questions == 1


def test_questions_on_other_articles_are_not_offered(
    collections: Collections, quality: Quality, tmp_path: Path
) -> None:
    (mine,) = collections.all()
    quality.bring(QualityView(), asked(tmp_path, {**SIGNED, "doc_ids": ["elsewhere.md"]}))
    assert question_sets(collections, Feedback(None), mine.id) == []


def test_feedback_makes_questions(collections: Collections, tmp_path: Path) -> None:
    (mine,) = collections.all()
    feedback = Feedback(tmp_path / "data" / "feedback.sqlite")
    assert question_sets(collections, feedback, mine.id) == []
    bot = collections.bot(mine.id)
    answer = bot.ask(str(SIGNED["question"]))
    for collection_id in (mine.id, "another"):
        feedback.record(
            collection_id=collection_id, answer=answer, verdict="right", documents=bot.documents
        )
    silence = bot.ask("Who painted the Mona Lisa?")
    feedback.record(collection_id=mine.id, answer=silence, verdict="wrong", documents=bot.documents)
    (made,) = question_sets(collections, feedback, mine.id)
    assert [question.answers for question in made.questions] == [(answer.text,)]
    assert made.note == "Left out: 1 that say only that an answer was wrong."
    report = Quality(collections, feedback).run(QualityView(), silent)
    assert report.overall.right == 1


def test_one_evaluation_runs_at_a_time(quality: Quality, tmp_path: Path) -> None:
    view = QualityView()
    quality.bring(view, asked(tmp_path, SIGNED))
    started, go_on = Event(), Event()

    def waiting(stage: str, done: int, total: int) -> None:
        started.set()
        go_on.wait(60)

    thread = Thread(target=quality.run, args=(view, waiting))
    thread.start()
    started.wait(60)
    with pytest.raises(QAError, match="running already"):
        quality.run(view, silent)
    go_on.set()
    thread.join(60)
    assert len(quality.latest(view)) == 1
    quality.run(view, silent)


def test_old_reports_are_removed_and_broken_ones_passed_over(
    quality: Quality, tmp_path: Path
) -> None:
    quality.bring(QualityView(), asked(tmp_path, SIGNED))
    report = quality.run(QualityView(), silent)
    reports = Reports(tmp_path / "reports")
    for _ in range(KEPT + 3):
        reports.save(report)
    paths = sorted(reports.folder.glob("*.json.gz"))
    assert len(paths) == KEPT
    paths[-1].write_bytes(b"cut short")
    assert len(reports.latest(3)) == 3


def test_nothing_is_started_where_that_is_forbidden(
    collections: Collections, quality: Quality, tmp_path: Path
) -> None:
    quality.bring(QualityView(), asked(tmp_path, SIGNED))
    quality.run(QualityView(), silent)
    visitor = Quality(collections_in(collections.data, writable=False), Feedback(None))
    for change in (
        lambda: visitor.run(QualityView(), silent),
        lambda: visitor.bring(QualityView(), asked(tmp_path, PAINTED)),
    ):
        with pytest.raises(InputError, match="cannot be started here"):
            change()
    assert len(visitor.latest(QualityView())) == 1
    assert 'data-do="run"' not in visitor.bar(QualityView())
    assert Quality(collections_in(None), Feedback(None)).latest(QualityView()) == []


@browser_test
def test_questions_are_brought_asked_and_reported(
    window: Page, collections: Collections, tmp_path: Path
) -> None:
    open_tab(window, start_tab("Quality", lambda: build_quality(collections)), "Quality")
    expect(window.locator(".qa-nothing")).to_contain_text("No evaluation yet")
    bring = window.locator("input[type=file]")
    bring.set_input_files(written(tmp_path, bad__jsonl="nonsense"))
    expect(window.locator(".qa-error")).to_contain_text("bad.jsonl, line 1: not valid JSON")
    bring.set_input_files(asked(tmp_path, SIGNED, PAINTED, HOSTILE_QUESTION))
    expect(window.locator(".qa-notice")).to_have_text("3 questions.")
    window.get_by_role("button", name="Run now").click()
    expect(window.locator(".qa-report .hero strong")).to_contain_text("%")
    expect(window.locator(".qa-report svg.plot")).to_have_count(2)
    expect(window.get_by_role("heading", name="Since the last run")).to_have_count(0)
    failed = window.locator(".qa-report .question").filter(has_text="Who danced?")
    assert failed.locator(".asked").inner_text() == HOSTILE_QUESTION["question"]
    failed.locator("summary").first.click()
    assert HOSTILE in failed.locator(".facts").inner_text()
    expect(window.locator(".qa-page :is(script, img, iframe)")).to_have_count(0)
    window.get_by_role("button", name="Run now").click()
    expect(window.get_by_role("heading", name="Since the last run")).to_be_visible()
    for scheme in ("light", "dark"):
        window.emulate_media(color_scheme=scheme)
        assert barriers(window) == []
    with window.expect_download() as download:
        window.get_by_role("button", name="Save the whole report").click()
    assert download.value.suggested_filename == "report.html"
    assert download.value.path().read_text("utf-8").startswith("<!DOCTYPE html>")
    window.set_viewport_size({"width": 360, "height": 740})
    assert window.evaluate("document.documentElement.scrollWidth") == 360


@pytest.mark.real
def test_the_bundled_articles_can_be_asked_the_bundled_questions(
    tmp_path: Path, real_bot: object
) -> None:
    collections = Collections(tmp_path, bundled=real_bot)  # type: ignore[arg-type]
    (known,) = question_sets(collections, Feedback(None), BUNDLED)
    assert known.id == "bundled"
    assert len(known.questions) > 200
