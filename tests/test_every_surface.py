"""One question, asked through every surface, has one answer: the same JSON, number for number."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import qa
from qa.present import answer_to_dict
from qa.surfaces.cli import main
from tests.conftest import ROOT
from tests.http.conftest import ARTICLES, serving
from tests.mcp.clients import call, text_of

pytestmark = pytest.mark.real

QUESTIONS = (
    "How many projects did the 2019 expo sign?",
    "When did Lijia park open?",
    "Who invented the umbrella?",
    "机器人 🤖 danced where?",
)
CONTRACT = Draft202012Validator(json.loads((ROOT / "qa/answer.schema.json").read_text("utf-8")))

# From the folder of an index and a question to the JSON text of the answer. A new surface is one
# more function here.
Surface = Callable[[str], str]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("surfaces") / "index"
    qa.build(ARTICLES, folder)
    return folder


@pytest.fixture(scope="module")
def over_http(index: Path) -> Iterator[Surface]:
    with ExitStack() as stack:
        client = stack.enter_context(serving(qa.open(index)))
        yield lambda question: client.post("/v1/ask", json={"question": question}).text


@pytest.fixture(scope="module")
def over_mcp(index: Path) -> Surface:
    bot = qa.open(index)
    return lambda question: text_of(call(bot, "ask", question=question))


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_surface_says_the_same(
    index: Path,
    over_http: Surface,
    over_mcp: Surface,
    question: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def in_python(question: str) -> str:
        return json.dumps(answer_to_dict(qa.open(index).ask(question)))

    def on_the_command_line(question: str) -> str:
        assert main(["ask", question, "--json", "--index", str(index)]) == 0
        return capsys.readouterr().out

    surfaces: dict[str, Surface] = {
        "python": in_python,
        "cli": on_the_command_line,
        "http": over_http,
        "mcp": over_mcp,
    }
    answers: dict[str, Any] = {name: json.loads(ask(question)) for name, ask in surfaces.items()}
    for name, answer in answers.items():
        CONTRACT.validate(answer)
        assert answer == answers["python"], name


def test_the_questions_are_of_both_kinds(over_http: Surface) -> None:
    answers = [json.loads(over_http(question))["answer"] for question in QUESTIONS]
    assert "530" in (answers[0] or "")
    assert None in answers
