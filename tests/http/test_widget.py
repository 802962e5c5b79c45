"""The widget in a browser, on a page of another origin: it asks, cites, and shows text as text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

import pytest
from playwright.sync_api import Browser, Page, expect

import qa
from qa.surfaces.http import Options
from tests.http.conftest import running
from tests.http.pages import (
    ELSEWHERE,
    FIGURES,
    ROBOTS,
    SCRIPTED,
    SIGNED,
    SLOW,
    AskedBot,
    Site,
    ask,
    asked_bot,
    opened,
    site,
)
from tests.web.fakes import HOSTILE, HOSTILE_QUESTION, TWO_ANSWERS

pytestmark = pytest.mark.browser


@dataclass
class Place:
    """A bot, the service that asks it, and a site whose pages may ask that."""

    bot: AskedBot
    service: str
    site: Site

    def page(self, attributes: str = "", *scripts: str) -> str:
        return self.site.page(self.service, attributes, scripts)


@pytest.fixture(scope="module")
def place() -> Iterator[Place]:
    bot = asked_bot()
    with site() as pages:
        options = Options(origins=(pages.origin,))
        with running(cast(qa.Bot, bot), options) as service:
            yield Place(bot, service, pages)


@pytest.fixture
def window(browser: Browser) -> Iterator[Page]:
    with opened(browser) as page:
        yield page


def test_an_answer_is_quoted_and_cited(window: Page, place: Place) -> None:
    window.goto(place.page())
    expect(window.locator(".result")).to_be_empty()
    shown = ask(window, SIGNED)
    expect(shown.locator(".words")).to_have_text("530")
    expect(shown.locator("blockquote")).to_have_text("In 2019 530 projects were signed.")
    expect(shown.locator("mark")).to_have_text("530")
    expect(shown.locator("figcaption")).to_have_text("[1] The expo of 2019, 2019-08-29")
    expect(shown.get_by_role("link")).to_have_attribute("href", "https://example.org/2019?a=1&b=2")
    expect(shown).to_contain_text("Confidence: 90% · 3 independent articles say so")
    expect(window.get_by_role("textbox")).to_be_focused()


def test_offsets_are_of_code_points_and_pages_are_named(window: Page, place: Place) -> None:
    window.goto(place.page())
    shown = ask(window, ROBOTS)
    expect(shown.locator("mark")).to_have_text("danced 🤖")
    expect(shown.locator("blockquote")).to_have_text("🤖🤖 Robots danced 🤖 at the opening.")
    expect(shown.locator("figcaption")).to_have_text("[1] 机器人, page 7")
    expect(shown.get_by_role("link")).to_have_count(0)


def test_what_an_article_holds_is_text(window: Page, place: Place) -> None:
    """The page's policy would let the browser complain of any markup that is read."""
    window.goto(place.page())
    shown = ask(window, HOSTILE_QUESTION)
    assert shown.locator("mark").text_content() == f"the words {HOSTILE}"
    assert (shown.locator("blockquote").text_content() or "").count(HOSTILE) == 3
    assert f"[1] Title {HOSTILE}, {HOSTILE}" == shown.locator("figcaption").text_content()
    expect(shown.locator("script, img, b, mark mark")).to_have_count(0)
    link = shown.get_by_role("link").get_attribute("href") or ""
    assert link.startswith("https://example.org/%3Cscript%3E")


def test_a_script_is_no_link(window: Page, place: Place) -> None:
    window.goto(place.page())
    shown = ask(window, SCRIPTED)
    expect(shown.locator("figcaption")).to_have_text("[1] Script")
    expect(shown.locator("a")).to_have_count(0)


def test_where_sources_differ_no_side_wins(window: Page, place: Place) -> None:
    window.goto(place.page())
    shown = ask(window, FIGURES)
    expect(shown.locator(".said")).to_have_text("Sources give different figures.")
    sides = shown.locator(".candidates > li")
    expect(sides.locator(".words")).to_have_text(["33.6 billion", "26 billion"])
    captions = ["[1] Report 1, 2021-08-31", "[2] Report 2, 2021-08-31"]
    expect(sides.locator("figcaption")).to_have_text(captions)
    expect(shown).not_to_contain_text("Confidence")
    sizes = sides.locator(".words").evaluate_all("e => e.map((p) => getComputedStyle(p).fontSize)")
    assert sizes[0] == sizes[1]


def test_other_answers_are_at_hand(window: Page, place: Place) -> None:
    window.goto(place.page())
    shown = ask(window, TWO_ANSWERS)
    expect(shown.locator("details figcaption")).to_be_hidden()
    shown.get_by_text("Other possible answers").click()
    expect(shown.locator("details figcaption")).to_be_visible()
    assert (shown.locator("details figcaption").text_content() or "").startswith("[2] ")


def test_silence_shows_related_passages_that_are_no_sources(window: Page, place: Place) -> None:
    window.goto(place.page())
    shown = ask(window, "Who?")
    expect(shown.locator(".said")).to_have_text("The articles do not answer this.")
    expect(shown).to_contain_text("No passage is sure enough.")
    expect(shown).to_contain_text("Related passages, which are no sources")
    expect(shown.locator(".related li")).to_have_count(3)
    expect(shown.locator("mark, a")).to_have_count(0)
    expect(shown).not_to_contain_text("[1]")
    expect(shown).not_to_contain_text("Confidence")


def test_off_topic_nothing_is_related(window: Page, place: Place) -> None:
    window.goto(place.page('data-off-topic="Dazu steht hier nichts."'))
    shown = ask(window, ELSEWHERE)
    expect(shown).to_contain_text("Dazu steht hier nichts.")
    expect(shown.locator(".related")).to_have_count(0)


def test_a_question_may_refer_to_the_one_before(window: Page, place: Place) -> None:
    window.goto(place.page())
    ask(window, SIGNED)
    ask(window, "Who?")
    shown = ask(window, "And what else?")
    assert place.bot.histories[-1] == [
        {"question": SIGNED, "answer": "530"},
        {"question": "Who?", "answer": ""},
    ]
    expect(shown).to_contain_text(f"Understood as: {TWO_ANSWERS}")


def test_while_it_works_it_says_so_and_a_new_question_takes_over(
    window: Page, place: Place
) -> None:
    window.goto(place.page())
    box = window.get_by_role("textbox")
    box.fill(SLOW)
    box.press("Enter")
    expect(window.locator(".result")).to_have_text("Looking in the articles …")
    assert place.bot.entered.wait(10)
    shown = ask(window, SIGNED)
    place.bot.leave.set()
    expect(shown.locator(".words")).to_have_text("530")
    assert place.bot.histories[-1] == []  # what was not answered is not remembered


def test_a_blank_question_is_not_asked(window: Page, place: Place) -> None:
    window.goto(place.page())
    before = len(place.bot.asked)
    shown = ask(window, "   ")
    expect(shown).to_have_text("Type a question first.")
    expect(window.get_by_role("textbox")).to_be_focused()
    assert len(place.bot.asked) == before


def test_it_speaks_as_it_is_told(window: Page, place: Place) -> None:
    said = {"label": "Fragen Sie uns", "ask": "Los", "silence": "Dazu steht <b>nichts</b> da."}
    attributes = " ".join(f"data-{name}='{words}'" for name, words in said.items())
    window.goto(place.page(attributes))
    expect(window.get_by_role("textbox", name="Fragen Sie uns")).to_be_visible()
    expect(window.get_by_role("button", name="Los")).to_be_visible()
    expect(ask(window, "Wer?").locator(".said")).to_have_text("Dazu steht <b>nichts</b> da.")


def test_the_script_may_come_from_elsewhere_and_twice(window: Page, place: Place) -> None:
    with running(cast(qa.Bot, place.bot)) as elsewhere:
        window.goto(place.page(f'server="{place.service}/"', elsewhere, elsewhere))
        expect(ask(window, SIGNED).locator(".words")).to_have_text("530")


def test_moved_in_the_page_it_keeps_what_it_shows(window: Page, place: Place) -> None:
    window.goto(place.page())
    ask(window, SIGNED)
    window.evaluate("document.body.append(document.querySelector('footnote-ask'))")
    expect(window.locator(".words")).to_have_text("530")
    expect(ask(window, ROBOTS).locator(".words")).to_have_text("danced 🤖")
