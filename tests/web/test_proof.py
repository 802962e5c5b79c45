"""Proof in the page: a certificate of an answer, and whether a quotation is right."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from qa.surfaces.web.collections import Collections
from tests.web.conftest import ask, start_over
from tests.web.fakes import HOSTILE
from tests.web.library import EXPO, PARK, collections_in, written
from tests.web.test_accessibility import barriers

pytestmark = pytest.mark.browser

QUESTION = "Which robots danced on the stage?"
ATTACK = f"# Title {HOSTILE}\n\nSomebody wrote {HOSTILE} twice.\n"


@pytest.fixture
def collections(tmp_path: Path) -> Collections:
    collections = collections_in(tmp_path / "data")
    files = written(tmp_path / "files", expo__md=EXPO, park__txt=PARK, attack__md=ATTACK)
    collections.add(collections.create("Mine").id, files)
    return collections


@pytest.fixture
def asked(window: Page, collections: Collections) -> Page:
    """A window with an answer from `collections`."""
    window.goto(start_over(collections))
    ask(window, QUESTION)
    return window


def check(window: Page, words: str) -> None:
    window.get_by_label("Passage to check").fill(words)
    window.get_by_role("button", name="Check", exact=True).click()


def test_an_answer_is_proved_by_a_page_that_stands_alone(asked: Page) -> None:
    with asked.expect_download() as download:
        asked.get_by_role("button", name="Certificate").click()
    assert download.value.suggested_filename == "certificate.html"
    page = download.value.path().read_text("utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert QUESTION in page
    assert "holds: the words stand where the answer says" in page
    assert "sha256sum" in page
    assert "default-src 'none'" in page
    assert re.search(r"\s(?:src|href)=(?![\"']?#)", page) is None


def test_where_the_articles_are_gone_no_certificate_is_given_and_that_is_said(
    asked: Page, collections: Collections
) -> None:
    collections.remove(collections.all()[0].id)
    asked.get_by_role("button", name="Certificate").click()
    expect(asked.get_by_text("This collection is gone: choose another one.")).to_be_visible()


def test_a_quotation_is_checked_word_for_word(asked: Page) -> None:
    asked.get_by_role("button", name="Check a quotation").click()
    expect(asked.get_by_label("Passage to check")).to_be_visible()
    words = "The 2019 expo signed 530 projects."
    check(asked, words)
    expect(asked.locator(".qa-checked")).to_have_text("In the articles, word for word: 1 place.")
    expect(asked.locator(".qa-quotation .qa-passage mark")).to_have_text(words)
    assert barriers(asked) == []
    asked.get_by_role("button", name="Read on in the article").click()
    marked = asked.locator(".qa-source .qa-article mark")
    expect(marked).to_have_text(words)
    asked.get_by_role("button", name="Back to the quotation").click()
    expect(asked.locator(".qa-checked")).to_be_visible()


def test_a_different_figure_is_never_found(asked: Page) -> None:
    asked.get_by_role("button", name="Check a quotation").click()
    check(asked, "The 2019 expo signed 520 projects.")
    expect(asked.locator(".qa-checked")).to_have_text(
        "Not in the articles: a figure is different. The nearest:"
    )
    expect(asked.locator(".qa-differences li")).to_have_text(
        "a different figure: '520' is '530' in the article"
    )
    check(asked, "Bananas ripen slowly in February.")
    expect(asked.locator(".qa-checked")).to_have_text("Not in the articles, and nothing near it.")
    check(asked, "?!")
    expect(asked.locator(".qa-panel .qa-error")).to_contain_text("letter")


def test_a_hostile_quotation_stays_text(asked: Page) -> None:
    asked.get_by_role("button", name="Check a quotation").click()
    check(asked, f"Somebody wrote {HOSTILE}")
    expect(asked.locator(".qa-checked")).to_contain_text("In the articles")
    assert asked.get_by_label("Passage to check").input_value() == f"Somebody wrote {HOSTILE}"
    check(asked, f"Nobody wrote {HOSTILE} once")
    expect(asked.locator(".qa-checked")).to_contain_text("Not in the articles")
    expect(asked.locator(":is(.qa-conversation, .qa-panel) :is(script, img)")).to_have_count(0)
