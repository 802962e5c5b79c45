"""`qa build`."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.cli.test_usage import complained
from tests.test_import import PROGRAM
from tests.tiny_encoder import save_tiny_encoder

pytestmark = pytest.mark.real


def test_what_was_built_is_said_in_one_line(cli: Cli, articles: Path, built: Path) -> None:
    done = cli("build", articles, "--index", built)
    build = (built / "current").read_text().strip()
    assert done.code == 0
    assert done.out == f"{built}: 3 documents, 3 passages, build {build}\n"
    assert done.err == ""  # no progress bars where there is no terminal


def test_settings_come_from_the_options(cli: Cli, articles: Path, tmp_path: Path) -> None:
    options = ["--passage-tokens", "17", "--overlap-sentences", "0", "--keep-chrome"]
    assert cli("build", articles, "--index", tmp_path / "index", *options).code == 0
    printed = cli("info", "--index", tmp_path / "index").out
    for line in ("passage_tokens: 17", "overlap_sentences: 0", "keep_chrome: True"):
        assert f"  {line}\n" in printed


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("missing", "there is no file or folder"),
        ("empty", "holds no article"),
        ("photo.png", "unknown suffix '.png'"),
        ("latin.txt", "line 2: byte offset 7 is not valid UTF-8"),
        ("/dev/null", "neither a file nor a folder"),
    ],
)
def test_a_source_that_cannot_be_used(cli: Cli, source: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "photo.png").write_bytes(b"\x89PNG")
    (tmp_path / "latin.txt").write_bytes(b"one\ncaf\xe9")
    done = cli("build", tmp_path / source, "--index", tmp_path / "index")
    assert (done.code, done.out) == (2, "")
    complained(done.err)
    assert words in done.err
    assert not (tmp_path / "index").exists()


def test_every_bad_file_is_listed(cli: Cli, tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "good.txt").write_text("Robots danced at the expo.")
    (folder / "bad.txt").write_bytes(b"\xff")
    (folder / "odd\x1b[31m\nhint: no.xyz").touch()
    done = cli("build", folder, "--index", tmp_path / "index")
    assert (done.code, done.out) == (2, "")
    assert "\x1b" not in done.err
    lines = done.err.splitlines()
    assert lines[0] == "qa: 2 files or lines cannot be read"
    assert [line.partition(":")[0] for line in lines[1:]] == [
        "  bad.txt, line 1",
        "  odd\ufffd[31m hint",
        "hint",
    ]
    done = cli("build", folder, "--index", tmp_path / "index", "--skip-bad")
    assert done.code == 0
    assert "1 documents, 1 passages" in done.out
    assert "\nskipped bad.txt, line 1: " in done.out
    assert "\x1b" not in done.out


def test_a_place_that_cannot_hold_an_index(cli: Cli, articles: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for place in (tmp_path / "file", Path("/proc/index"), articles):
        done = cli("build", articles, "--index", place)
        assert (done.code, done.out) == (2, "")
        complained(done.err)


@pytest.mark.parametrize("name", ["nowhere/model", "../outside", "", "articles"])
def test_an_encoder_that_is_not_here(
    cli: Cli, name: str, articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(articles.parent)
    done = cli("build", articles, "--index", tmp_path / "index", "--encoder", name)
    assert (done.code, done.out) == (2, "")
    complained(done.err)


def test_an_unchanged_index_is_built_again_and_described_without_the_model(
    articles: Path, built: Path
) -> None:
    for arguments in (["build", articles, "--index", built], ["info", "--index", built]):
        words = [str(argument) for argument in arguments]
        program = PROGRAM.format(statement=f"from qa.surfaces.cli import main; main({words})")
        command = [sys.executable, "-c", program]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        modules = set(done.stdout.splitlines()[-1].split())
        assert "numpy" in modules
        assert not modules & {"torch", "transformers", "sentence_transformers", "gradio", "faiss"}


def test_a_light_index_is_asked_with_its_own_encoder(
    cli: Cli, articles: Path, tmp_path: Path
) -> None:
    tiny = save_tiny_encoder(tmp_path)
    place = ["--index", tmp_path / "index"]
    assert cli("build", articles, *place, "--encoder", tiny, "--light").code == 0
    [export] = (tmp_path / "index").glob("encoder-*")
    shutil.rmtree(tiny)  # it is not needed any more
    assert cli("ask", "How many projects were signed?", *place).code == 0
    assert cli("info", *place, "--check").code == 0
    (export / "model.bin").write_bytes(b"")
    done = cli("ask", "How many projects were signed?", *place)
    assert done.code == 2
    complained(done.err)
    assert "--light" in done.err
