"""Files made in code, so that every byte of a fixture can be seen."""

from __future__ import annotations

import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path

from qa.documents import Gathered, gather
from qa.types import Document

ARTICLE = "Robots danced on the square for an hour, and thousands of people came to watch. " * 4


def one(folder: Path, name: str, data: bytes | str) -> Document:
    """The one document of a file with these bytes, through the public door."""
    path = folder / name
    path.write_bytes(data.encode("utf-8") if isinstance(data, str) else data)
    (document,) = gather(path).documents
    return document


def write(folder: Path, **texts: str) -> Path:
    """A folder with these text files; `a__b` is the file `a/b`, every suffix is `.txt`."""
    for name, text in texts.items():
        path = folder / f"{name.replace('__', '/')}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8"))
    return folder


def ids(gathered: Gathered) -> list[str]:
    """The ids of the documents, in their order."""
    return [document.id for document in gathered.documents]


def make_pdf(*pages: str, title: str = "", unicode_map: str = "") -> bytes:
    """A PDF with one line of ASCII text on each page, `unicode_map` being its font's `bfchar`s."""
    entries = f"{unicode_map.count('<') // 2} beginbfchar\n{unicode_map}\nendbfchar"
    cmap = (
        "/CIDInit /ProcSet findresource begin begincmap\n1 begincodespacerange <00> <ff>"
        f" endcodespacerange\n{entries}\nendcmap end"
    )
    kids = " ".join(f"{5 + 2 * number} 0 R" for number in range(len(pages)))
    to_unicode = "/ToUnicode 4 0 R" if unicode_map else ""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        f"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica {to_unicode} >>",
        _stream(cmap),
    ]
    for number, page in enumerate(pages):
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Resources "
            f"<< /Font << /F1 3 0 R >> >> /Contents {6 + 2 * number} 0 R >>"
        )
        objects.append(_stream(f"BT /F1 12 Tf 20 100 Td ({page}) Tj ET" if page else ""))
    objects.append(f"<< /Title ({title}) >>")
    body, offsets = "%PDF-1.7\n", []
    for number, text in enumerate(objects, start=1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{text}\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    trailer = f"trailer << /Size {size} /Root 1 0 R /Info {len(objects)} 0 R >>"
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}\nstartxref\n{len(body)}\n%%EOF\n"
    return (body + end).encode("ascii")


def _stream(text: str) -> str:
    return f"<< /Length {len(text)} >>\nstream\n{text}\nendstream"


def encrypt(pdf: bytes, password: str) -> bytes:
    """The same PDF, encrypted with RC4."""
    from pypdf import PdfWriter

    writer, output = PdfWriter(clone_from=BytesIO(pdf)), BytesIO()
    writer.encrypt(password, "owner", algorithm="RC4-128")
    writer.write(output)
    return output.getvalue()


def run_apart(program: str, folder: Path) -> tuple[str, str]:
    """What a program prints and complains of in a process of its own, `folder` its argument."""
    done = subprocess.run(
        [sys.executable, "-c", program, str(folder)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        check=False,
    )
    return done.stdout, done.stderr
