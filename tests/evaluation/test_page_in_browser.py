"""The page as a browser shows it, at the width of a phone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from qa.evaluation.page import report_page
from tests.evaluation.pages import HOSTILE, hostile_report

# The words that reach beyond their question, where nothing shows.
CUT_OFF = """nodes => nodes
  .filter(node => node.getBoundingClientRect().right
    > node.closest(".question").getBoundingClientRect().right + 1)
  .map(node => node.textContent)"""


@pytest.mark.browser
def test_filters_work_nothing_is_cut_off_and_the_browser_does_not_complain(tmp_path: Path) -> None:
    from playwright.sync_api import expect, sync_playwright

    file = tmp_path / "report.html"
    file.write_text(report_page(hostile_report(), HOSTILE), encoding="utf-8")
    noise: list[str] = []
    requests: list[str] = []
    with sync_playwright() as playwright:
        chromium = shutil.which("chromium")
        flags = ["--no-sandbox", "--disable-gpu"]
        browser = playwright.chromium.launch(executable_path=chromium, args=flags)
        window = browser.new_page(viewport={"width": 360, "height": 800})
        window.on("console", lambda line: noise.append(line.text))
        window.on("pageerror", lambda error: noise.append(str(error)))
        window.on("request", lambda request: requests.append(request.url))
        window.goto(file.as_uri())
        shown = window.locator(".question:visible")
        expect(shown).to_have_count(6)
        assert shown.locator(".asked").evaluate_all(CUT_OFF) == []
        window.get_by_label("Result").select_option("right")
        expect(shown).to_have_count(window.locator('.question[data-state~="right"]').count())
        window.get_by_role("button", name="Show all").click()
        window.get_by_label("Search").fill("LIJIA runs")
        expect(shown).to_have_count(2)
        window.get_by_label("Search").fill("no such words")
        expect(window.get_by_role("status")).to_have_text("0 of 6 shown")
        window.get_by_role("link", name="wrongly abstained").click()
        expect(shown).to_have_count(
            window.locator('[data-cause="wrongly-abstained"].question').count()
        )
        window.get_by_label("Kind").select_option(index=1)
        expect(shown).to_have_count(1)
        shown.locator("summary").first.click()
        expect(shown.locator(".facts")).to_be_visible()
        assert window.evaluate("document.documentElement.scrollWidth") == 360
        assert window.evaluate("window.__pwned") is None
        browser.close()
    assert noise == []
    assert requests == [file.as_uri()]
