"""`qa certificate`: one page for one answer, and an exit code that says whether it holds."""

from __future__ import annotations

from pathlib import Path

from qa.present import answer_to_dict
from tests.cli.conftest import Cli
from tests.cli.test_usage import complained
from tests.cli.test_verify import put, source, stored
from tests.evaluation.pages import Reading
from tests.proofs import ANSWER, WARRANTY

__all__ = ["source", "stored"]  # fixtures


def test_a_page_is_written(cli: Cli, source: Path, stored: Path, tmp_path: Path) -> None:
    path, page = put(tmp_path, ANSWER), tmp_path / "proof.html"
    for where in (["--source", source], ["--index", stored]):
        done = cli("certificate", path, *where, "-o", page)
        assert (done.code, done.err) == (0, "")
        assert done.out == f"{page}: 2 of 2 citations hold\n"
        read = Reading(page.read_text(encoding="utf-8"))
        assert read.texts("p", "words") == ["24 months"]
        assert ("encoder name" in read.texts("dt")) is (where[0] == "--index")
        page.unlink()


def test_what_no_longer_holds_is_written_all_the_same(
    cli: Cli, source: Path, tmp_path: Path
) -> None:
    (source / "warranty.txt").write_bytes(WARRANTY.text.replace("24", "36").encode())
    page = tmp_path / "proof.html"
    done = cli("certificate", put(tmp_path, ANSWER), "--source", source, "-o", page)
    assert (done.code, done.out) == (1, f"{page}: 1 of 2 citations hold\n")
    assert "Not verified." in page.read_text(encoding="utf-8")


def test_one_answer_is_needed_and_a_place_to_write_to(
    cli: Cli, source: Path, tmp_path: Path
) -> None:
    two = put(
        tmp_path,
        {"id": 1, **answer_to_dict(ANSWER)},
        {"id": 2, **answer_to_dict(ANSWER)},
        indent=None,
        name="two.jsonl",
    )
    page = tmp_path / "proof.html"
    for arguments in (
        [two, "--source", source, "-o", page],
        [two, "--source", source],
        [tmp_path / "none.json", "--source", source, "-o", page],
        [put(tmp_path, ANSWER), "--source", source, "-o", tmp_path / "no" / "proof.html"],
        [put(tmp_path, ANSWER), "--source", source, "-o", tmp_path],
    ):
        done = cli("certificate", *arguments)
        assert (done.code, done.out) == (2, "")
        complained(done.err)
    assert not page.exists()
