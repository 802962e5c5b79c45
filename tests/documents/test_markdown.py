"""Front matter fills the fields; the text stays whole, and the body's offset is exact."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from qa.errors import SourceError
from qa.types import Source
from tests.documents.files import one

FRONT = """---
title: "Robots: a report"  # as printed
date: 2021-08-31
topic: [expo, robots]
url: https://example.org/robots
sources:
  - title: Robots dance
    publisher: City News
    date: "Aug 31,2021"
  - title: 2021
    date: null
    date_note: "undated, after 19 July 2021"
---
"""
BODIES = st.text(min_size=1).filter(str.strip)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("markdown")


def test_front_matter_fills_the_fields(tmp_path: Path) -> None:
    document = one(tmp_path, "a.md", FRONT + "They danced.\n")
    assert document.title == "Robots: a report"
    assert document.date == "2021-08-31"
    assert document.url == "https://example.org/robots"
    assert document.sources == (
        Source("Robots dance", "City News", "Aug 31,2021"),
        Source("2021", date_note="undated, after 19 July 2021"),
    )
    assert document.text == FRONT + "They danced.\n"
    assert document.text[document.body_start :] == "They danced.\n"


@given(front=st.sampled_from([FRONT, "---\n---\n", "--- \n# a comment\n---\t\n"]), body=BODIES)
@example(front=FRONT, body="\r---\n---\n")
@example(front="---\n---\n", body="---\ntitle: in the body\n---\n")
def test_the_body_begins_right_after_the_front_matter(folder: Path, front: str, body: str) -> None:
    document = one(folder, "a.md", front + body)
    assert document.text == front + body
    assert document.text[document.body_start :] == body


@given(BODIES)
def test_line_ends_may_be_those_of_windows(folder: Path, body: str) -> None:
    front = FRONT.replace("\n", "\r\n")
    document = one(folder, "a.md", "\ufeff" + front + body)
    assert document.text[document.body_start :] == body
    assert document.date == "2021-08-31"


@given(BODIES.filter(lambda text: not text.startswith(("---", "\ufeff"))))
def test_without_front_matter_the_body_is_all(folder: Path, text: str) -> None:
    document = one(folder, "a.md", text)
    assert (document.text, document.body_start) == (text, 0)


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: never closed\n\nThey danced.\n",
        "---\nThey danced.\n---\nAnd sang.\n",
        "---\n- one\n- two\n---\nAnd sang.\n",
        "\n---\ntitle: not at the start\n---\nThey danced.\n",
        "----\ntitle: four dashes\n----\n",
    ],
)
def test_what_looks_like_front_matter_but_is_prose_stays_in_the_body(
    tmp_path: Path, text: str
) -> None:
    document = one(tmp_path, "city-report.md", text)
    assert (document.text, document.body_start, document.title) == (text, 0, "city report")


@pytest.mark.parametrize("nothing", ["null", "~", "", '""'])
def test_null_is_none(tmp_path: Path, nothing: str) -> None:
    text = f"---\ntitle: {nothing}\ndate: {nothing}\nurl: {nothing}\nsources:\n---\nThey danced.\n"
    document = one(tmp_path, "a.md", text)
    assert (document.title, document.date, document.url, document.sources) == ("a", None, None, ())


def test_words_that_yaml_reads_as_something_else_stay_as_printed(tmp_path: Path) -> None:
    text = "---\ntitle: no\ndate: 2021\nurl: 1_000\n---\nThey danced.\n"
    document = one(tmp_path, "a.md", text)
    assert (document.title, document.date, document.url) == ("no", "2021", "1_000")


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("Words.\n\n## Part\n# Robots on stage ##\r\n# Later\n", "Robots on stage"),
        ("```\n# a comment\n~~~\n# another\n```\n# C#\n", "C#"),
        ("~~~~ sh\n# a comment\n~~~\n# another\n~~~~~\n   # Robots\n", "Robots"),
        ("#\n#hashtag\n    # code\nWords.\n", "city report"),
    ],
)
def test_title_falls_back_to_the_first_heading_then_to_the_name(
    tmp_path: Path, body: str, title: str
) -> None:
    assert one(tmp_path, "city-report.markdown", body).title == title
    assert one(tmp_path, "city-report.md", f"---\ndate: 2021\n---\n{body}").title == title


@pytest.mark.parametrize(
    ("front", "line", "reason"),
    [
        ("title: Robots\ndate: [2021\n", 4, "not valid YAML"),
        ("title: a: b\n", 2, "not valid YAML"),
        ("title: Robots\n\tdate: 2021\n", 3, "not valid YAML"),
        ("title: \x07\n", None, "not valid YAML"),
        ("[" * 5000, None, "not valid YAML"),
        ("a: 1\ntitle: [Robots]\n", 3, "'title' in the front matter must be a string or null"),
        ("date: {year: 2021}\n", 2, "'date' in the front matter must be a string or null"),
        ("url: []\n", 2, "'url' in the front matter must be a string or null"),
        ("sources: Robots dance\n", 2, "'sources' in the front matter must be a list"),
        ("sources:\n  - title: A\n  - Robots dance\n", 4, "must have a 'title'"),
        ("sources:\n  - publisher: City News\n", 3, "must have a 'title'"),
        ("sources:\n  - title: A\n    date: [1]\n", 4, "'date' in the front matter"),
        ("title: !!python/object/apply:os.getcwd []\n", 2, "must be a string or null"),
        ("a: &a [*a]\nsources: *a\n", 2, "must have a 'title'"),
    ],
)
def test_front_matter_that_cannot_be_used_is_an_error(
    tmp_path: Path, front: str, line: int | None, reason: str
) -> None:
    with pytest.raises(SourceError) as caught:
        one(tmp_path, "a.md", f"---\n{front.rstrip()}\n---\nThey danced.\n")
    (problem,) = caught.value.problems
    assert (problem.path, problem.line) == ("a.md", line)
    assert reason in problem.reason


def test_front_matter_alone_is_no_article(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="holds no text below its front matter"):
        one(tmp_path, "a.md", FRONT + "\n \n")
