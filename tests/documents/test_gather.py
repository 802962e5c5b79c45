"""Gathering: what is an article, what is skipped by rule, and every problem at once."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from qa.documents import extractor_versions, gather
from qa.errors import InputError, Problem, SourceError
from tests.documents.files import ids, make_pdf, write

TEXT = "They danced."


def skipped(source: Path) -> dict[str, str]:
    return {problem.path: problem.reason for problem in gather(source).skipped}


def problems(source: Path) -> list[tuple[str, str]]:
    with pytest.raises(SourceError) as caught:
        gather(source)
    assert "--skip-bad" in caught.value.hint
    return [(problem.path, problem.reason) for problem in caught.value.problems]


def test_ids_are_the_paths_below_the_source_in_order(tmp_path: Path) -> None:
    write(tmp_path, z=TEXT, a=TEXT, b__y=TEXT, b__c__x=TEXT)
    gathered = gather(tmp_path)
    assert ids(gathered) == ["a.txt", "b/c/x.txt", "b/y.txt", "z.txt"]
    assert (gathered.skipped, gathered.bad) == ((), ())
    assert gather(tmp_path) == gathered


def test_one_file_has_its_name_as_id(tmp_path: Path) -> None:
    write(tmp_path, b__y=TEXT, a=TEXT)
    assert ids(gather(tmp_path / "b" / "y.txt")) == ["y.txt"]


def test_suffixes_may_be_in_capitals(tmp_path: Path) -> None:
    (tmp_path / "A.TXT").write_text(TEXT, encoding="utf-8")
    (tmp_path / "B.Md").write_text(TEXT, encoding="utf-8")
    assert ids(gather(tmp_path)) == ["A.TXT", "B.Md"]


def test_progress_is_reported_after_every_file(tmp_path: Path) -> None:
    write(tmp_path, a=TEXT, b=TEXT, c="")
    calls: list[tuple[str, int, int]] = []
    gather(tmp_path, skip_bad=True, progress=lambda *call: calls.append(call))
    assert calls == [("reading", 1, 3), ("reading", 2, 3), ("reading", 3, 3)]


@pytest.mark.parametrize("name", ["README.md", "readme.TXT", "ReadMe", "README.zh.md"])
def test_a_readme_is_skipped_unless_asked_for(tmp_path: Path, name: str) -> None:
    write(tmp_path, a=TEXT)
    (tmp_path / name).write_text(TEXT, encoding="utf-8")
    assert skipped(tmp_path) == {name: "about the folder, not an article"}
    if name != "ReadMe":  # which has no suffix that says how to read it
        assert ids(gather(tmp_path / name)) == [name]


def test_hidden_files_and_folders_are_skipped_unless_asked_for(tmp_path: Path) -> None:
    write(tmp_path / ".home", a=TEXT, b__c=TEXT)
    (tmp_path / ".home" / ".git" / "deep").mkdir(parents=True)
    (tmp_path / ".home" / "b" / ".hidden.txt").write_text(TEXT, encoding="utf-8")
    source = tmp_path / ".home"
    assert skipped(source) == {".git": "hidden", "b/.hidden.txt": "hidden"}
    assert ids(gather(source)) == ["a.txt", "b/c.txt"]
    assert ids(gather(source / "b" / ".hidden.txt")) == [".hidden.txt"]


def test_links_out_of_the_source_are_skipped(tmp_path: Path) -> None:
    write(tmp_path, secret=TEXT, elsewhere__b=TEXT, source__a=TEXT)
    source = tmp_path / "source"
    (source / "file.txt").symlink_to(tmp_path / "secret.txt")
    (source / "folder").symlink_to("../elsewhere")
    (source / "up").symlink_to("..")
    (source / "gone.txt").symlink_to("/nowhere/at/all.txt")
    assert ids(gather(source)) == ["a.txt"]
    reason = "a link out of the source folder"
    assert skipped(source) == dict.fromkeys(["file.txt", "folder", "gone.txt", "up"], reason)


def test_links_inside_the_source_are_read(tmp_path: Path) -> None:
    write(tmp_path, a=TEXT)
    write(tmp_path / ".data", b=TEXT, c__d=TEXT)
    (tmp_path / "b.txt").symlink_to(".data/b.txt")
    (tmp_path / "folder").symlink_to(".data/c")
    assert ids(gather(tmp_path)) == ["a.txt", "b.txt", "folder/d.txt"]


def test_links_that_form_a_loop_end(tmp_path: Path) -> None:
    folders = "mnopqrst"
    write(tmp_path, **{f"{name}__a": TEXT for name in folders})
    for name in folders:
        for other in folders:
            (tmp_path / name / f"to-{other}").symlink_to(tmp_path / other)
    (tmp_path / "self").symlink_to(".")
    gathered = gather(tmp_path)
    assert ids(gathered) == [f"{name}/a.txt" for name in folders]
    assert len(gathered.skipped) == 65
    assert {problem.reason for problem in gathered.skipped} == {
        "a link to a folder that is read under another name"
    }


def test_the_source_may_be_a_link(tmp_path: Path) -> None:
    write(tmp_path, real__a=TEXT)
    (tmp_path / "link").symlink_to("real")
    (tmp_path / "link.txt").symlink_to("real/a.txt")
    assert ids(gather(tmp_path / "link")) == ["a.txt"]
    assert ids(gather(tmp_path / "link.txt")) == ["link.txt"]


def test_what_is_no_file_is_a_problem(tmp_path: Path) -> None:
    write(tmp_path, a=TEXT)
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "loop.txt").symlink_to("loop.txt")
    (tmp_path / "gone.txt").symlink_to("nothing.txt")
    assert problems(tmp_path) == [
        ("gone.txt", "is a link that leads nowhere"),
        ("loop.txt", "is a link that leads nowhere"),
        ("pipe.txt", "is not a regular file"),
    ]
    with pytest.raises(InputError, match="neither a file nor a folder"):
        gather(tmp_path / "pipe.txt")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_a_problem(tmp_path: Path) -> None:
    write(tmp_path, a=TEXT, b=TEXT, c__d=TEXT)
    (tmp_path / "b.txt").chmod(0)
    (tmp_path / "c").chmod(0)
    try:
        assert problems(tmp_path) == [
            ("b.txt", "cannot be read: Permission denied"),
            ("c", "the folder cannot be read: Permission denied"),
        ]
    finally:
        (tmp_path / "c").chmod(0o700)


@pytest.mark.skipif(not os.path.exists("/proc/self/mem"), reason="needs a file that breaks")
def test_what_breaks_while_it_is_read_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to("/proc/self/mem")
    assert problems(tmp_path / "a.txt") == [("a.txt", "cannot be read: Input/output error")]


def test_a_name_that_is_not_utf8_is_a_problem(tmp_path: Path) -> None:
    write(tmp_path, a=TEXT)
    for name in (b"caf\xe9.txt", b".caf\xe9"):
        with open(os.path.join(os.fsencode(tmp_path), name), "w", encoding="utf-8") as file:
            file.write(TEXT)
    gathered = gather(tmp_path, skip_bad=True)
    assert ids(gathered) == ["a.txt"]
    assert gathered.skipped == (Problem(r".caf\xe9", "hidden"),)
    assert gathered.bad == (Problem(r"caf\xe9.txt", "the name is not valid UTF-8: rename it"),)


def test_all_problems_are_reported_together(tmp_path: Path) -> None:
    write(tmp_path, good=TEXT, empty="", **{"sub__blank": " \n"})
    files = {
        "a.xyz": b"x",
        "bad.jsonl": b'{"id": "one", "text": "x"}\n{}\n{"id": "good.txt", "text": "x"}\n',
        "broken.docx": b"x",
        "latin.txt": b"ol\xe9",
        "no-suffix": b"x",
        "scan.pdf": make_pdf(""),
        "wrong.md": b"---\ntitle: []\n---\nx",
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "z.txt").symlink_to("nothing.txt")
    (tmp_path / "aa.txt").symlink_to("nothing.txt")
    with pytest.raises(SourceError) as caught:
        gather(tmp_path)
    error = caught.value
    assert [(problem.path, problem.line) for problem in error.problems] == [
        ("a.xyz", None),
        ("aa.txt", None),
        ("bad.jsonl", 2),
        ("broken.docx", None),
        ("empty.txt", None),
        ("good.txt", None),
        ("latin.txt", 1),
        ("no-suffix", None),
        ("scan.pdf", None),
        ("sub/blank.txt", None),
        ("wrong.md", 2),
        ("z.txt", None),
    ]
    assert "unknown suffix '.xyz'; articles end in .txt, .md" in str(error)
    assert "the id 'good.txt' is taken: it is that of bad.jsonl, line 3" in str(error)
    assert "no-suffix: has no suffix" in str(error)
    gathered = gather(tmp_path, skip_bad=True)
    assert gathered.bad == error.problems
    assert ids(gathered) == ["good.txt", "one"]
    assert gathered.documents[0].text == "x"


def test_duplicate_ids_across_files_name_both_places(tmp_path: Path) -> None:
    for name in ("b.jsonl", "a.jsonl"):
        line = f'{{"id": "same", "text": "from {name}"}}\n'
        (tmp_path / name).write_text(line, encoding="utf-8")
    reason = "the id 'same' is taken: it is that of a.jsonl, line 1"
    assert problems(tmp_path) == [("b.jsonl", reason)]
    (document,) = gather(tmp_path, skip_bad=True).documents
    assert document.text == "from a.jsonl"


def test_a_missing_source_is_an_error_with_a_hint(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"there is no file or folder '.*nowhere'") as caught:
        gather(tmp_path / "nowhere")
    assert caught.value.hint


def test_a_source_without_articles_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="holds no article") as caught:
        gather(tmp_path)
    assert ".txt" in caught.value.hint
    assert ".jsonl" in caught.value.hint
    (tmp_path / "README.md").write_text(TEXT, encoding="utf-8")
    with pytest.raises(SourceError, match=r"holds no article \(1 skipped\)"):
        gather(tmp_path)


def test_skipping_bad_files_is_no_way_to_an_empty_index(tmp_path: Path) -> None:
    write(tmp_path, a="", b=" ")
    with pytest.raises(SourceError) as caught:
        gather(tmp_path, skip_bad=True)
    assert len(caught.value.problems) == 2


def test_extractor_versions_name_library_and_version() -> None:
    versions = extractor_versions()
    assert set(versions) == {"docx", "html", "jsonl", "markdown", "pdf", "text"}
    assert versions["html"].split()[0] == "trafilatura"
    assert versions["pdf"].split()[0] == "pypdf"
