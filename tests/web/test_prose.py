"""A document drawn as HTML keeps every character, and every character keeps its offset."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.surfaces.web.html import escape
from qa.surfaces.web.prose import is_markdown, prose
from tests.conftest import ROOT
from tests.web.fakes import HOSTILE
from tests.web.reading import Reading

PIECES = st.sampled_from(
    """# Expo|## Robots|- one|12. two|/ a / **b** /|/ --- / --- /|/|//|> said|**bold**|*it*|`code`|\
[text](https://x.org)|```|---|===|***|[](|  - in|words """.replace("|", "\0")
    .replace("/", "|")
    .split("\0")
)
BREAKS = st.sampled_from(
    [HOSTILE, "\f", "\r\n", "\n", "\n\n", " ", "\r", "\u2028", "\\|", "\U0001f916"]
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(PIECES | BREAKS, max_size=12).map("".join))


def shown(text: str) -> str:
    """What a browser has of a text: half characters and NUL are replaced, one by one."""
    lost = dict.fromkeys([0, *range(0xD800, 0xE000)], "\N{REPLACEMENT CHARACTER}")
    return text.translate(lost)


@given(st.text())
def test_escaped_text_reads_back_exactly(text: str) -> None:
    reading = Reading(f'<p class="x">{escape(text)}</p><a href="{escape(text)}"></a>')
    assert (reading.of("x"), reading.values("href")) == ([shown(text)], [shown(text)])


@given(st.text())
def test_escaped_text_holds_nothing_that_html_or_a_template_reads(text: str) -> None:
    assert not set("<>\"'`${}\\\r\0") & set(escape(text))


def test_half_a_character_and_nul_keep_their_place() -> None:
    assert Reading(f"<p>{escape(f'a{chr(0xD800)}{chr(0)}b')}</p>").of("p") == ["a\ufffd\ufffdb"]


@given(TEXTS, st.booleans(), st.integers(0, 500))
def test_every_character_is_there_and_has_its_offset(text: str, markdown: bool, at: int) -> None:
    html = prose(text, at=at, markdown=markdown)
    assert "".join(Reading(f"<main>{html}</main>").of("main")) == shown(text)
    for offset, piece in Reading(html).pieces():
        assert shown(text)[offset - at : offset - at + len(piece)] == piece


@given(TEXTS, st.booleans(), st.data())
def test_what_is_marked_is_where_the_offsets_say(
    text: str, markdown: bool, data: st.DataObject
) -> None:
    edges = st.integers(0, len(text))
    start, end = sorted((data.draw(edges), data.draw(edges)))
    first, last = sorted((data.draw(edges), data.draw(edges)))
    reading = Reading(
        prose(
            text, at=7, markdown=markdown, soft=(first + 7, last + 7), strong=(start + 7, end + 7)
        )
    )
    assert "".join(reading.of("mark")) == shown(text)[start:end]
    soft = [n for n in range(first, last) if not start <= n < end]
    assert "".join(reading.of("qa-soft")) == "".join(shown(text)[n] for n in soft)


@pytest.mark.parametrize("path", sorted((ROOT / "corpus").glob("*.md")), ids=lambda path: path.name)
def test_the_bundled_articles_keep_every_character(path: object) -> None:
    text = (ROOT / "corpus" / str(path)).read_text("utf-8")
    assert "".join(Reading(f"<main>{prose(text, markdown=True)}</main>").of("main")) == text


def test_headings_items_and_tables_are_drawn_around_their_text() -> None:
    text = "# Expo\n\nIt **was** big.\n\n- one\n- two\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n"
    reading = Reading(prose(text, markdown=True))
    assert reading.of("qa-heading") == ["# Expo\n"]
    assert reading.of("qa-item") == ["- one\n", "- two\n"]
    assert reading.of("qa-cell") == ["| a ", "| b |\n", "| 1 ", "| 2 |\n"]
    assert (reading.of("qa-bold"), reading.of("qa-table")) == (["was"], [text[text.index("|") :]])
    assert reading.of("qa-syntax")[:3] == ["# ", "**", "**"]
    assert "3" in reading.values("aria-level")


def test_plain_text_is_left_as_it_is_but_for_its_headings() -> None:
    reading = Reading(prose("The park of Lijia\n\n- It **opened** in 2018 | or so.\n"))
    assert reading.of("qa-heading") == ["The park of Lijia\n"]
    assert not [*reading.of("qa-bold"), *reading.of("qa-bullet"), *reading.of("qa-row")]


def test_pages_are_parted() -> None:
    assert Reading(prose("One.\n\f\nTwo.")).of("qa-page") == ["\f"]


@pytest.mark.parametrize(
    "line", ["**a" * 20_000, "-" * 50_000 + "x", "| " * 20_000, "[a](" * 20_000]
)
def test_odd_lines_take_no_longer_than_others(line: str) -> None:
    assert len(prose(line, markdown=True)) >= len(line)


def test_markdown_is_told_by_the_name() -> None:
    assert is_markdown("a/b.MD")
    assert not is_markdown("a.md.txt")
