"""`python -m qa` as a process: exit codes, other encodings, and readers that leave early."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.real


def start(*arguments: str | Path, out: int | None = None) -> subprocess.CompletedProcess[bytes]:
    """Run `qa ARGUMENTS` where the locale knows ASCII alone; `out` takes what it prints."""
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONUNBUFFERED"}
    environment |= {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
    command = [sys.executable, "-m", "qa", *map(str, arguments)]
    stdout = subprocess.PIPE if out is None else out
    return subprocess.run(
        command, env=environment, stdout=stdout, stderr=subprocess.PIPE, check=False
    )


def test_the_module_is_the_command(tmp_path: Path) -> None:
    done = start("info", "--index", tmp_path / "caf\xe9 机")
    assert (done.returncode, done.stdout) == (2, b"")
    assert "caf\xe9 机" in done.stderr.decode()


def test_a_terminal_that_is_not_utf_8_gets_utf_8(built: Path) -> None:
    done = start("ask", "机器人跳舞 there?", "--index", built, "--threshold", "0")
    assert (done.returncode, done.stderr) == (0, b"")
    assert "机器人跳舞 🤖" in done.stdout.decode()


@pytest.mark.parametrize("arguments", [["info"], ["info", "--json"], ["--help"]], ids=" ".join)
def test_a_reader_that_has_gone_is_no_fault(built: Path, arguments: list[str]) -> None:
    index = [] if "--help" in arguments else ["--index", str(built)]
    read, write = os.pipe()
    os.close(read)
    try:
        done = start(*arguments, *index, out=write)
    finally:
        os.close(write)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_full_disk_is_told(built: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = start("info", "--index", built, out=full.fileno())
    assert done.returncode != 0
    assert b"No space left on device" in done.stderr
    assert b"Traceback" not in done.stderr
