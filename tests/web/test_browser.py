"""The page in a real browser. The `window` fixture also fails on errors, dialogs and requests."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from qa import Bot
from tests.web.conftest import start
from tests.web.fakes import CRASH, HOSTILE, HOSTILE_QUESTION, SIGNING, TWO_ANSWERS

pytestmark = pytest.mark.browser


def ask(window: Page, question: str) -> None:
    """Type a question, send it with Enter and wait for what comes of it."""
    before = window.locator(".qa-turn").count()
    window.get_by_label("Your question").fill(question)
    window.get_by_label("Your question").press("Enter")
    expect(window.locator(".qa-turn")).to_have_count(before + 1)
    expect(window.locator(".qa-working")).to_have_count(0)


def test_a_question_is_answered_with_its_words_marked(window: Page, url: str) -> None:
    window.goto(url)
    ask(window, SIGNING)
    expect(window.locator(".qa-words")).to_have_text("530")
    expect(window.locator(".qa-quote mark")).to_have_text("530")
    expect(window.locator(".qa-sources cite")).to_have_text("Signings and investment")
    expect(window.get_by_label("Your question")).to_have_value("")


def test_examples_and_the_button_ask_and_clear_starts_again(window: Page, url: str) -> None:
    window.goto(url)
    expect(window.locator(".qa-welcome")).to_contain_text("2 articles")
    window.get_by_role("button", name=SIGNING).click()
    expect(window.locator(".qa-quote mark")).to_have_text("530")
    expect(window.get_by_role("button", name=SIGNING)).to_have_count(0)
    window.get_by_label("Your question").fill("Who?")
    window.get_by_role("button", name="Ask").click()
    expect(window.locator(".qa-question")).to_have_text([SIGNING, "Who?"])
    window.get_by_role("button", name="Clear").click()
    expect(window.locator(".qa-turn")).to_have_count(0)
    expect(window.locator(".qa-welcome")).to_be_visible()


def test_no_answer_lists_related_passages_and_no_sources(window: Page, url: str) -> None:
    window.goto(url)
    ask(window, "Who painted the Mona Lisa?")
    expect(window.locator(".qa-refusal")).to_have_text("The articles do not say.")
    expect(window.locator(".qa-related li")).to_have_count(2)
    expect(window.get_by_text("Sources")).to_have_count(0)


def test_an_error_is_a_sentence_and_a_mistake_of_ours_shows_no_insides(
    window: Page, url: str
) -> None:
    window.goto(url)
    ask(window, "  ")
    expect(window.locator(".qa-error")).to_have_text("the question is empty")
    ask(window, CRASH)
    expect(window.locator(".qa-error").last).to_contain_text("something went wrong")
    assert "mistake" not in window.locator("body").inner_text()
    ask(window, SIGNING)
    expect(window.locator(".qa-quote mark")).to_have_text("530")


def test_hostile_text_stays_text_everywhere(window: Page, url: str) -> None:
    window.goto(url)
    expect(window.get_by_role("button", name=HOSTILE, exact=True)).to_be_visible()
    ask(window, HOSTILE_QUESTION)
    turn = window.locator(".qa-turn")
    expect(turn.locator(".qa-question")).to_have_text(HOSTILE_QUESTION)
    for place in (".qa-quote mark", ".qa-passage mark"):
        assert turn.locator(place).inner_text() == f"the words {HOSTILE}"
    assert turn.locator("cite").inner_text() == f"Title {HOSTILE}"
    assert turn.locator("code").inner_text() == f"{HOSTILE}.md"
    assert HOSTILE in turn.locator(".qa-facts span").first.inner_text()
    ask(window, HOSTILE)
    related = window.locator(".qa-related li").nth(1)
    assert related.inner_text().count(HOSTILE) == 6
    expect(window.locator(".qa-conversation :is(script, img)")).to_have_count(0)


def test_other_answers_are_listed_and_stay_text(window: Page, url: str) -> None:
    window.goto(url)
    ask(window, TWO_ANSWERS)
    expect(window.locator(".qa-words")).to_have_text("530")
    others = window.locator(".qa-others > li")
    expect(others).to_have_count(1)
    assert others.locator(".qa-other").inner_text() == f"the words {HOSTILE}10%"
    assert others.locator("cite").inner_text() == f"Title {HOSTILE}"
    expect(others.locator(".qa-passage")).to_be_hidden()
    others.get_by_text("The passage").click()
    assert others.locator(".qa-passage mark").inner_text() == f"the words {HOSTILE}"
    expect(window.locator(".qa-conversation :is(script, img)")).to_have_count(0)


def test_the_newest_question_is_at_the_top_of_the_window(window: Page, url: str) -> None:
    window.goto(url)
    for question in (HOSTILE_QUESTION, "Who?", SIGNING):
        ask(window, question)
    expect(window.locator(".qa-question").last).to_be_in_viewport()
    expect(window.locator(".qa-quote").last).to_be_in_viewport()
    expect(window.get_by_label("Your question")).to_be_in_viewport()


def test_a_narrow_phone_scrolls_only_down(window: Page, url: str) -> None:
    window.set_viewport_size({"width": 360, "height": 740})
    window.goto(url)
    expect(window.locator(".qa-welcome")).to_be_visible()
    widths = [window.evaluate("document.documentElement.scrollWidth")]
    for question in (SIGNING, HOSTILE_QUESTION, TWO_ANSWERS, "x" * 400):
        ask(window, question)
        widths.append(window.evaluate("document.documentElement.scrollWidth"))
    assert widths == [360, 360, 360, 360, 360]


def test_two_windows_are_two_conversations(window: Page, browser: Browser, url: str) -> None:
    window.goto(url)
    ask(window, SIGNING)
    other = browser.new_page()
    other.goto(url)
    expect(other.locator(".qa-welcome")).to_be_visible()
    ask(other, "Who?")
    expect(other.locator(".qa-question")).to_have_text(["Who?"])
    other.close()


@pytest.mark.real
def test_the_bundled_articles_say_how_many_projects_were_signed(
    window: Page, real_bot: Bot
) -> None:
    window.goto(start(real_bot))
    ask(window, SIGNING)
    expect(window.locator(".qa-quote mark")).to_contain_text("530")
