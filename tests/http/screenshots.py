"""Screenshots of the widget, for the documentation: `python -m tests.http.screenshots`.

Builds the bundled articles, serves them, and writes `docs/images/widget*.png`.
"""

from __future__ import annotations

import os
import shutil
import sys
from typing import Any

from playwright.sync_api import expect, sync_playwright

import qa
from qa.surfaces.http import Options
from tests.conftest import ROOT
from tests.http.conftest import running
from tests.http.pages import ask, opened, site
from tests.web.conftest import FLAGS
from tests.web.screenshots import ANSWERED, DIFFERENT, IMAGES, save

# The name of a picture; what is asked; the width of the window in pixels; light or dark.
SHOTS: dict[str, tuple[str, int, Any]] = {
    "widget": (ANSWERED, 720, "light"),
    "widget-phone-dark": (DIFFERENT, 360, "dark"),
}
STYLE = "body { margin: 1rem; font-family: system-ui, sans-serif } h1 { display: none }"


def main(names: list[str]) -> None:
    """Take the shots that are named, or those of the documentation."""
    os.environ["HF_HUB_OFFLINE"] = "1"
    bot = qa.build(ROOT / "corpus")
    with (
        site() as pages,
        running(bot, Options(origins=(pages.origin,))) as service,
        sync_playwright() as playwright,
    ):
        path = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        for name in names or SHOTS:
            question, width, scheme = SHOTS[name]
            size = {"width": width, "height": 400}
            # The page's policy allows it no styles; these are what a site of today has.
            with opened(browser, viewport=size, color_scheme=scheme, bypass_csp=True) as window:
                window.goto(pages.page(service))
                window.add_style_tag(content=STYLE)
                expect(ask(window, question).locator(".words, .said").first).to_be_visible()
                save(window.screenshot(full_page=True), IMAGES / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
