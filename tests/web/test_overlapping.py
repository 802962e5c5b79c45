"""Doing something while something else is under way, in a real browser: all of it is done."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import ask, start
from tests.web.fakes import AGREED, SIGNING, TWO_ANSWERS, HeldBot

pytestmark = pytest.mark.browser


@pytest.fixture
def bot(window: Page) -> HeldBot:
    """A bot that can be held up, behind the page that the window shows; one answer is there."""
    bot = HeldBot()
    window.goto(start(bot))
    ask(window, SIGNING)
    return bot


def send(window: Page, question: str) -> None:
    """Ask without waiting for anything."""
    box = window.get_by_label("Your question")
    box.fill(question)
    box.press("Enter")


def test_questions_asked_in_a_hurry_are_all_answered_in_order(window: Page, bot: HeldBot) -> None:
    bot.go.clear()
    hurried = ["Who?", TWO_ANSWERS, "Where?", SIGNING]
    for question in hurried:
        send(window, question)
    window.get_by_label("Your question").fill("Half a thou")
    expect(window.locator(".qa-working")).to_have_count(4)
    bot.go.set()
    expect(window.locator(".qa-working")).to_have_count(0)
    expect(window.locator(".qa-question")).to_have_text([SIGNING, *hurried])
    expect(window.locator(".qa-refusal")).to_have_count(2)
    expect(window.get_by_label("Your question")).to_have_value("Half a thou")


def test_a_source_opens_while_a_question_is_answered_and_stays_open(
    window: Page, bot: HeldBot
) -> None:
    bot.go.clear()
    send(window, TWO_ANSWERS)
    expect(window.locator(".qa-working")).to_have_count(1)
    window.locator(".qa-chip").click()
    expect(window.locator(".qa-article mark")).to_have_text("530")
    bot.go.set()
    expect(window.locator(".qa-working")).to_have_count(0)
    expect(window.locator(".qa-source")).to_be_visible()
    expect(window.locator(".qa-chip[aria-current]")).to_have_attribute("data-turn", "0")


def test_a_passage_chosen_while_a_search_is_under_way_is_opened(window: Page, bot: HeldBot) -> None:
    ask(window, "Who saw the expo?")
    window.get_by_role("button", name="expo", exact=True).click()
    expect(window.locator(".qa-search .qa-passage")).to_have_count(2)
    bot.go.clear()
    bot.begun.clear()
    # Both at once, before the page can show that it is looking.
    window.evaluate("""() => {
      const form = document.querySelector('.qa-search form');
      form.elements.words.value = 'signings';
      form.requestSubmit();
      document.querySelectorAll('.qa-search .qa-related button')[1].click();
    }""")
    expect(window.locator(".qa-source #qa-panel-title")).to_contain_text("Title <script>")
    assert bot.begun.wait(60)
    bot.go.set()
    ask(window, SIGNING)
    window.get_by_role("button", name="Why this?").last.click()
    expect(window.locator(".qa-why")).to_be_visible()


def test_what_a_search_finds_late_does_not_replace_what_was_opened_since(
    window: Page, bot: HeldBot
) -> None:
    ask(window, "Who saw the expo?")
    bot.go.clear()
    bot.begun.clear()
    window.get_by_role("button", name="expo", exact=True).click()
    expect(window.locator(".qa-search .qa-working")).to_be_visible()
    assert bot.begun.wait(60)
    window.locator(".qa-chip").first.click()
    expect(window.locator(".qa-source")).to_be_visible()
    bot.go.set()
    ask(window, TWO_ANSWERS)
    window.get_by_role("button", name="expo", exact=True).click()
    expect(window.locator(".qa-search .qa-passage")).to_have_count(2)


def test_a_new_conversation_begins_at_once_and_nothing_old_comes_into_it(
    window: Page, bot: HeldBot
) -> None:
    bot.go.clear()
    send(window, TWO_ANSWERS)
    expect(window.locator(".qa-working")).to_have_count(1)
    window.get_by_role("button", name="New conversation").click()
    expect(window.locator(".qa-welcome")).to_be_visible()
    send(window, "Who?")
    expect(window.locator(".qa-working")).to_have_count(1)
    bot.go.set()
    expect(window.locator(".qa-working")).to_have_count(0)
    expect(window.locator(".qa-question")).to_have_text(["Who?"])


def test_leafing_twice_in_a_row_goes_two_places_on(window: Page, bot: HeldBot) -> None:
    ask(window, AGREED)
    window.locator(".qa-chip").nth(1).click()
    expect(window.locator(".qa-leafing span")).to_have_text("1 of 3")
    window.evaluate("""() => {
      const next = document.querySelector('.qa-leafing [data-do=next]');
      next.click();
      next.click();
    }""")
    expect(window.locator(".qa-leafing span")).to_have_text("3 of 3")


def test_a_question_is_remembered_before_it_is_answered(window: Page, bot: HeldBot) -> None:
    bot.go.clear()
    send(window, TWO_ANSWERS)
    expect(window.locator(".qa-working")).to_have_count(1)
    later = window.context.new_page()
    later.goto(window.url)
    bot.go.set()
    expect(later.locator(".qa-question")).to_have_text([SIGNING, TWO_ANSWERS])
    expect(later.locator(".qa-words")).to_have_text(["530", "530"])
