"""How long the first answer takes, and what the page moves: `python -m tests.web.first_answer`.

Starts `qa chat` over the bundled articles on a free port, opens it in fresh windows of Chromium,
asks, and prints the median of each figure. Bytes are those on the wire, headers included.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from playwright.sync_api import Browser, sync_playwright

import qa
from tests.conftest import ROOT
from tests.web.conftest import FLAGS, PATIENCE
from tests.web.screenshots import ANSWERED

WINDOWS = 5


def opened(browser: Browser, url: str) -> tuple[float, float, float]:
    """Seconds from the address to the answer, those that the answer took, and bytes moved."""
    window = browser.new_context().new_page()
    window.set_default_timeout(PATIENCE)
    moved: list[float] = []
    wire = window.context.new_cdp_session(window)
    wire.send("Network.enable")
    wire.on("Network.loadingFinished", lambda event: moved.append(event["encodedDataLength"]))
    start = perf_counter()
    window.goto(url)
    window.get_by_label("Your question").fill(ANSWERED)
    asked = perf_counter()
    window.get_by_label("Your question").press("Enter")
    window.locator(".qa-words").wait_for()
    answered = perf_counter()
    window.wait_for_timeout(500)  # what the page still loads
    window.context.close()
    return answered - start, answered - asked, sum(moved)


def main() -> None:
    """Measure and print."""
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        qa.build(ROOT / "corpus", Path(folder) / "index")
        arguments = ["chat", "--index", f"{folder}/index", "--data", folder, "--port", "0"]
        start = perf_counter()
        server = subprocess.Popen(
            [sys.executable, "-m", "qa", *arguments],
            env={**os.environ, "HF_HUB_OFFLINE": "1"},
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            said = server.stdout.readline() if server.stdout else ""
            print(f"ready after {perf_counter() - start:.1f} s")
            url = next(word for word in said.split() if word.startswith("http"))
            path = shutil.which("chromium")
            browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
            runs = [opened(browser, url) for _ in range(WINDOWS)]
            whole, answer, moved = (median(figures) for figures in zip(*runs, strict=True))
            print(f"first answer after {whole:.2f} s, of which the answer takes {answer:.2f} s")
            print(f"moved {moved / 1e6:.2f} MB")
            browser.close()
        finally:
            server.terminate()
            server.wait()


if __name__ == "__main__":
    main()
