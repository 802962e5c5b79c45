"""`qa serve`: what its options and variables mean, and what goes wrong before it serves."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx2
import pytest

from qa.errors import InputError
from qa.surfaces.cli.parser import make_parser
from qa.surfaces.cli.serving import chosen_by
from qa.surfaces.http import Options
from qa.surfaces.serving import listen
from tests.cli.conftest import Cli
from tests.cli.test_usage import complained
from tests.conftest import ROOT

KEY, OTHER = "0123456789abcdef", "fedcba9876543210"


def chosen(*arguments: str) -> Options:
    return chosen_by(make_parser().parse_args(["serve", *arguments]))


def test_the_usual_options_are_the_services_own() -> None:
    assert chosen() == Options()


def test_every_option_is_carried(tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    keys.write_text(KEY)
    arguments = f"""--keys {keys} --allow-origin https://a.example --allow-origin http://b:81
        --max-body 10 --max-batch 11 --concurrency 12 --waiting 13 --watch 1.5 --root-path /qa
        --log-questions --allow-host answers.example --allow-host answers"""
    assert chosen(*arguments.split()) == Options(
        keys=(KEY,),
        origins=("https://a.example", "http://b:81"),
        hosts=("answers.example", "answers"),
        body_bytes=10,
        batch=11,
        places=12,
        line=13,
        watch_seconds=1.5,
        root_path="/qa",
        log_questions=True,
    )
    assert chosen("--with-chat") == Options(with_chat=True)


def test_what_the_command_line_lists_replaces_what_the_environment_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("QA_ALLOW_ORIGIN", "*")
    monkeypatch.setenv("QA_ALLOW_HOST", "elsewhere.example")
    options = chosen("--allow-origin", "https://a.example", "--allow-host", "answers.example")
    assert options.origins == ("https://a.example",)
    assert options.hosts == ("answers.example",)


def test_the_environment_chooses_where_the_command_line_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "keys").write_text(OTHER)
    variables = {
        "KEYS": KEY,
        "KEYS_FILE": str(tmp_path / "keys"),
        "ALLOW_ORIGIN": "https://a.example http://b:81",
        "ALLOW_HOST": "answers.example",
        "MAX_BODY": "10",
        "CONCURRENCY": "12",
        "WATCH": "1.5",
        "LOG_QUESTIONS": "yes",
        "HOST": "127.0.0.2",
        "PORT": "",
    }
    for name, value in variables.items():
        monkeypatch.setenv(f"QA_{name}", value)
    parsed = make_parser().parse_args(["serve", "--max-body", "20"])
    assert (parsed.host, parsed.port) == ("127.0.0.2", 8000)
    assert chosen_by(parsed) == Options(
        keys=(KEY, OTHER),
        origins=("https://a.example", "http://b:81"),
        hosts=("answers.example",),
        body_bytes=20,
        places=12,
        watch_seconds=1.5,
        log_questions=True,
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [("QA_LOG_QUESTIONS", "perhaps"), ("QA_KEYS", "short"), ("QA_KEYS_FILE", "no/such/file")],
)
def test_a_variable_that_cannot_be_used(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(InputError) as error:
        chosen()
    assert error.value.hint
    assert name in str(error.value) or value in str(error.value)


def test_a_number_in_the_environment_that_is_none(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QA_PORT", "http")
    done = cli("serve")
    assert done.code == 2
    complained(done.err)


@pytest.mark.parametrize(
    "arguments",
    ["--concurrency 0", "--max-batch -1", "--allow-origin example.org", "--keys no/such/file"],
)
def test_options_that_cannot_be_used(cli: Cli, arguments: str) -> None:
    done = cli("serve", *arguments.split())
    assert (done.code, done.out) == (2, "")
    complained(done.err)


def test_every_option_is_documented_and_the_other_way_round(cli: Cli) -> None:
    page = (ROOT / "docs/http.md").read_text("utf-8")
    usage = cli("serve", "--help").out.split("options:")[1].split("Each option")[0]
    options = set(re.findall(r"^ +(?:-h, )?(--[a-z-]+)", usage, re.MULTILINE))
    assert len(options) > 10
    assert options - {"--help"} == set(re.findall(r"^\| `(--[a-z-]+)", page, re.MULTILINE))


@pytest.mark.real
def test_an_address_that_cannot_be_had(cli: Cli, built: Path) -> None:
    with listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        for address in (["--port", port], ["--port", 70_000], ["--host", "a..b"]):
            done = cli("serve", "--index", built, *map(str, address))
            assert (done.code, done.out) == (2, "")
            complained(done.err)


@pytest.mark.real
@pytest.mark.slow
def test_it_serves_until_it_is_terminated(built: Path) -> None:
    command = [sys.executable, "-m", "qa", "serve", "--index", str(built), "--port", "0"]
    process = subprocess.Popen(
        [*command, "--host", "0.0.0.0", "--watch", "1"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        port = re.search(r"http://0\.0\.0\.0:(\d+)/v1/ask", process.stdout.readline())
        assert port is not None
        with httpx2.Client(base_url=f"http://127.0.0.1:{port[1]}", timeout=60) as client:
            while client.get("/v1/ready").status_code != 200:
                time.sleep(0.1)
            question = {"question": "How many projects did the 2019 expo sign?"}
            assert client.post("/v1/ask", json=question).json()["answer"]
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=60)
    finally:
        process.kill()
        process.communicate()
    assert (process.returncode, out) == (0, "")
    lines = [json.loads(line) for line in err.splitlines()]
    assert "there are no keys" in lines[0]["message"]
    assert [line["route"] for line in lines if line["message"] == "request"] == ["/v1/ask"]
