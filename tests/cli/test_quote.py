"""`qa quote`: is a passage in the articles?"""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from qa.index import build_index, save_index
from qa.types import Document, Settings
from tests.cli.conftest import Cli
from tests.cli.test_usage import complained
from tests.fakes import WordEncoder
from tests.proofs import DOCUMENTS


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stored")
    lantern = Document(
        "lantern.txt", "A \x1b[31mtitle", "It lit a \x1b[31mred lamp in 1997.\n" * 30
    )
    documents = [*DOCUMENTS.values(), lantern]
    save_index(build_index(documents, WordEncoder(), Settings()), folder)
    return folder


def test_a_passage_that_is_there(cli: Cli, stored: Path) -> None:
    done = cli("quote", "ends  after 24 Months", "--index", stored)
    assert (done.code, done.err) == (0, "")
    assert done.out == (
        "In the articles, but for white space, quotation marks, dashes, case or the like: 1 place."
        "\n"
        "\n"
        "[1] The warranty of a robot >>ends after 24 months<<.\n"
        "    warranty, warranty.txt, characters 55-75\n"
    )
    exact = cli("quote", "ends after 24 months", "--index", stored).out
    assert exact.startswith("In the articles, word for word: 1 place.\n")


def test_a_passage_with_another_figure(cli: Cli, stored: Path) -> None:
    done = cli("quote", "The warranty of a robot ends after 36 months.", "--index", stored)
    assert (done.code, done.err) == (1, "")
    assert done.out.startswith("Not in the articles: a figure is different. The nearest:\n")
    assert "a different figure: '36' is '24' in the article" in done.out
    done = cli("quote", "Robots are rented in Chongqing.", "--index", stored)
    assert done.out.startswith("Not in the articles. The nearest:\n")
    assert "different words: 'rented' is 'sold' in the article" in done.out


def test_a_passage_that_is_not_there(cli: Cli, stored: Path) -> None:
    done = cli("quote", "Elephants sing.", "--index", stored)
    assert (done.code, done.out) == (1, "Not in the articles, and nothing near it.\n")


def test_one_document_alone(cli: Cli, stored: Path) -> None:
    done = cli("quote", "36 months", "--index", stored, "--document", "other.txt")
    assert done.code == 0
    done = cli("quote", "36 months", "--index", stored, "--document", "warranty.txt")
    assert done.code == 1
    done = cli("quote", "36 months", "--index", stored, "--document", "../other.txt")
    assert (done.code, done.out) == (2, "")
    complained(done.err)


def test_as_json(cli: Cli, stored: Path) -> None:
    done = cli("quote", "ends after 36 months", "--index", stored, "--json")
    printed = json.loads(done.out)
    assert (done.code, printed["match"], printed["count"]) == (0, "exact", 1)
    citation = printed["places"][0]["citation"]
    text = DOCUMENTS["other.txt"].text
    assert text[citation["answer_start"] : citation["answer_end"]] == "ends after 36 months"
    assert list(printed) == ["version", "quote", "match", "count", "places"]


def test_many_places_do_not_steer_the_terminal(cli: Cli, stored: Path) -> None:
    done = cli("quote", "lamp in 1997", "--index", stored)
    assert "30 places" in done.out
    assert done.out.endswith("... and 10 more\n")
    assert "\x1b" not in done.out
    assert "\x1b" not in cli("quote", "lamp in 1997", "--index", stored, "--json").out


def test_standard_input(cli: Cli, stored: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for content, code in ((b"after 24 months\n", 0), (b"\xff\xfe", 2), (b"", 2)):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))
        assert cli("quote", "-", "--index", stored).code == code


@pytest.mark.parametrize("text", ["", "  ", "...", "half \udcff", "x" * 20_001])
def test_what_is_no_quote(cli: Cli, stored: Path, text: str) -> None:
    done = cli("quote", text, "--index", stored)
    assert (done.code, done.out) == (2, "")
    complained(done.err)
