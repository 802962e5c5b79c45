"""The panel beside the conversation in a real browser: sources, why, links, feedback, keys."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import ask, start
from tests.web.fakes import SIGNING, TWO_ANSWERS, fake_bot

pytestmark = pytest.mark.browser


def test_a_chip_opens_the_document_with_the_words_marked(window: Page, url: str) -> None:
    window.goto(url)
    ask(window, SIGNING)
    window.locator(".qa-chip").click()
    article = window.locator(".qa-article")
    expect(article.locator("mark")).to_have_text("530")
    expect(article.locator("mark")).to_be_in_viewport()
    document = fake_bot().documents["signings-and-investment.md"]
    assert article.text_content() == document.text
    piece = article.locator("mark [data-at]")
    offset = int(piece.get_attribute("data-at") or "")
    assert document.text[offset : offset + 3] == piece.text_content() == "530"
    soft = "".join(article.locator(".qa-soft").all_text_contents())
    assert len(soft) + 3 == len(document.text)  # the passage is the whole of it
    assert window.evaluate("document.activeElement.id") == "qa-panel-title"


def test_places_are_leafed_through(window: Page, url: str) -> None:
    window.goto(url)
    ask(window, TWO_ANSWERS)
    window.locator(".qa-chip").first.click()
    expect(window.locator(".qa-leafing span")).to_have_text("1 of 2")
    expect(window.get_by_role("button", name="Previous")).to_be_disabled()
    window.get_by_role("button", name="Next").click()
    expect(window.locator(".qa-leafing span")).to_have_text("2 of 2")
    expect(window.locator("#qa-panel-title")).to_contain_text("Title <script>")
    assert "source=2" in window.url
    window.get_by_role("button", name="Previous").click()
    expect(window.locator("#qa-panel-title")).to_have_text("Signings and investment")


def test_a_link_opens_exactly_this_question_and_source_again(window: Page, url: str) -> None:
    window.goto(url)
    ask(window, TWO_ANSWERS)
    window.locator(".qa-chip").first.click()
    window.get_by_role("button", name="Next").click()
    expect(window.locator(".qa-leafing span")).to_have_text("2 of 2")
    link = window.get_by_role("link", name="Copy link").evaluate("node => node.href")
    expect(window).to_have_url(link)
    window.evaluate("localStorage.clear()")
    window.goto(link)
    expect(window.locator(".qa-question")).to_have_text([TWO_ANSWERS])
    expect(window.locator(".qa-leafing span")).to_have_text("2 of 2")
    window.reload()
    expect(window.locator(".qa-leafing span")).to_have_text("2 of 2")
    expect(window.locator(".qa-turn")).to_have_count(1)


@pytest.mark.parametrize("number", ["99", "-1", "x", "9" * 5000, ""])
def test_a_link_to_a_source_that_is_not_there_only_asks(
    window: Page, url: str, number: str
) -> None:
    query = f"?question={quote(SIGNING)}&collection=gone&source={number[:2000]}"
    window.goto(f"{url}/{query}")
    expect(window.locator(".qa-words")).to_have_text("530")
    expect(window.locator(".qa-panel")).to_have_count(0)


def test_a_citation_is_copied(window: Page, url: str) -> None:
    window.context.grant_permissions(["clipboard-read", "clipboard-write"])
    window.goto(url)
    ask(window, SIGNING)
    window.locator(".qa-chip").click()
    window.get_by_role("button", name="Copy citation").click()
    expect(window.get_by_role("button", name="Copied")).to_be_visible()
    copied = window.evaluate("navigator.clipboard.readText()")
    assert copied == (
        "“In 2019 530 projects were signed, worth 816.9 billion yuan.” (Signings and investment; "
        "undated; signings-and-investment.md, characters 50–53)"
    )


def test_why_shows_ranks_scores_and_what_the_reader_thought(window: Page, url: str) -> None:
    window.goto(url)
    ask(window, SIGNING)
    window.get_by_role("button", name="Why this?").click()
    found = window.locator(".qa-found > li")
    expect(found).to_have_count(1)
    expect(found.locator(".qa-measure")).to_have_count(4)
    expect(found).to_contain_text("BM25 1.00")
    expect(found.locator(".qa-reader")).to_contain_text("62%")
    found.get_by_text("The passage").click()
    expect(found.locator("mark")).to_have_text("F")


def test_the_keyboard_is_enough(window: Page, url: str) -> None:
    window.goto(url)
    expect(window.locator(".qa-welcome h2")).to_be_visible()
    window.locator("body").focus()
    window.keyboard.press("Tab")
    window.evaluate("document.activeElement.blur()")
    window.keyboard.press("/")
    expect(window.get_by_label("Your question")).to_be_focused()
    expect(window.get_by_label("Your question")).to_have_value("")
    window.keyboard.type(SIGNING)
    window.keyboard.press("Enter")
    chip = window.locator(".qa-chip")
    expect(chip).to_be_visible()
    for _ in range(20):
        if chip.evaluate("node => node === document.activeElement"):
            break
        window.keyboard.press("Shift+Tab")
    expect(chip).to_be_focused()
    assert chip.evaluate("node => getComputedStyle(node).outlineStyle") == "solid"
    window.keyboard.press("Enter")
    expect(window.locator(".qa-article mark")).to_be_visible()
    expect(window.locator("#qa-panel-title")).to_be_focused()
    window.keyboard.press("Escape")
    expect(window.locator(".qa-panel")).to_have_count(0)
    expect(chip).to_be_focused()
    assert "source=" not in window.url


def rows(data: Path) -> list[tuple[object, ...]]:
    with sqlite3.connect(data / "feedback.sqlite") as database:
        return database.execute(
            'SELECT asked, verdict, absent, start, "end", words FROM entry '
            "JOIN place ON place.entry_id = entry.id ORDER BY entry.id, marked"
        ).fetchall()


SELECT = """([first, from, last, to]) => {
  const at = (n) => document.querySelector(`.qa-article [data-at="${n}"]`).firstChild;
  document.getSelection().setBaseAndExtent(at(first), from, at(last), to);
}"""


def test_a_verdict_is_kept_and_the_right_words_are_marked(window: Page, tmp_path: Path) -> None:
    window.goto(start(fake_bot(), tmp_path))
    ask(window, SIGNING)
    window.get_by_role("button", name="This is right").click()
    expect(window.locator(".qa-thanks")).to_contain_text("Noted as right")
    ask(window, SIGNING)
    window.get_by_role("button", name="This is wrong").click()
    expect(window.locator(".qa-thanks").last).to_contain_text("Noted as wrong")
    these = window.get_by_role("button", name="These words")
    expect(these).to_be_disabled()
    # From inside the piece after the mark, at its offset 53, over white space on both sides.
    window.evaluate(SELECT, [53, 0, 53, 10])
    expect(these).to_be_enabled()
    these.click()
    expect(window.locator(".qa-thanks").last).to_contain_text("The right words are noted")
    expect(window.locator(".qa-panel")).to_have_count(0)
    text = fake_bot().documents["signings-and-investment.md"].text
    kept = [row for row in rows(tmp_path) if row[1] == "wrong"]
    assert [(row[3], row[4], row[5]) for row in kept][-1] == (54, 62, text[54:62])


def test_words_that_are_nowhere_are_told(window: Page, tmp_path: Path) -> None:
    window.goto(start(fake_bot(), tmp_path))
    ask(window, SIGNING)
    window.get_by_role("button", name="This is wrong").click()
    window.get_by_role("button", name="It isn’t in the articles").click()
    expect(window.locator(".qa-thanks")).to_contain_text("it isn’t in the articles")
    assert [row[2] for row in rows(tmp_path)] == [1]


def test_without_feedback_nobody_is_asked_for_it(window: Page, url: str) -> None:
    window.goto(url)
    ask(window, SIGNING)
    expect(window.get_by_role("button", name="This is right")).to_have_count(0)
