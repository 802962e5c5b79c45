"""What every test has: no network, the same Hypothesis examples in every run, and the real bot."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    import qa

ROOT = Path(__file__).parent.parent

# Before any test imports the libraries that read these.
os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["HAYSTACK_TELEMETRY_ENABLED"] = "False"
os.environ["LANGSMITH_TRACING"] = "false"

settings.register_profile("footnote", deadline=None, derandomize=True)
settings.load_profile("footnote")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip browser tests where there is no browser, but never in CI: there they must run."""
    if item.get_closest_marker("browser") and shutil.which("chromium") is None:
        if os.environ.get("CI"):
            pytest.fail("chromium is not on the PATH; .ci/run installs it")
        pytest.skip("chromium is not on the PATH")


@pytest.fixture(scope="session")
def real_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index of the bundled articles, built once with the real encoder. Not to be changed."""
    import qa

    folder = tmp_path_factory.mktemp("index")
    qa.build(ROOT / "corpus", folder)
    return folder


@pytest.fixture(scope="session")
def real_bot(real_index: Path) -> qa.Bot:
    """Asks the bundled articles."""
    import qa

    return qa.open(real_index)
