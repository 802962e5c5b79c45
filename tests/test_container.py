"""The container: built from what is here, run by nobody special, offline, and asked how it is."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import yaml

from qa.surfaces.web import server
from scripts.healthy import healthy
from tests.conftest import ROOT

DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
# Each instruction on one line, without comments.
INSTRUCTIONS = [
    re.sub(r"\\\n\s*", "", instruction)
    for instruction in re.findall(r"^[A-Z]+ (?:[^\n]*\\\n)*[^\n]*", DOCKERFILE, re.MULTILINE)
]
STAGE = INSTRUCTIONS[max(i for i, line in enumerate(INSTRUCTIONS) if line.startswith("FROM")) :]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))


def said(name: str, stage: list[str] = STAGE) -> list[str]:
    """What the instructions of this name say."""
    return [line.split(" ", 1)[1] for line in stage if line.startswith(f"{name} ")]


def test_the_linter_finds_nothing() -> None:
    hadolint = shutil.which("hadolint", path=str(Path(sys.executable).parent))
    if hadolint is None:
        pytest.skip("hadolint has no build for this platform")
    command = [hadolint, "--no-color", str(ROOT / "Dockerfile")]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (found.returncode, found.stdout) == (0, "")


def test_it_runs_as_nobody_special_with_its_data_in_a_volume() -> None:
    (user,) = said("USER")
    assert int(user) > 0
    assert STAGE.index(f"USER {user}") < STAGE.index(f"CMD {said('CMD')[0]}")
    assert f"--uid {user} " in DOCKERFILE
    assert said("VOLUME") == ["/data"]
    assert "QA_DATA=/data" in DOCKERFILE
    assert said("EXPOSE") == ["7860"]


def test_nothing_is_fetched_but_by_pip_under_constraints() -> None:
    assert not said("ADD", INSTRUCTIONS)
    assert not re.search(r"\b(curl|wget|git clone)\b", DOCKERFILE)
    for run in said("RUN", INSTRUCTIONS):
        if "pip install" in run:
            assert "-c constraints.txt" in run or "--no-deps" in run
    for image in said("FROM", INSTRUCTIONS):
        assert re.fullmatch(r"python:3\.\d+-slim-[a-z]+( AS build)?", image)
    for setting in (
        "HF_HUB_OFFLINE=1",
        "GRADIO_ANALYTICS_ENABLED=False",
        "ORT_DISABLE_TELEMETRY=1",
    ):
        assert any(setting in line for line in said("ENV"))


def test_every_library_that_is_needed_is_installed() -> None:
    """The line that lists them for pip, against the file it reads them from."""
    (listing,) = re.findall(r"sed -n '([^']+)' pyproject.toml", DOCKERFILE)
    command = ["sed", "-n", listing, str(ROOT / "pyproject.toml")]
    found = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\n")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert found[:-1] == project["dependencies"]


def test_what_is_copied_is_there_and_not_ignored() -> None:
    ignored = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    allowed = {line[1:] for line in ignored if line.startswith("!")}
    assert "*" in ignored
    assert all((ROOT / name).exists() for name in allowed)
    for copied in said("COPY", INSTRUCTIONS):
        if not copied.startswith("--from"):
            for name in copied.split()[:-1]:
                assert name == "." or name.split("/")[0] in allowed, name
    for command in [*said("CMD"), *(line.split("CMD ", 1)[1] for line in said("HEALTHCHECK"))]:
        _, script = json.loads(command)
        assert script in allowed


def test_the_composition_gives_no_more_than_is_needed() -> None:
    (service,) = COMPOSE["services"].values()
    assert service["ports"] == ["127.0.0.1:7860:7860"]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["volumes"] == ["data:/data"]
    assert service["tmpfs"] == ["/tmp"]
    assert set(COMPOSE["volumes"]) == {"data"}
    assert set(service["secrets"]) == set(COMPOSE["secrets"])
    (users,) = COMPOSE["secrets"].values()
    assert users["file"] in (ROOT / ".gitignore").read_text("utf-8").splitlines()
    assert service["environment"]["QA_AUTH_FILE"] == "/run/secrets/users"


@pytest.mark.parametrize(("status", "well"), [(200, True), (401, True), (503, False)])
def test_it_is_healthy_where_it_answers(status: int, well: bool) -> None:
    async def application(
        scope: server.Message, receive: server.Receive, send: server.Send
    ) -> None:
        if scope["type"] == "http":
            await send({"type": "http.response.start", "status": status, "headers": []})
            await send({"type": "http.response.body", "body": b"Hello."})

    listener = server.listen("127.0.0.1", 0)
    Thread(target=server.run, args=(application, listener), daemon=True).start()
    assert healthy(listener.getsockname()[1]) is well


def test_it_is_not_healthy_where_nobody_answers() -> None:
    with server.listen("127.0.0.1", 0) as listener:
        port = listener.getsockname()[1]
    assert not healthy(port)
