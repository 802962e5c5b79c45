"""PDF: pages joined by form feeds, and a plain word about every file that has no text to give."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.errors import SourceError
from tests.documents.files import encrypt, make_pdf, one, run_apart

WORDS = st.text("abcdefghij ", max_size=20)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pdf")


@given(st.lists(WORDS, min_size=1, max_size=5).filter(lambda pages: any(map(str.strip, pages))))
def test_pages_begin_right_after_form_feeds(folder: Path, pages: list[str]) -> None:
    document = one(folder, "a.pdf", make_pdf(*pages))
    assert len(document.page_starts) == len(pages)
    assert document.page_starts[0] == 0
    assert all(document.text[start - 1] == "\f" for start in document.page_starts[1:])
    ends = [start - 1 for start in document.page_starts[1:]] + [len(document.text)]
    texts = [
        document.text[start:end] for start, end in zip(document.page_starts, ends, strict=True)
    ]
    assert [text.split() for text in texts] == [page.split() for page in pages]


def test_title_is_that_of_the_file_or_its_name(tmp_path: Path) -> None:
    titled = make_pdf("They danced.", title="Robots  on stage")
    assert one(tmp_path, "a.pdf", titled).title == "Robots on stage"
    assert one(tmp_path, "city-report.PDF", make_pdf("They danced.")).title == "city report"


def test_halves_of_a_character_are_joined(tmp_path: Path) -> None:
    data = make_pdf("AB CA", unicode_map="<41> <D83E>\n<42> <DD16>\n<43> <667A>")
    assert one(tmp_path, "a.pdf", data).text == "🤖 智\ufffd"


def test_an_empty_password_opens(tmp_path: Path) -> None:
    data = encrypt(make_pdf("They danced.", title="Robots"), "")
    document = one(tmp_path, "a.pdf", data)
    assert (document.title, document.text) == ("Robots", "They danced.")


def aes() -> bytes:
    """A PDF that says it is encrypted with AES and an empty password."""
    filters = b"/V 4 /CF << /C << /CFM /AESV2 /Length 16 >> >> /StmF /C /StrF /C"
    data = encrypt(make_pdf("They danced."), "")
    return data.replace(b"/V 2", filters).replace(b"/R 3", b"/R 4")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (encrypt(make_pdf("They danced."), "secret"), "is encrypted and needs a password"),
        (make_pdf("", " "), "holds no text: it is likely a scan and needs OCR"),
        (make_pdf(), "holds no text: it is likely a scan"),
        (make_pdf("They danced.")[:200], "is not a readable PDF"),
        (b"%PDF-1.7\n", "is not a readable PDF"),
        (b"They danced.", "is not a readable PDF"),
        (b"", "is not a readable PDF"),
        pytest.param(
            aes(),
            "is encrypted in a way that cannot be opened here",
            marks=pytest.mark.skipif(
                any(map(find_spec, ("cryptography", "Crypto"))), reason="AES can be opened here"
            ),
        ),
    ],
)
def test_what_cannot_be_read_is_an_error(tmp_path: Path, data: bytes, reason: str) -> None:
    with pytest.raises(SourceError) as caught:
        one(tmp_path, "a.pdf", data)
    (problem,) = caught.value.problems
    assert problem.path == "a.pdf"
    assert problem.reason.startswith(reason)
    assert "\n" not in problem.reason


def test_nothing_is_printed(tmp_path: Path) -> None:
    # pypdf warns of the wrong offset of the cross-reference table, and repairs it.
    data = make_pdf("They danced.").replace(b"startxref\n", b"startxref\n1")
    (tmp_path / "a.pdf").write_bytes(data)
    program = (
        "import sys; from pathlib import Path; from qa.documents import gather;"
        "print(gather(Path(sys.argv[1])).documents[0].text)"
    )
    assert run_apart(program, tmp_path) == ("They danced.\n", "")
