"""HTML: the article, not the page around it; nothing fetched, nothing printed."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from qa.errors import SourceError
from tests.documents.files import ARTICLE, one, run_apart

PAGE = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>Robots dance | City News</title>
<link rel="canonical" href="https://news.example.org/robots">
<meta property="article:published_time" content="2021-08-31T08:00:00Z"></head>
<body><nav><a href="/">Home</a> <a href="/news">All the news</a></nav>
<article><h1>Robots dance</h1><p>{ARTICLE}</p><h2>Figures</h2>
<table><tr><th>Year</th><th>Visitors</th></tr><tr><td>2021</td><td>250</td></tr></table>
<p>{ARTICLE.replace("Robots", "Drones")}</p></article>
<div id="comments" class="comments"><p>First! I was there and saw it all myself.</p></div>
<footer>Copyright 2023 City News</footer></body></html>"""


def test_the_main_content_is_the_text(tmp_path: Path) -> None:
    document = one(tmp_path, "a.html", PAGE)
    assert document.text.startswith("Robots dance\nRobots danced on the square")
    assert "Drones danced" in document.text
    assert "| 2021 | 250 |" in document.text
    for chrome in ("All the news", "First!", "Copyright"):
        assert chrome not in document.text
    assert document.title == "Robots dance"
    assert document.url == "https://news.example.org/robots"
    assert document.date == "2021-08-31"
    assert document.source_sha256 == sha256(PAGE.encode()).hexdigest()


def test_where_the_main_content_is_very_little_all_body_text_is_the_text(tmp_path: Path) -> None:
    page = """<html><head><title>Robots</title><style>p {color: red}</style></head><body>
    <nav><a href="/">Home</a></nav><script>let x = "hidden";</script>
    <p>Robots   <b>dan</b>ced
    all day.<br>They sang.</p><table><tr><td>2021</td><td>250</td></tr></table></body></html>"""
    document = one(tmp_path, "a.htm", page)
    assert document.text == "Home\nRobots danced all day.\nThey sang.\n2021\n250"
    assert (document.title, document.url, document.date) == ("Robots", None, None)


@pytest.mark.parametrize("page", ["<p>They &amp; we danced.</p>", "They &amp; we danced."])
def test_a_fragment_is_read(tmp_path: Path, page: str) -> None:
    document = one(tmp_path, "city-report.html", page)
    assert (document.title, document.text) == ("city report", "They & we danced.")


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ("<meta charset=gb2312>", "gb18030"),
        ("<meta http-equiv='Content-Type' content='text/html; charset=GBK'>", "gb18030"),
        ("<?xml version='1.0' encoding='big5'?>", "big5"),
        ("<meta charset=gbk>", "utf-8"),  # saved anew by an editor
        ("", "utf-8-sig"),
        ("", "utf-16"),
    ],
)
def test_the_declared_encoding_is_used(tmp_path: Path, head: str, encoding: str) -> None:
    page = f"{head}<html><body><p>機器人在廣場上跳舞。</p></body></html>"
    assert one(tmp_path, "a.html", page.encode(encoding)).text == "機器人在廣場上跳舞。"


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (b"<html>\n<p>ol\xe9</p>", "line 2: byte offset 12 is not valid UTF-8"),
        (b"<meta charset=klingon><p>ol\xe9</p>", "declares an unknown encoding 'klingon'"),
        (b"<meta charset=big5><p>ol\xff</p>", "is not valid BIG5"),
        (b"<html><head><title>Robots</title></head><body> </body></html>", "holds no text"),
        (b"", "holds no text"),
        (b"<!-- -->", "holds no text"),
    ],
)
def test_what_cannot_be_read_is_an_error(tmp_path: Path, page: bytes, reason: str) -> None:
    with pytest.raises(SourceError, match=reason):
        one(tmp_path, "a.html", page)


def test_nothing_is_fetched_and_nothing_is_printed(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")
    link = "http://127.0.0.1:9/robots"
    page = f"<html><head><base href='{link}'><link rel=canonical href='{link}'></head>{link}</html>"
    (tmp_path / "b.html").write_text(page, encoding="utf-8")
    (tmp_path / "c.html").write_text(link, encoding="utf-8")
    program = """
import sys
def forbid(event, arguments):
    if event.startswith("socket."):
        raise RuntimeError(f"{event}{arguments}")
sys.addaudithook(forbid)
from pathlib import Path
from qa.documents import gather
print(len(gather(Path(sys.argv[1])).documents))
"""
    assert run_apart(program, tmp_path) == ("3\n", "")
