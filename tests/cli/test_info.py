"""`qa info`: what an index holds, and whether it is whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.cli.test_usage import complained

pytestmark = pytest.mark.real


def test_what_an_index_holds(cli: Cli, built: Path) -> None:
    done = cli("info", "--index", built)
    assert (done.code, done.err) == (0, "")
    assert "documents: 3\npassages: 3\n" in done.out
    printed = json.loads(cli("info", "--index", built, "--json").out)
    assert (printed["documents"], printed["passages"]) == (3, 3)
    assert printed["build_id"] == (built / "current").read_text().strip()
    assert printed["settings"]["encoder"] == printed["encoder"]["name"]


def test_a_whole_index_is_checked(cli: Cli, built: Path) -> None:
    printed = json.loads(cli("info", "--index", built, "--check", "--json").out)
    build = built / printed["build_id"]
    sizes = {path.name: path.stat().st_size for path in build.iterdir()}
    assert printed["checked_bytes"] == sum(sizes.values()) - sizes["manifest.json"]


@pytest.mark.parametrize(
    "name", ["documents.jsonl", "passages.jsonl", "terms.txt", "vectors.npy", "lexical_scores.npy"]
)
def test_a_damaged_index_is_found_out(cli: Cli, index: Path, name: str) -> None:
    path = index / (index / "current").read_text().strip() / name
    content = path.read_bytes()
    altered = content[:-1] + bytes([content[-1] ^ 1])
    for damaged in (altered, content[:-1], content + b"\n", b"", None):
        if damaged is None:
            path.unlink()
        else:
            path.write_bytes(damaged)
        for arguments in (["info", "--check"], ["info"], ["ask", "Who?"]):
            done = cli(*arguments, "--index", index)
            assert (done.code, done.out) == (2, "")
            complained(done.err)
            assert name in done.err


@pytest.mark.parametrize("content", [b"", b"\x00\xff\x1b[31m" * 99, b"../../etc/passwd", b"0" * 16])
def test_garbage_in_place_of_the_build_s_name(cli: Cli, index: Path, content: bytes) -> None:
    (index / "current").write_bytes(content)
    done = cli("info", "--index", index)
    assert (done.code, done.out) == (2, "")
    complained(done.err)
    assert "\x1b" not in done.err


def test_chrome_is_listed(cli: Cli, tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    for number in range(4):
        page = f"We use \x1b[31mcookies\n\nArticle {number} tells of robot {number} at length.\n"
        (folder / f"{number}.txt").write_text(page)
    assert cli("build", folder, "--index", tmp_path / "index").code == 0
    done = cli("info", "--index", tmp_path / "index", "--chrome")
    assert "chrome:\n  We use \ufffd[31mcookies: 4\n" in done.out
    printed = json.loads(cli("info", "--index", tmp_path / "index", "--chrome", "--json").out)
    assert printed["chrome"] == {"We use \x1b[31mcookies": 4}
    assert cli("build", folder, "--index", tmp_path / "index", "--keep-chrome").code == 0
    printed = json.loads(cli("info", "--index", tmp_path / "index", "--chrome", "--json").out)
    assert printed["chrome"] == {}
