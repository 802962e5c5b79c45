"""axe-core finds nothing in any state of the page, in light and in dark."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.conftest import ask
from tests.web.fakes import CONTESTED, SIGNING, TWO_ANSWERS, UNSURE

pytestmark = pytest.mark.browser

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text("utf-8")


def barriers(window: Page) -> list[str]:
    """What axe-core finds, as "rule: where, why"."""
    if not window.evaluate("typeof axe === 'object'"):
        window.evaluate(AXE)
    window.evaluate("Promise.all(document.getAnimations().map((a) => a.finished.catch(() => 0)))")
    found: list[dict[str, Any]] = window.evaluate(
        "axe.run(document, {resultTypes: ['violations']}).then((r) => r.violations)"
    )
    return [
        f"{violation['id']}: {node['html'][:200]} {[any_['message'] for any_ in node['any']]}"
        for violation in found
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_keeps_people_out(window: Page, url: str, scheme: Any) -> None:
    window.emulate_media(color_scheme=scheme)
    window.goto(url)
    expect(window.locator(".qa-welcome h2")).to_be_visible()
    assert barriers(window) == []
    ask(window, TWO_ANSWERS)
    window.get_by_text("1 other possible answer").click()
    window.locator(".qa-chip").first.click()
    expect(window.locator(".qa-article mark").first).to_be_visible()
    assert barriers(window) == []
    window.get_by_role("button", name="Why this?").click()
    expect(window.locator(".qa-found")).to_be_visible()
    window.locator(".qa-found summary").first.click()
    assert barriers(window) == []
    ask(window, CONTESTED)
    assert barriers(window) == []
    ask(window, UNSURE)
    window.locator(".qa-differently").get_by_role("button").last.click()
    expect(window.locator(".qa-search .qa-passage").first).to_be_visible()
    assert barriers(window) == []
    window.get_by_role("button", name="Check a quotation").click()
    expect(window.get_by_label("Passage to check")).to_be_visible()
    ask(window, " ")
    assert barriers(window) == []


def test_a_dark_page_is_dark(window: Page, url: str) -> None:
    window.emulate_media(color_scheme="dark")
    window.goto(url)
    ask(window, SIGNING)
    back = "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)"
    assert max(window.evaluate(back)[:3]) < 60
    ink = "getComputedStyle(document.querySelector('.qa-words')).color.match(/\\d+/g).map(Number)"
    assert min(window.evaluate(ink)[:3]) > 180


@pytest.mark.parametrize("tab", ["Library", "Quality"])
def test_nothing_keeps_people_out_of_the_other_tabs(window: Page, url: str, tab: str) -> None:
    window.goto(url)
    window.get_by_role("tab", name=tab).click()
    expect(window.get_by_role("tabpanel")).to_be_visible()
    window.wait_for_timeout(500)
    assert barriers(window) == []


def test_without_a_wish_for_motion_nothing_moves(browser: Browser, url: str) -> None:
    context = browser.new_context(reduced_motion="reduce")
    window = context.new_page()
    window.goto(url)
    ask(window, SIGNING)
    window.locator(".qa-chip").click()
    expect(window.locator(".qa-article mark")).to_be_in_viewport()
    moving = "document.getAnimations().filter((a) => a.effect.getTiming().duration > 1).length"
    assert window.evaluate(moving) == 0
    context.close()
