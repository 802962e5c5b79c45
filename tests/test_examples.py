"""Each example runs as it stands: a Flask page, a chat bot, a notebook on one's own PDFs."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, cast

import pytest
from flask.testing import FlaskClient

import qa
from examples.chat_bot import HELP, ChatBot
from examples.flask_page.app import create_app
from tests.conftest import ROOT
from tests.documents.files import make_pdf
from tests.http.conftest import SIGNED, UNKNOWN, bot_of
from tests.http.pages import FIGURES, ROBOTS, SCRIPTED, asked_bot
from tests.web.fakes import HOSTILE, HOSTILE_QUESTION

EXAMPLES = ROOT / "examples"
NOTEBOOK: dict[str, Any] = json.loads((EXAMPLES / "own_pdfs.ipynb").read_text("utf-8"))
NEXT_LINE = ") Tj 0 -18 Td ("  # ends the text of a line and begins that of the next one
KETTLE = make_pdf(
    NEXT_LINE.join(
        ["The kettle holds 1.7 litres of water.", "Fill it only up to the mark, and close the lid."]
    ),
    NEXT_LINE.join(
        [
            "The kettle should be descaled every six weeks.",
            "Use citric acid, and rinse the kettle twice.",
            "The warranty lasts 24 months.",
        ]
    ),
    title="The kettle",
)


def asked(question: str, bot: qa.Bot | None = None) -> Any:
    client: FlaskClient = create_app(bot or cast(qa.Bot, asked_bot())).test_client()
    return client.get("/", query_string={"question": question})


def test_the_page_asks_and_cites() -> None:
    page = asked(ROBOTS).text
    assert "<h2>danced 🤖</h2>" in page
    assert "<blockquote>🤖🤖 Robots <mark>danced 🤖</mark> at the opening.</blockquote>" in page
    assert re.search(r"\[1\]\s+机器人, page 7", page)
    assert "Confidence: 90%" in page


def test_the_page_is_empty_at_first_and_says_what_is_wrong_with_a_question() -> None:
    assert "<h2>" not in asked(" ").text
    refused = asked("why " * 600, bot_of())
    assert refused.status_code == 422
    assert "2,000" in refused.text
    assert "do not answer" in asked(UNKNOWN, bot_of()).text


def test_the_page_shows_both_sides_alike() -> None:
    page = asked(FIGURES).text
    assert "Sources give different figures" in page
    assert re.findall(r"<h3>(.*)</h3>|\[(\d)\]", page) == [
        ("33.6 billion", ""),
        ("", "1"),
        ("26 billion", ""),
        ("", "2"),
    ]
    assert "Confidence" not in page


def test_the_page_reads_no_markup_and_links_to_no_script() -> None:
    page = asked(HOSTILE_QUESTION).text
    assert "<script" not in page
    assert "<img" not in page
    assert HOSTILE not in page
    assert "alert(1)" not in asked(SCRIPTED).text


def test_the_chat_bot_keeps_everyones_conversation_apart() -> None:
    bot = asked_bot()
    chat_bot = ChatBot(cast(qa.Bot, bot), most=2)
    assert chat_bot.reply("ada", " ") == chat_bot.reply("ada", "/help") == HELP
    assert chat_bot.reply("ada", ROBOTS).splitlines() == [
        "danced 🤖",
        "  “🤖🤖 Robots danced 🤖 at the opening.” 机器人, page 7",
    ]
    chat_bot.reply("ben", "And what else?")
    assert bot.histories == [[], []]
    chat_bot.reply("ada", "And what else?")
    assert bot.histories[-1] == [{"question": ROBOTS, "answer": "danced 🤖"}]
    chat_bot.reply("ada", "/new")
    chat_bot.reply("ada", "And what else?")
    assert bot.histories[-1] == []
    chat_bot.reply("cleo", ROBOTS)  # the third: ben's conversation makes place
    chat_bot.reply("ben", "And what else?")
    assert bot.histories[-1] == []


def test_the_chat_bot_says_what_differs_and_what_is_not_there() -> None:
    chat_bot = ChatBot(cast(qa.Bot, asked_bot()))
    said = chat_bot.reply("ada", FIGURES).splitlines()
    assert [line for line in said if not line.startswith(" ")] == [
        "Sources give different figures.",
        "33.6 billion",
        "26 billion",
    ]
    assert chat_bot.reply("ada", "Who?").startswith("The articles do not answer this. No passage")
    too_long = ChatBot(bot_of()).reply("ada", "why " * 600)
    assert "2,000" in too_long


def test_the_chat_bot_shows_how_it_understood() -> None:
    chat_bot = ChatBot(cast(qa.Bot, asked_bot()))
    chat_bot.reply("ada", ROBOTS)
    understood = chat_bot.reply("ada", "And what else?").splitlines()[0]
    assert understood == "(How many projects, or what else?)"


@pytest.mark.real
def test_the_chat_bot_runs_on_the_terminal(tmp_path: Path) -> None:
    qa.build([{"id": "a", "text": "The 2019 expo signed 530 projects."}], tmp_path / "index")
    ran = subprocess.run(
        [sys.executable, EXAMPLES / "chat_bot.py", tmp_path / "index"],
        input=f"{SIGNED}\n/new\n",
        capture_output=True,
        text=True,
        check=True,
    )
    assert "530" in ran.stdout
    assert "We begin anew." in ran.stdout
    assert ran.stderr == ""


def test_the_pdf_is_the_one_that_is_made_here() -> None:
    assert (EXAMPLES / "pdfs/kettle.pdf").read_bytes() == KETTLE


@pytest.mark.real
def test_the_notebook_runs_from_the_first_cell_to_the_last(tmp_path: Path) -> None:
    cells = [cell for cell in NOTEBOOK["cells"] if cell["cell_type"] == "code"]
    assert all(cell["outputs"] == [] for cell in cells)  # they would be out of date some day
    script = tmp_path / "notebook.py"
    script.write_text("\n".join("".join(cell["source"]) for cell in cells), "utf-8")
    shutil.copytree(EXAMPLES / "pdfs", tmp_path / "pdfs")
    command = [sys.executable, script.name]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "  1.7 litres" in ran.stdout
    assert "The kettle, page 1\n" in ran.stdout
    assert "Who designed the kettle?\n  no answer: " in ran.stdout
    assert ran.stdout.endswith(
        "holds 1.7 litres of water -> exact\nholds 2.7 litres of water -> nearest\n"
    )


def test_every_example_is_listed() -> None:
    page = (EXAMPLES / "README.md").read_text("utf-8")
    for path in (*EXAMPLES.glob("*.py"), *EXAMPLES.glob("*.ipynb"), EXAMPLES / "flask_page"):
        assert path.name in page
