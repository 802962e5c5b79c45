"""The widget is for everyone: axe-core finds nothing, keys suffice, narrow windows are enough."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

import pytest
from playwright.sync_api import Browser, Page, expect

import qa
from qa.surfaces.http import Options
from tests.http.conftest import running
from tests.http.pages import FIGURES, ROBOTS, SIGNED, SLOW, ask, asked_bot, opened, site
from tests.web.fakes import CRASH, HOSTILE_QUESTION, TWO_ANSWERS
from tests.web.test_accessibility import AXE

pytestmark = pytest.mark.browser

STATES = [SIGNED, ROBOTS, FIGURES, TWO_ANSWERS, "Who?", CRASH, " ", HOSTILE_QUESTION]


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    bot = asked_bot()
    with site() as pages, running(cast(qa.Bot, bot), Options(origins=(pages.origin,))) as service:
        yield pages.page(service)
        bot.leave.set()


def barriers(window: Page) -> list[str]:
    """What axe-core finds, in the shadow tree too, as "rule: where"."""
    found: list[dict[str, Any]] = window.evaluate("axe.run().then((r) => r.violations)")
    return [f"{each['id']}: {node['html'][:200]}" for each in found for node in each["nodes"]]


@pytest.mark.parametrize("width", [1000, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_keeps_people_out(browser: Browser, url: str, scheme: Any, width: int) -> None:
    size = {"width": width, "height": 700}
    # Trusted types would keep axe-core itself out.
    with opened(browser, color_scheme=scheme, viewport=size, bypass_csp=True) as window:
        window.goto(url)
        window.evaluate(AXE)
        assert barriers(window) == []
        for question in STATES:
            shown = ask(window, question)
            expect(shown).not_to_be_empty()
            for summary in shown.locator("summary").all():
                summary.click()
            assert barriers(window) == [], question
            assert window.evaluate("document.documentElement.scrollWidth") <= width, question


def test_axe_would_find_a_barrier(browser: Browser, url: str) -> None:
    with opened(browser, bypass_csp=True) as window:
        window.goto(url)
        window.evaluate(AXE)
        window.evaluate(
            "document.querySelector('footnote-ask').style.setProperty('--footnote-accent', '#eee')"
        )
        assert any("color-contrast" in each for each in barriers(window))


def test_keys_suffice_and_the_focus_shows(browser: Browser, url: str) -> None:
    with opened(browser) as window:
        window.goto(url)
        window.keyboard.press("Tab")
        expect(window.get_by_role("textbox", name="Ask our articles")).to_be_focused()
        window.keyboard.type(SIGNED)
        window.keyboard.press("Enter")
        expect(window.locator(".words")).to_have_text("530")
        for part in (window.get_by_role("button", name="Ask"), window.get_by_role("link")):
            window.keyboard.press("Tab")
            expect(part).to_be_focused()
            outline = part.evaluate("(e) => getComputedStyle(e).outlineWidth")
            assert outline == "3px"


def test_what_comes_is_announced(browser: Browser, url: str) -> None:
    with opened(browser) as window:
        window.goto(url)
        expect(window.locator(".result")).to_have_attribute("aria-live", "polite")
        expect(window.get_by_role("textbox")).to_have_accessible_description(
            "Answers are quoted word for word, or not given."
        )
        expect(window.get_by_role("search", name="Ask our articles")).to_be_visible()


@pytest.mark.parametrize(("motion", "moving"), [("reduce", 0), ("no-preference", 1)])
def test_without_a_wish_for_motion_nothing_moves(
    browser: Browser, url: str, motion: Any, moving: int
) -> None:
    with opened(browser, reduced_motion=motion) as window:
        window.goto(url)
        window.get_by_role("textbox").fill(SLOW)
        window.get_by_role("textbox").press("Enter")
        expect(window.locator(".working")).to_be_visible()
        animations = "e => e.getAnimations().length"
        assert window.locator(".working").evaluate(animations) == moving


def test_its_colours_follow_the_page_and_can_be_chosen(browser: Browser, url: str) -> None:
    paper = "e => getComputedStyle(e).backgroundColor"
    with opened(browser, color_scheme="dark") as window:
        window.goto(url)
        box = window.locator(".box")
        assert box.evaluate(paper) == "rgb(27, 30, 36)"
        choose = "document.querySelector('footnote-ask').style."
        window.evaluate(f"{choose}colorScheme = 'light'")
        assert box.evaluate(paper) == "rgb(255, 255, 255)"
        window.evaluate(f"{choose}setProperty('--footnote-accent', 'rgb(0, 90, 60)')")
        button = window.get_by_role("button", name="Ask")
        assert button.evaluate(paper) == "rgb(0, 90, 60)"
