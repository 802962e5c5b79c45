"""The units of a text: which lines are headings, rows and items, and which make up a sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.layout import is_structure, lines, units
from tests.texts import articles, ink

LONG = "A line that an editor wrapped is at least as long as sixty letters are"


def kinds(text: str) -> list[tuple[str, int, str]]:
    return [(unit.kind, unit.level, text[unit.start : unit.end]) for unit in units(text)]


def sentences(text: str) -> list[str]:
    return [text[unit.start : unit.end] for unit in units(text) if unit.kind == "sentence"]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\u2028"])
def test_headings(newline: str) -> None:
    text = (
        "# One\n\nText here.\n\n### Three ###\nText here.\n\nSetext\n======\n"
        "Text here.\n\nSecond\n---\nText here.\n\nPlain Heading\n\nText here."
    ).replace("\n", newline)
    assert [
        (level, words.split()[0]) for kind, level, words in kinds(text) if kind == "heading"
    ] == [
        (1, "#"),
        (3, "###"),
        (1, "Setext"),
        (2, "Second"),
        (7, "Plain"),
    ]
    assert sentences(text) == ["Text here."] * 5


def test_a_plain_heading_stands_above_a_long_line_where_blank_lines_are_missing() -> None:
    text = f"The first part ends.\nSmart China Expo 2018\n{LONG} and goes on and on."
    assert ("heading", 7, "Smart China Expo 2018") in kinds(text)


def test_rows_parted_by_tabs_are_structure() -> None:
    assert is_structure("Model\tFlow\tPrice")
    assert not is_structure("Model\tFlow")


def test_a_plain_heading_ends_the_paragraph_above_it() -> None:
    above = "The warranty of the pump lasts 36 months from the date of purchase. Seals wear out."
    below = "A claim is made in writing to the service office within 14 days after the fault."
    found = kinds(f"{above}\nClaims\n{below}")
    assert [kind for kind, *_ in found] == ["sentence", "sentence", "heading", "sentence"]
    assert found[2] == ("heading", 7, "Claims")


@pytest.mark.parametrize(
    "text",
    [
        "Robots danced.\n\nCrowds came.",
        "robots and crowds\n\nCrowds came.",
        "Nothing below\n\n\n \n",
        "Nothing below",
        "#hashtag is no heading\n\nText.",
        "- An item\n\nText.",
        f"{LONG} {LONG}\n\nText.",
        "####### Seven\n\nText.",
    ],
)
def test_no_headings(text: str) -> None:
    assert [kind for kind, *_ in kinds(text) if kind == "heading"] == []


def test_a_table_is_a_line_a_row() -> None:
    rows = ["| year | projects |", "|---|---|", "| 2018 | 501. Signed. |", "| 2019 | 530 |"]
    assert kinds("\n".join(["Intro below:", *rows, "After the table."])) == [
        ("sentence", 0, "Intro below:"),
        *(("line", 0, row) for row in rows),
        ("sentence", 0, "After the table."),
    ]


@pytest.mark.parametrize("row", ["2018 | 530", "2018\t530\t31.9%", "a\t \tb", "a\t\tb\tc d"])
def test_rows_without_edges(row: str) -> None:
    assert kinds(f"{row}\n{row}") == [("line", 0, row)] * 2


@pytest.mark.parametrize("line", ["a|b or c", "one\ttab", "one\ttab\t", "x || y"])
def test_no_rows(line: str) -> None:
    assert "line" not in {kind for kind, *_ in kinds(line)}


@pytest.mark.parametrize("mark", ["-", "*", "+", "•", "1.", "12)", "(3)"])
def test_list_items_stay_apart(mark: str) -> None:
    items = [f"{mark} Robots danced", f"{mark} Crowds came", f"{mark} all went home"]
    assert sentences("\n".join(items)) == items


def test_code_is_a_line_a_unit() -> None:
    text = "Run this:\n```python\n# no heading. No sentence.\nx = 1\n```\nThen go on. Stop."
    assert kinds(text) == [
        ("sentence", 0, "Run this:"),
        ("line", 0, "```python"),
        ("line", 0, "# no heading. No sentence."),
        ("line", 0, "x = 1"),
        ("line", 0, "```"),
        ("sentence", 0, "Then go on."),
        ("sentence", 0, "Stop."),
    ]


def test_code_within_a_line_opens_no_block() -> None:
    text = "```x``` is code.\n\n# Heading\n\nText here."
    assert [kind for kind, *_ in kinds(text)] == ["sentence", "heading", "sentence"]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\n  ", "\f"])
def test_wrapped_lines_are_joined(newline: str) -> None:
    text = f"{LONG}{newline}Robots danced there{newline}and slept.{newline}Crowds came."
    assert sentences(text) == [
        f"{LONG}{newline}Robots danced there{newline}and slept.",
        "Crowds came.",
    ]


@pytest.mark.parametrize("gap", ["\n\n", "\f", "\n\f", "\r\n\r\n", "\f\n"])
def test_a_sentence_broken_by_a_page_goes_on_in_lower_case(gap: str) -> None:
    whole = f"The agreement on robots that was signed in Chongqing{gap}covers five parks."
    assert sentences(whole) == [whole]


@pytest.mark.parametrize("gap", ["\n\n", "\r\n\r\n", "\n \t\n", "\n\f"])
def test_a_blank_line_divides(gap: str) -> None:
    assert sentences(f"{LONG}{gap}Robots danced.") == [LONG, "Robots danced."]
    assert sentences(f"The first sentence has ended here.{gap}robots danced.") == [
        "The first sentence has ended here.",
        "robots danced.",
    ]


@given(articles, st.data())
def test_lines_hold_all_ink_of_the_stretch(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = lines(text, start, end)
    assert [n for line in found for n in ink(text, line.start, line.end)] == ink(text, start, end)
    assert all(start <= line.start <= line.end <= end for line in found)


@given(articles, st.data())
def test_units_hold_all_ink_of_the_stretch_once_and_in_order(
    text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = units(text, start, end)
    edges = [edge for unit in found for edge in (unit.start, unit.end)]
    assert edges == sorted(edges)
    assert all(start <= unit.start < unit.end <= end for unit in found)
    assert [n for unit in found for n in ink(text, unit.start, unit.end)] == ink(text, start, end)
    assert all((unit.level > 0) == (unit.kind == "heading") for unit in found)


@given(articles)
def test_trailing_blank_lines_change_nothing(text: str) -> None:
    assert units(f"{text}\n\n \n") == units(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ab\n\n" * 50_000,
        "# a\n" * 50_000,
        "a\tb" + "\t" * 500_000 + " c",
        "a\t \t" * 100_000 + "b",
        "|" * 500_000,
        "a |" * 300_000,
        "x | " * 200_000,
        "(" * 500_000,
        "." * 500_000,
        "`" * 500_000,
        "```" + "a" * 500_000 + "`",
        "# " + " " * 500_000 + "x #",
        "a\n" + "-" * 500_000 + "x",
        "1) " * 200_000,
        "a" + "\n" * 500_000 + "b",
        "\r" * 500_000,
        "a\f" * 100_000,
        "a\tb" * 300_000,
        "x" * 2_000_000,
        "words and words " * 125_000,
    ],
    ids=lambda text: f"{text[:6]!r}-{len(text)}",
)
def test_long_runs_come_to_an_end(text: str) -> None:
    """Quadratic time would be minutes or hours here."""
    assert len(units(text)) <= len(text)
