"""Nothing leaves this machine: a whole session, in which every network call is watched.

The session runs as a process of its own (`python -m tests.offline_session`), without the
variables that tell libraries to stay offline.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

# What tells a library to stay offline, or to go by way of another machine.
FORGOTTEN = ("offline", "_proxy", "analytics", "telemetry")


def session(*arguments: str | Path) -> dict[str, list[str]]:
    """What a session tried to reach: `here`, on this machine, and `outside` of it."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if not any(word in name.lower() for word in FORGOTTEN)
    }
    environment["PYTHONPATH"] = str(ROOT)
    command = [sys.executable, "-m", "tests.offline_session", *map(str, arguments)]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    reached: dict[str, list[str]] = json.loads(done.stdout.splitlines()[-1])
    return reached


@pytest.mark.real
def test_building_asking_and_chatting_stay_on_this_machine(tmp_path: Path) -> None:
    reached = session("chat", tmp_path)
    assert reached["outside"] == []
    assert any(call.startswith("socket.connect ") for call in reached["here"])
    assert any(call.startswith("socket.bind ") for call in reached["here"])


@pytest.mark.real
def test_the_runtime_of_the_networks_keeps_no_record_of_this_machine(tmp_path: Path) -> None:
    """What it would report goes past Python, but it writes down first who it reports of."""
    folders = {name: str(tmp_path) for name in ("HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME")}
    asked = """if True:
        import time
        from qa.reader import SpanReader
        from qa.types import Passage
        SpanReader().point("Who danced?", [Passage("a.txt", "", 0, 14, "Robots danced.")])
        time.sleep(1)
    """
    kept = {n: v for n, v in os.environ.items() if not any(w in n.lower() for w in FORGOTTEN)}
    environment = kept | folders | {"PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-c", asked], check=True, env=environment, cwd=tmp_path)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("call", "arguments"),
    [
        ("socket.connect", "('192.0.2.1', 9)"),
        ("socket.sendto", "('192.0.2.1', 9)"),
        ("socket.bind", "('0.0.0.0', 0)"),
        ("socket.getaddrinfo", "'example.invalid'"),
        ("socket.gethostbyname", "'example.invalid'"),
    ],
)
def test_a_call_that_would_leave_is_stopped_and_told(call: str, arguments: str) -> None:
    assert session("plant", call) == {"here": [], "outside": [f"{call} {arguments}"]}
