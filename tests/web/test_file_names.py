"""Names that strangers give files are readable, unique and harmless on every platform."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from qa.documents import gather
from qa.surfaces.web.file_names import folded, printable, safe_name

DEVICES = {"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(10))}
awkward = st.text(st.sampled_from("a.\\/ \0:*?<>|\"'-_éE\u0301\u202e\ud800空Iİıﬁ"), max_size=30)
names = st.one_of(
    st.text(max_size=300),
    awkward,
    st.builds("{}.{}".format, st.sampled_from([*sorted(DEVICES), "README", "..", ""]), awkward),
    st.builds("{}.md".format, st.text(max_size=300)),
)


@given(names)
@example("../../x")
@example("a\0b")
@example("CON")
@example("con.txt.md")
@example("." * 300)
@example("空" * 300 + ".pdf")
@example("\u0301" * 300 + ".md")
def test_any_name_is_a_plain_file_name(name: str) -> None:
    safe = safe_name(name)
    assert safe == Path(safe).name
    assert safe not in ("", ".", "..")
    assert not safe.startswith((".", "-", " "))
    assert not safe.endswith((".", " "))
    assert len(safe.encode()) <= 140
    assert unicodedata.is_normalized("NFC", safe)
    assert not set(safe) & set('<>:"/\\|?*')
    assert not any(unicodedata.category(character)[0] == "C" for character in safe)
    stem = safe.split(".")[0].lower()
    assert stem.strip() not in DEVICES
    assert stem.strip() != "readme"


@given(names, st.lists(names, max_size=4))
def test_a_safe_name_stays_as_it_is_and_differs_from_those_taken(
    name: str, others: list[str]
) -> None:
    taken: list[str] = []
    for other in [*others, name, name]:
        taken.append(safe_name(other, taken))
    assert [safe_name(one) for one in taken] == taken
    assert len({folded(one) for one in taken}) == len(taken)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("report.md", "report.md"),
        ("Our report (2019).PDF", "Our report (2019).pdf"),
        ("../../x", "x"),
        ("C:\\Users\\me\\notes.txt", "notes.txt"),
        ("folder/", "folder"),
        ("CON", "_CON"),
        ("nul.tar.md", "_nul.tar.md"),
        ("README.md", "_README.md"),
        ("a\0b.txt", "ab.txt"),
        (".htaccess", "htaccess"),
        ("", "article"),
        ("???", "article"),
        ("x" * 400 + ".docx", "x" * 120 + ".docx"),
        ("Cafe\u0301.md", "Café.md"),
        ("evil\u202etxt.md", "eviltxt.md"),
        ("no suffix at all", "no suffix at all"),
        ("a.md.", "a.md"),
    ],
)
def test_names(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@given(names)
def test_a_file_of_that_name_can_be_made_and_is_read_as_an_article(
    tmp_path_factory: pytest.TempPathFactory, name: str
) -> None:
    folder = tmp_path_factory.mktemp("sources")
    safe = safe_name(Path(safe_name(name)).stem + ".txt")
    (folder / safe).write_text("Robots danced.")
    assert [document.id for document in gather(folder).documents] == [safe]


@given(st.text())
def test_what_is_printable_is_one_line(text: str) -> None:
    assert printable(text).isprintable()
    assert printable(printable(text)) == printable(text)
