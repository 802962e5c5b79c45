"""`qa verify`: kept answers, held against an index or against files, and what is said of them."""

from __future__ import annotations

import io
import json
import shutil
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest

from qa.documents import gather_needed
from qa.index import build_index, save_index
from qa.present import answer_to_dict
from qa.types import Answer, Settings
from tests.cli.conftest import Cli
from tests.cli.test_usage import complained
from tests.fakes import WordEncoder
from tests.proofs import ANSWER, CITATION, DOCUMENTS, REFUSAL, WARRANTY, tampered


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """The articles as files, with others that are not cited and cannot be read."""
    folder = tmp_path / "articles"
    folder.mkdir()
    for document in DOCUMENTS.values():
        (folder / document.id).write_bytes(document.text.encode())
    (folder / "broken.pdf").write_bytes(b"no PDF")
    (folder / "lines.jsonl").write_text('{"id": "line-7", "text": "Robots danced."}\nbroken\n')
    return folder


@pytest.fixture
def stored(tmp_path: Path) -> Path:
    """The articles as an index."""
    folder = tmp_path / "index"
    save_index(build_index(list(DOCUMENTS.values()), WordEncoder(), Settings()), folder)
    return folder


def put(
    folder: Path,
    *answers: Answer | dict[str, Any],
    indent: int | None = 1,
    name: str = "answer.json",
) -> Path:
    """A file of answers as `qa ask` prints them."""
    path = folder / name
    records = [a if isinstance(a, dict) else answer_to_dict(a) for a in answers]
    path.write_text("".join(json.dumps(r, indent=indent) + "\n" for r in records))
    return path


def test_citations_that_hold(cli: Cli, source: Path, stored: Path, tmp_path: Path) -> None:
    path = put(tmp_path, ANSWER)
    for where in (["--source", source], ["--index", stored]):
        done = cli("verify", path, *where)
        assert (done.code, done.err) == (0, "")
        assert done.out == (
            "When does the warranty end?\n"
            "  ok  citations[0]                  warranty.txt, characters 31-76\n"
            "  ok  alternatives[0].citations[0]  other.txt, characters 0-40\n"
            "  2 of 2 citations hold\n"
        )
        printed = json.loads(cli("verify", path, *where, "--json").out)
        assert printed["ok"] is True
        assert [check["verdict"] for check in printed["answers"][0]["checks"]] == ["ok", "ok"]


def test_an_article_that_was_edited(cli: Cli, source: Path, tmp_path: Path) -> None:
    (source / "warranty.txt").write_bytes(WARRANTY.text.replace("24", "36").encode())
    done = cli("verify", put(tmp_path, ANSWER), "--source", source)
    assert (done.code, done.err) == (1, "")
    assert "  edited  citations[0]" in done.out
    assert "a different figure: '24' is '36' in the article" in done.out
    assert "  1 of 2 citations hold" in done.out
    printed = json.loads(cli("verify", put(tmp_path, ANSWER), "--source", source, "--json").out)
    assert printed["ok"] is printed["answers"][0]["ok"] is False
    [difference] = printed["answers"][0]["checks"][0]["differences"]
    assert (difference["quoted"], difference["written"], difference["figures"]) == (
        "24",
        "36",
        True,
    )


def test_an_article_that_is_gone_or_cannot_be_read(cli: Cli, source: Path, tmp_path: Path) -> None:
    (source / "warranty.txt").write_bytes(b"\xff\xfe\x00")
    done = cli("verify", put(tmp_path, ANSWER), "--source", source)
    assert done.code == 1
    assert "missing  citations[0]" in done.out
    assert done.err.startswith("qa: warranty.txt, line 1: byte offset 0 is not valid UTF-8")
    (source / "warranty.txt").unlink()
    done = cli("verify", put(tmp_path, ANSWER), "--source", source)
    assert "missing  citations[0]" in done.out


def test_a_citation_that_was_tampered_with(cli: Cli, stored: Path, tmp_path: Path) -> None:
    for changes, verdict in (
        ({"answer": "36 months"}, "contradictory"),
        ({"text_sha256": "0" * 64}, "extracted-differently"),
        ({"doc_id": "../../etc/passwd"}, "missing"),
    ):
        done = cli("verify", put(tmp_path, tampered(**changes)), "--index", stored)
        assert done.code == 1
        assert verdict in done.out


def test_lines_of_a_batch_and_what_was_not_answered(cli: Cli, source: Path, tmp_path: Path) -> None:
    first = {"id": "q1", **answer_to_dict(ANSWER)}
    second = {"id": 2, **answer_to_dict(replace(REFUSAL, rejected=None))}
    path = put(tmp_path, first, second, indent=None)
    done = cli("verify", path, "--source", source)
    assert done.code == 0
    assert done.out.splitlines()[0] == "q1: When does the warranty end?"
    assert "2: Who sells it?\n  nothing is cited" in done.out
    printed = json.loads(cli("verify", path, "--source", source, "--json").out)
    assert [(a["id"], a["line"]) for a in printed["answers"]] == [("q1", 1), (2, 2)]


def test_standard_input(
    cli: Cli, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = put(tmp_path, ANSWER).read_bytes()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"\xef\xbb\xbf" + content)))
    assert cli("verify", "-", "--source", source).code == 0
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"")))
    done = cli("verify", "-", "--source", source)
    assert (done.code, done.err.splitlines()[0]) == (2, "qa: standard input: holds no answer")


GOOD = json.dumps(answer_to_dict(ANSWER))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "holds no answer"),
        (b"\xff", "not UTF-8 at byte 0"),
        (b"[]", "line 1: an answer must be an object, not a list"),
        (b"{}", "line 1: version is missing"),
        (b"{\n", "line 2: not valid JSON: "),
        (b"{\n\n 7", "line 3: not valid JSON: "),
        (GOOD.encode() + b"\nx", "line 2: not valid JSON: "),
        (b"[" * 100_000, "line 1: nested too deeply"),
        (GOOD.replace('"page": null', '"page": NaN', 1).encode(), "line 1: NaN is not valid JSON"),
        (GOOD.replace('"page"', '"start": 0, "page"').encode(), "line 1: the key 'start' is there"),
        (GOOD.replace("31", "9" * 5000, 1).encode(), "line 1: "),
        (GOOD.replace("24 months", "\\ud800", 1).encode(), "line 1: answer holds half a character"),
    ],
    ids=range(12),
)
def test_what_is_no_answer_is_refused(
    cli: Cli, source: Path, tmp_path: Path, content: bytes, message: str
) -> None:
    path = tmp_path / "answer.json"
    path.write_bytes(content)
    done = cli("verify", path, "--source", source)
    assert (done.code, done.out) == (2, "")
    complained(done.err)
    assert done.err.startswith(f"qa: {path}")
    assert message in done.err


@pytest.mark.parametrize(
    ("change", "key", "message"),
    [
        ({"start": "x"}, '"start": "x"', "citations[0].start must be a whole number"),
        ({"answer": ""}, '"answer": ""', "citations[0].answer must not be empty"),
    ],
)
def test_the_line_of_a_key_is_named(
    cli: Cli, source: Path, tmp_path: Path, change: dict[str, Any], key: str, message: str
) -> None:
    record = answer_to_dict(ANSWER)
    record["citations"] = [asdict(CITATION) | change]
    path = put(tmp_path, record)
    line = next(n for n, t in enumerate(path.read_text().split("\n"), start=1) if key in t)
    done = cli("verify", path, "--source", source)
    assert done.code == 2
    assert f"{path}, line {line}: {message}" in done.err


def test_the_line_of_what_lacks_a_key_is_named(cli: Cli, source: Path, tmp_path: Path) -> None:
    record = answer_to_dict(ANSWER)
    del record["alternatives"][0]["citations"][0]["quote"]
    path = put(tmp_path, record)
    done = cli("verify", path, "--source", source)
    named = int(done.err.split("line ")[1].split(":")[0])
    assert "alternatives[0].citations[0].quote is missing" in done.err
    assert path.read_text().split("\n")[named - 1].strip() == "{"


def test_where_to_look_is_one_of_two(cli: Cli, source: Path, tmp_path: Path) -> None:
    path = put(tmp_path, ANSWER)
    done = cli("verify", path, "--source", source, "--index", tmp_path / "index")
    assert done.code == 2
    complained(done.err)
    for place in ("--source", "--index"):
        done = cli("verify", path, place, tmp_path / "nowhere")
        assert (done.code, done.out) == (2, "")
        complained(done.err)
    assert cli("verify", tmp_path / "no-such.json", "--source", source).code == 2


def test_an_article_does_not_steer_the_terminal(cli: Cli, source: Path, tmp_path: Path) -> None:
    hostile = "\x1b[31mred\nok  citations[0]"
    answer = replace(tampered(doc_id=hostile, title=hostile), question=hostile)
    done = cli("verify", put(tmp_path, answer), "--source", source)
    assert done.code == 1
    assert "\x1b" not in done.out
    assert len(done.out.splitlines()) == 5


def test_only_the_files_needed_are_read(source: Path) -> None:
    found = gather_needed(source, {"warranty.txt", "gone.txt"})
    assert [document.id for document in found.documents] == ["warranty.txt"]
    assert [problem.path for problem in found.bad] == ["lines.jsonl"]  # it may hold gone.txt
    found = gather_needed(source, {"warranty.txt"})
    assert found.bad == ()
    found = gather_needed(source, {"line-7"})
    assert [document.id for document in found.documents] == ["line-7"]
    assert gather_needed(source, {"../articles/warranty.txt", "/etc/passwd"}).documents == ()
    assert gather_needed(source / "other.txt", {"other.txt"}).documents[0].text.startswith("Others")


@pytest.mark.real
def test_from_question_to_an_edited_article(
    cli: Cli, articles: Path, built: Path, tmp_path: Path
) -> None:
    question = "How many projects were signed at the 2019 expo?"
    asked = cli("ask", question, "--index", built, "--json", "--threshold", "0")
    kept = tmp_path / "kept.json"
    kept.write_text(asked.out, encoding="utf-8")
    assert cli("verify", kept, "--index", built).code == 0
    mine = Path(shutil.copytree(articles, tmp_path / "mine"))
    assert cli("verify", kept, "--source", mine).code == 0
    expo = mine / "expo.md"
    expo.write_bytes(expo.read_bytes().replace(b"530", b"520"))
    done = cli("verify", kept, "--source", mine)
    assert done.code == 1
    assert "edited" in done.out
    assert "'530' is '520' in the article" in done.out
    assert cli("verify", kept, "--index", built).code == 0  # as it was indexed
