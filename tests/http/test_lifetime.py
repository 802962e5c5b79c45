"""What runs beside the requests: loading models, and taking up a newer index."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

import qa
from qa.errors import InputError
from qa.surfaces.http import Options, application
from tests.fakes import WordEncoder
from tests.http.conftest import ARTICLES, SIGNED, bot_of, serving
from tests.http.readers import UnloadableReader
from tests.http.test_problems import check
from tests.readers import OverlapReader


def test_models_that_cannot_be_loaded_are_told(caplog: pytest.LogCaptureFixture) -> None:
    failures: list[Exception] = []
    app = application(bot_of(UnloadableReader()), failed=failures.append)
    with TestClient(app) as client:
        for _ in range(500):
            if failures:
                break
            time.sleep(0.01)
        check(client.get("/v1/ready"), 503, "not-ready")
        assert client.get("/v1/health").status_code == 200
    assert [str(failure) for failure in failures] == ["the model is cut short"]
    assert any(record.levelno == logging.ERROR for record in caplog.records)


def until(true: Callable[[], bool]) -> None:
    for _ in range(1_000):
        if true():
            return
        time.sleep(0.01)
    raise AssertionError("it did not happen")


def test_a_newer_index_is_taken_up_without_dropping_a_question(tmp_path: Path) -> None:
    parts: Any = {"encoder": WordEncoder(), "reader": OverlapReader()}
    qa.build(ARTICLES[:1], tmp_path, **parts)
    bot = qa.open(tmp_path, **parts)
    question = {"question": "When did Lijia park open?"}
    statuses: list[int] = []
    with serving(bot, watch_seconds=0.02) as client, ThreadPoolExecutor(1) as threads:

        def ask(times: int) -> Any:
            for _ in range(times):
                response = client.post("/v1/ask", json=question)
                statuses.append(response.status_code)
            return response.json()["answer"]

        assert ask(1) is None
        asked = threads.submit(ask, 100)
        first = client.get("/v1/ready").json()
        qa.build(ARTICLES, tmp_path, **parts)
        until(lambda: client.get("/v1/ready").json()["documents"] == len(ARTICLES))
        assert client.get("/v1/ready").json()["build_id"] != first["build_id"]
        assert ask(1) == "Lijia park opened in 2018."
        asked.result(60)
        assert f"qa_index_documents {len(ARTICLES)}.0" in client.get("/metrics").text
    assert set(statuses) == {200}


def point(index: Path, build: str) -> None:
    """Name the index's build in one step: whoever watches would else see an empty name at times."""
    (index / "next").write_text(build)
    (index / "next").replace(index / "current")


def test_a_newer_index_that_is_damaged_is_left_alone(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    parts: Any = {"encoder": WordEncoder(), "reader": OverlapReader()}
    qa.build(ARTICLES, tmp_path, **parts)
    bot = qa.open(tmp_path, **parts)
    current = (tmp_path / "current").read_text()
    with serving(bot, watch_seconds=0.01) as client:
        point(tmp_path, "no-such-build\n")
        until(lambda: "the newer index cannot be used" in caplog.text)
        time.sleep(0.1)
        assert client.post("/v1/ask", json={"question": SIGNED}).json()["answer"]
        assert caplog.text.count("the newer index cannot be used") == 1
        point(tmp_path, current)
        assert client.get("/v1/ready").status_code == 200


def test_an_index_in_memory_cannot_be_watched(bot: qa.Bot) -> None:
    with pytest.raises(InputError, match="in memory") as error:
        application(bot, Options(watch_seconds=1))
    assert error.value.hint
