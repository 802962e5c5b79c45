"""A saved conversation holds the words and the citations, and its text is never markup."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.errors import QAError
from qa.present import answer_to_dict
from qa.surfaces.web.export import as_json, as_markdown, plain
from qa.surfaces.web.source import address, citation_text
from qa.surfaces.web.turn import Turn
from qa.types import Answer, Candidate
from tests.web.fakes import HOSTILE, answer_of, article

PARTS = ("Before. ", "It was ", "530", " projects.", " After.")


def turn(question: str = "How many?") -> Turn:
    document = replace(article(*PARTS), date="2021-08-31", url="https://example.org/a_b")
    answer = replace(answer_of(document, *PARTS), question=question, resolved_question=question)
    return Turn(question, answer)


def test_json_is_the_contract_s() -> None:
    one = turn()
    assert isinstance(one.outcome, Answer)
    told = json.loads(as_json([one, Turn("Who?", QAError("busy", hint="wait"))]))
    assert told == [
        json.loads(json.dumps(answer_to_dict(one.outcome))),
        {"question": "Who?", "error": "busy", "hint": "wait"},
    ]


def test_markdown_names_words_quote_and_source() -> None:
    assert as_markdown([turn()]) == (
        "# Conversation\n\n## How many?\n\n**530**\n\nConfidence 90%\n\n"
        "1. An article (2021-08-31), article.md, characters 15–18, https://example.org/a\\_b\n\n"
        "   > It was **530** projects.\n"
    )


def test_markdown_tells_what_did_not_convince_and_what_else_was_found() -> None:
    one = turn()
    assert isinstance(one.outcome, Answer)
    other = Candidate("531", 0.25, one.outcome.citations)
    more = replace(one.outcome, alternatives=(other,))
    told = as_markdown([replace(one, outcome=more)])
    assert "### Other possible answers\n\n**531** (25%)" in told
    told = as_markdown([replace(one, outcome=replace(more, conflict=True))])
    assert "Sources give different figures.\n\n**530**\n\n1. " in told
    assert "\n\n**531**\n\n1. " in told
    assert "%" not in told
    silent = Answer("?", "?", None, 0.1, "No.", "no-convincing-span", other)
    told = as_markdown([Turn("?", silent)])
    assert "The articles do not answer this." in told
    assert "did not convince: 531" in told


@given(st.text() | st.just(HOSTILE))
def test_text_is_never_markup(text: str) -> None:
    shown = plain(text)
    assert "\n" not in shown
    for position, character in enumerate(shown):
        if character in "`*_[]<>|~":
            backslashes = len(shown[:position]) - len(shown[:position].rstrip("\\"))
            assert backslashes % 2 == 1


@pytest.mark.parametrize("text", ["# head", "- item", "12. item", "+ item", "=== x", "  # head"])
def test_text_begins_no_heading_and_no_list(text: str) -> None:
    assert plain(text).lstrip(" 0123456789").startswith(("\\",)) or "\\" in plain(text)


def test_a_link_holds_question_collection_and_number() -> None:
    assert address("b", "a&b=c#d?", 2) == "?question=a%26b%3Dc%23d%3F&collection=b&source=2"


def test_a_citation_in_one_line_leaves_out_an_address_that_is_none() -> None:
    one = turn().outcome
    assert isinstance(one, Answer)
    assert citation_text(one.citations[0]).endswith("characters 15–18; https://example.org/a_b)")
    evil = replace(one.citations[0], url="javascript:alert(1)", page=4)
    assert citation_text(evil) == (
        "“It was 530 projects.” (An article; 2021-08-31; page 4; article.md, characters 15–18)"
    )
