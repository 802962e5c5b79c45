"""Articles in a list: texts, mappings, documents."""

from __future__ import annotations

from collections import OrderedDict
from types import MappingProxyType
from typing import Any

import pytest

import qa
from qa.documents import documents_of
from qa.errors import InputError, SourceError
from qa.types import Document
from tests.fakes import WordEncoder
from tests.readers import OverlapReader


def test_a_text_is_a_document_named_by_its_position() -> None:
    first, second = documents_of(["Robots danced.\r\n", "The park\n\nIt opened 🤖."])
    assert first == Document("0", "0", "Robots danced.\r\n")
    assert second == Document("1", "The park", "The park\n\nIt opened 🤖.")


def test_a_mapping_gives_what_it_has() -> None:
    whole = {"id": "a", "title": "A", "text": "Yes.", "date": "2018", "url": "https://example.org"}
    expected = Document("a", "A", "Yes.", "https://example.org", "2018")
    for mapping in (whole, OrderedDict(whole), MappingProxyType(whole)):
        assert documents_of([mapping]) == [expected]
    bare = {"text": "Yes.", "id": None, "title": " ", "date": ""}
    assert documents_of(["No.", bare])[1] == Document("1", "1", "Yes.")


def test_documents_stay_as_they_are_and_kinds_may_be_mixed() -> None:
    document = Document("b", "", "", page_starts=(0,))
    mixed: list[Any] = [document, "Yes.", {"text": "No."}]
    found = documents_of(iter(mixed))
    assert found[0] is document
    assert [document.id for document in found] == ["b", "1", "2"]


@pytest.mark.parametrize(
    ("article", "complaint"),
    [
        ("", "'text' must be a string that is not blank"),
        (" \n", "'text' must be a string that is not blank"),
        ({}, "'text' must be a string that is not blank"),
        ({"text": None}, "'text' must be a string that is not blank"),
        ({"text": 5}, "'text' must be a string, not int"),
        ({"text": "Yes.", "id": 7}, "'id' must be a string, not int"),
        ({"text": "Yes.", "date": 2018}, "'date' must be a string, not int"),
        ({"text": "Yes.", "body": "No."}, "unknown key 'body'; known are id, title, text"),
        ({"text": "Yes.", 1: "No."}, "unknown key 1; known are"),
        (5, "must be a text, a mapping or a Document, not int"),
        (b"Yes.", "must be a text, a mapping or a Document, not bytes"),
        (None, "must be a text, a mapping or a Document, not NoneType"),
    ],
)
def test_what_cannot_be_used_is_named_by_position_and_key(article: Any, complaint: str) -> None:
    with pytest.raises(SourceError) as error:
        documents_of(["Good.", article])
    assert str(error.value).startswith(f"article 1: {complaint}")
    assert error.value.hint


def test_every_problem_is_told_at_once() -> None:
    bad: list[Any] = ["", "Good.", {"text": 1}, 2]
    with pytest.raises(SourceError) as error:
        documents_of(bad)
    assert [problem.path for problem in error.value.problems] == [
        "article 0",
        "article 2",
        "article 3",
    ]


@pytest.mark.parametrize("single", [{"text": "Yes."}, Document("a", "A", "Yes."), b"Yes."])
def test_one_article_is_no_list(single: Any) -> None:
    with pytest.raises(InputError, match="articles come in a list") as error:
        qa.build(single, encoder=WordEncoder(), reader=OverlapReader())
    assert "qa.build([" in error.value.hint


def test_an_id_that_is_a_position_can_collide_and_is_told() -> None:
    with pytest.raises(SourceError, match="two documents have this id"):
        qa.build(["A.", {"id": "0", "text": "B."}], encoder=WordEncoder(), reader=OverlapReader())


def test_the_citation_leads_back_to_the_list() -> None:
    texts = ["Drones flew over the park.", "Robots danced at the expo."] * 6
    texts = [f"{text} Take {n}." for n, text in enumerate(texts)]
    bot = qa.build(texts, encoder=WordEncoder(), reader=OverlapReader())
    for number in (0, 1, 10, 11):
        answer = bot.ask(f"{texts[number]}")
        [citation] = answer.citations[:1]
        assert texts[int(citation.doc_id)][citation.start : citation.end] == citation.quote
