"""Asking in a real browser. The `window` fixture also fails on errors, dialogs and requests."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from qa import Bot
from tests.web.conftest import ask, start
from tests.web.fakes import (
    AGREED,
    CONTESTED,
    CRASH,
    HOSTILE,
    HOSTILE_QUESTION,
    REFERRING,
    SIGNING,
    TWO_ANSWERS,
    UNSURE,
)

pytestmark = pytest.mark.browser


def test_a_question_is_answered_with_its_words_marked(window: Page, url: str) -> None:
    window.goto(url)
    ask(window, SIGNING)
    expect(window.locator(".qa-words")).to_have_text("530")
    expect(window.locator(".qa-quote mark")).to_have_text("530")
    expect(window.locator(".qa-chip cite")).to_have_text("Signings and investment")
    expect(window.get_by_label("Your question")).to_have_value("")


def test_examples_and_the_button_ask_and_a_new_conversation_starts_again(
    window: Page, url: str
) -> None:
    window.goto(url)
    expect(window.locator(".qa-welcome")).to_contain_text("2 articles")
    window.get_by_role("button", name=SIGNING).click()
    expect(window.locator(".qa-quote mark")).to_have_text("530")
    window.get_by_label("Your question").fill("Who?")
    window.get_by_role("button", name="Ask", exact=True).click()
    expect(window.locator(".qa-question")).to_have_text([SIGNING, "Who?"])
    window.get_by_role("button", name="New conversation").click()
    expect(window.locator(".qa-turn")).to_have_count(0)
    expect(window.locator(".qa-welcome")).to_be_visible()
    window.reload()
    expect(window.locator(".qa-welcome h2")).to_be_visible()


def test_nothing_can_be_chosen_before_the_page_is_ready(window: Page, url: str) -> None:
    held: list[Route] = []
    window.route("**/queue/join**", lambda route: held.append(route))
    window.goto(url)
    example = window.get_by_role("button", name=SIGNING)
    expect(window.get_by_role("button", name="Ask", exact=True)).to_be_enabled()
    expect(example).to_be_disabled()
    expect(window.get_by_role("button", name="or check a quotation")).to_be_disabled()
    for route in held:
        route.continue_()
    window.unroute("**/queue/join**")
    example.click()
    expect(window.locator(".qa-quote mark")).to_have_text("530")


def test_no_answer_lists_related_passages_and_no_sources(window: Page, url: str) -> None:
    window.goto(url)
    ask(window, "Who painted the Mona Lisa?")
    expect(window.locator(".qa-refusal")).to_have_text("The articles do not answer this.")
    expect(window.locator(".qa-related li")).to_have_count(2)
    expect(window.locator(".qa-chip")).to_have_count(0)
    window.get_by_role("button", name="Change the question").click()
    expect(window.get_by_label("Your question")).to_have_value("Who painted the Mona Lisa?")
    window.get_by_role("button", name="Mona Lisa", exact=True).click()
    expect(window.locator(".qa-search .qa-passage")).to_have_count(2)
    window.get_by_label("Words to search for").fill("expo")
    window.get_by_label("Words to search for").press("Enter")
    expect(window.locator('.qa-search input[value="expo"]')).to_be_visible()
    window.locator(".qa-search .qa-related button").first.click()
    expect(window.locator(".qa-source .qa-soft").first).to_be_visible()
    window.get_by_role("button", name="Back to the search").click()
    expect(window.get_by_label("Words to search for")).to_have_value("expo")


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
    assert "".join(turn.locator(".qa-quote mark").all_text_contents()) == f"the words {HOSTILE}"
    assert turn.locator("cite").text_content() == f"Title {HOSTILE}"
    assert HOSTILE in (turn.locator(".qa-chip").text_content() or "")
    turn.locator(".qa-chip").click()
    expect(window.locator("#qa-panel-title")).to_have_text(f"Title {HOSTILE}")
    assert f"{HOSTILE}.md" in (window.locator(".qa-panel code").text_content() or "")
    marked = "".join(window.locator(".qa-article mark").all_text_contents())
    assert marked == f"the words {HOSTILE}"
    assert (window.locator(".qa-panel a").first.get_attribute("href") or "").startswith("https://")
    window.get_by_role("button", name="Why this?").click()
    expect(window.locator(".qa-why cite")).to_have_text(f"Title {HOSTILE}")
    ask(window, HOSTILE)
    related = window.locator(".qa-related li").nth(1)
    assert (related.text_content() or "").count(HOSTILE) == 6
    expect(window.locator(":is(.qa-conversation, .qa-panel) :is(script, img)")).to_have_count(0)


def test_other_answers_can_be_opened_and_stay_text(window: Page, url: str) -> None:
    window.goto(url)
    ask(window, TWO_ANSWERS)
    expect(window.locator(".qa-words")).to_have_text("530")
    expect(window.locator(".qa-others")).to_be_hidden()
    window.get_by_text("1 other possible answer").click()
    assert window.locator(".qa-other").text_content() == f"the words {HOSTILE}10%"
    expect(window.locator(".qa-conversation :is(script, img)")).to_have_count(0)


def test_sides_of_a_conflict_are_equally_large_and_each_has_its_source(
    window: Page, url: str
) -> None:
    window.goto(url)
    ask(window, CONTESTED)
    expect(window.locator(".qa-refusal")).to_have_text("Sources give different figures.")
    expect(window.locator(".qa-words")).to_have_count(0)
    sides = window.locator(".qa-conflict .qa-others > li")
    expect(sides).to_have_count(2)
    size = "(nodes) => nodes.map((node) => getComputedStyle(node).fontSize)"
    assert len(set(window.locator(".qa-other").evaluate_all(size))) == 1
    for number in (0, 1):
        sides.nth(number).locator(".qa-chip").click()
        title = sides.nth(number).locator(".qa-chip cite").inner_text()
        expect(window.locator("#qa-panel-title")).to_have_text(title)
        expect(window.locator(".qa-article mark").first).to_be_visible()
    expect(window.locator(".qa-confidence")).to_have_count(0)


def test_how_many_articles_agree_is_said(window: Page, url: str) -> None:
    window.goto(url)
    ask(window, AGREED)
    expect(window.locator(".qa-agreement")).to_have_text("2 independent articles say so")
    expect(window.locator(".qa-chips").first.locator(".qa-chip")).to_have_count(2)


def test_words_that_did_not_convince_are_named_with_the_reason(window: Page, url: str) -> None:
    window.goto(url)
    ask(window, UNSURE)
    expect(window.locator(".qa-refusal")).to_have_text("The articles give no clear answer.")
    expect(window.locator(".qa-reason")).to_have_text("Two readings of it are level.")
    expect(window.locator(".qa-rejected q")).to_have_text("501")
    window.get_by_role("button", name="See them in").click()
    expect(window.locator(".qa-article mark")).to_have_text("501")
    window.get_by_role("button", name="Why no answer?").click()
    expect(window.locator(".qa-why")).to_contain_text("Two readings of it are level.")


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
    width = "Math.max(document.documentElement.scrollWidth, ...[...document.querySelectorAll("
    width += "'.qa-shown, .qa-scroll')].map((e) => e.scrollWidth))"
    widths = [window.evaluate(width)]
    for question in (SIGNING, HOSTILE_QUESTION, TWO_ANSWERS, "x" * 400):
        ask(window, question)
        widths.append(window.evaluate(width))
    window.locator(".qa-chip").first.click()
    expect(window.locator(".qa-article mark").first).to_be_in_viewport()
    widths.append(window.evaluate(width))
    assert widths == [360] * 6
    window.get_by_role("button", name="Close").click()
    expect(window.locator(".qa-panel")).to_have_count(0)


def test_two_windows_are_two_conversations(window: Page, browser: Browser, url: str) -> None:
    window.goto(url)
    ask(window, SIGNING)
    other = browser.new_context().new_page()
    other.goto(url)
    expect(other.locator(".qa-welcome h2")).to_be_visible()
    ask(other, "Who?")
    expect(other.locator(".qa-question")).to_have_text(["Who?"])
    ask(window, "And what else?")
    expect(window.locator(".qa-question")).to_have_text([SIGNING, "And what else?"])
    expect(other.locator(".qa-question")).to_have_text(["Who?"])
    other.context.close()


def test_a_follow_up_shows_how_it_was_understood_and_can_be_corrected(
    window: Page, url: str
) -> None:
    window.goto(url)
    ask(window, SIGNING)
    ask(window, "And what else?")
    understood = window.locator(".qa-understood")
    expect(understood.locator("p span")).to_have_text(REFERRING["And what else?"])
    understood.get_by_text("Change").click()
    window.get_by_label("What you meant").fill(HOSTILE_QUESTION)
    window.get_by_role("button", name="Ask this").click()
    expect(window.locator(".qa-question").last).to_have_text(HOSTILE_QUESTION)
    expect(window.locator(".qa-turn")).to_have_count(3)


def test_asking_again_and_taking_back(window: Page, url: str) -> None:
    window.goto(url)
    ask(window, "Who?")
    ask(window, SIGNING)
    expect(window.get_by_role("button", name="Ask again")).to_have_count(1)
    first = window.locator(".qa-turn").last.get_attribute("data-key") or ""
    window.get_by_role("button", name="Ask again").click()
    expect(window.locator(f'.qa-turn[data-key="{first}"]')).to_have_count(0)
    expect(window.locator(".qa-question")).to_have_text(["Who?", SIGNING])
    expect(window.locator(".qa-working")).to_have_count(0)
    window.get_by_role("button", name="Undo").click()
    expect(window.locator(".qa-question")).to_have_text(["Who?"])
    expect(window.get_by_label("Your question")).to_have_value(SIGNING)


def test_a_conversation_is_there_again_after_a_reload_looked_up_anew(
    window: Page, url: str
) -> None:
    window.goto(url)
    ask(window, SIGNING)
    ask(window, HOSTILE_QUESTION)
    window.reload()
    expect(window.locator(".qa-question")).to_have_text([SIGNING, HOSTILE_QUESTION])
    expect(window.locator(".qa-words").first).to_have_text("530")
    kept = window.evaluate("JSON.stringify({...localStorage})")
    assert "530" not in kept


def test_what_stands_in_the_browser_is_not_believed(window: Page, url: str) -> None:
    planted = "localStorage.setItem('footnote-conversation', '<img src=x onerror=alert(1)>')"
    window.add_init_script(planted)
    window.goto(url)
    expect(window.locator(".qa-welcome h2")).to_be_visible()
    ask(window, SIGNING)
    expect(window.locator(".qa-words")).to_have_text("530")


def test_a_conversation_is_saved_with_its_citations(window: Page, url: str, tmp_path: Path) -> None:
    window.goto(url)
    ask(window, SIGNING)
    for name, file in (
        ("Save as Markdown", "conversation.md"),
        ("Save as JSON", "conversation.json"),
    ):
        with window.expect_download() as download:
            window.get_by_role("button", name=name).click()
        assert download.value.suggested_filename == file
        download.value.save_as(tmp_path / file)
    told = json.loads((tmp_path / "conversation.json").read_text("utf-8"))
    assert told[0]["citations"][0]["answer"] == "530"
    assert "**530**" in (tmp_path / "conversation.md").read_text("utf-8")


@pytest.mark.real
def test_the_bundled_articles_say_how_many_projects_were_signed(
    window: Page, real_bot: Bot
) -> None:
    window.goto(start(real_bot))
    ask(window, SIGNING)
    expect(window.locator(".qa-quote mark")).to_contain_text("530")
    window.locator(".qa-chip").first.click()
    expect(window.locator(".qa-article mark")).to_contain_text("530")
