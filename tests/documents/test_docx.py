"""Word: every paragraph and row of the body, once, in order."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest
from docx.oxml.parser import parse_xml

from qa.errors import SourceError
from tests.documents.files import one

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def saved(word: Any) -> bytes:
    output = BytesIO()
    word.save(output)
    return output.getvalue()


def with_xml(xml: str) -> bytes:
    """A Word file with this piece of a body before its last paragraph."""
    word = docx.Document()
    word.add_paragraph("The end.")._p.addprevious(parse_xml(xml))
    return saved(word)


def test_paragraphs_and_rows_come_in_order(tmp_path: Path) -> None:
    word = docx.Document()
    word.add_paragraph("Robots\tdanced.\nAll day.")
    table = word.add_table(2, 3)
    for cell, text in zip(table._cells, "ABC1 3", strict=True):
        cell.text = text.strip()
    word.add_table(1, 2)  # says nothing
    word.add_paragraph()
    word.add_paragraph("The ").add_run("end.").bold = True
    document = one(tmp_path, "a.docx", saved(word))
    assert document.text == "Robots\tdanced.\nAll day.\nA | B | C\n1 |  | 3\n\nThe end."
    assert (document.page_starts, document.url, document.date) == ((), None, None)


def test_merged_cells_are_not_repeated(tmp_path: Path) -> None:
    word = docx.Document()
    table = word.add_table(3, 3)
    for number, cell in enumerate(table._cells):
        cell.text = "" if number in (1, 3, 6) else str(number)
    table.cell(0, 0).merge(table.cell(0, 1))
    table.cell(1, 0).merge(table.cell(2, 0)).text = "tall"
    assert one(tmp_path, "a.docx", saved(word)).text == "0 | 2\ntall | 4 | 5\n7 | 8"


def test_nested_tables_and_long_cells_keep_their_lines(tmp_path: Path) -> None:
    word = docx.Document()
    left, right = word.add_table(1, 2).rows[0].cells
    left.text = "one\ntwo"
    right.text = "above"
    for cell in right.add_table(1, 2).rows[0].cells:
        cell.text = "in"
    assert one(tmp_path, "a.docx", saved(word)).text == "one\ntwo | above\nin | in"


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        (f"<w:sdt {W}><w:sdtContent><w:p><w:r><w:t>In a control.</w:t></w:r></w:p>"
         "</w:sdtContent></w:sdt>", "In a control."),
        (f"<w:p {W}><w:r><w:t>They </w:t></w:r><w:ins><w:r><w:t>danced</w:t></w:r></w:ins><w:del>"
         "<w:r><w:delText>sang</w:delText></w:r></w:del><w:r><w:t>.</w:t></w:r></w:p>",
         "They danced."),
        (f"<w:p {W}><w:pPr><w:tabs><w:tab w:val='left' w:pos='9'/></w:tabs></w:pPr><w:hyperlink>"
         "<w:r><w:t>A link</w:t></w:r></w:hyperlink><w:r><w:noBreakHyphen/><w:t>x</w:t></w:r>"
         "</w:p>", "A link-x"),
        (f"<w:p {W} xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'>"
         "<w:r><w:t>Anchor.</w:t></w:r><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p>"
         "<w:r><w:t>Box.</w:t></w:r></w:p></w:txbxContent></mc:Choice><mc:Fallback>"
         "<w:txbxContent><w:p><w:r><w:t>Box.</w:t></w:r></w:p></w:txbxContent></mc:Fallback>"
         "</mc:AlternateContent></w:r></w:p>", "Anchor.\nBox."),
    ],
    ids=["content control", "tracked changes", "link", "text box"],
)  # fmt: skip
def test_words_inside_wrappers_are_read_once(tmp_path: Path, xml: str, text: str) -> None:
    assert one(tmp_path, "a.docx", with_xml(xml)).text == f"{text}\nThe end."


def test_title(tmp_path: Path) -> None:
    word = docx.Document()
    word.add_paragraph("They danced.")
    assert one(tmp_path, "city-report.docx", saved(word)).title == "city report"
    word.add_heading("", 1)
    word.add_heading("Robots on stage", 2)
    assert one(tmp_path, "city-report.docx", saved(word)).title == "Robots on stage"
    word.core_properties.title = "Robots"
    assert one(tmp_path, "city-report.docx", saved(word)).title == "Robots"


def bomb() -> bytes:
    output = BytesIO()
    with ZipFile(output, "w", ZIP_DEFLATED) as packed, packed.open("big", "w") as part:
        for _ in range(513):
            part.write(bytes(2**20))
    return output.getvalue()


def without_body() -> bytes:
    whole, output = ZipFile(BytesIO(saved(docx.Document()))), BytesIO()
    with ZipFile(output, "w") as packed:
        for name in whole.namelist():
            data = whole.read(name)
            packed.writestr(name, data[:99] if name == "word/document.xml" else data)
    return output.getvalue()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"They danced.", "is not a readable Word file"),
        (b"", "is not a readable Word file"),
        (saved(docx.Document())[:999], "is not a readable Word file"),
        (without_body(), "is not a readable Word file"),
        (b"PK\x05\x06" + bytes(18), "is not a readable Word file"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99),
            "is an old .doc file or needs a password",
        ),
        (saved(docx.Document()), "holds no text"),
    ],
)
def test_what_cannot_be_read_is_an_error(tmp_path: Path, data: bytes, reason: str) -> None:
    with pytest.raises(SourceError) as caught:
        one(tmp_path, "a.docx", data)
    (problem,) = caught.value.problems
    assert problem.path == "a.docx"
    assert problem.reason.startswith(reason)


@pytest.mark.slow
def test_a_bomb_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="it unpacks to 537919488 bytes"):
        one(tmp_path, "a.docx", bomb())
