"""The source view and "Why this?" without a browser."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qa.surfaces.web.source import source
from qa.surfaces.web.turn import Turn, places
from qa.surfaces.web.view import View
from qa.surfaces.web.why import shares, why
from qa.types import Answer, Document, Hit, Passage, Source, Span
from tests.web.fakes import HOSTILE, answer_of, article
from tests.web.reading import Reading

PARTS = ("Before. ", "It was ", "530", " projects.", " After.")


def opened(document: Document) -> Reading:
    answer = answer_of(document, *PARTS)
    turn = Turn("?", answer, "bundled", documents={document.id: document})
    return Reading(source(View("source", 0, places(turn)), turn))


def test_the_whole_article_is_there_with_passage_and_words_marked() -> None:
    reading = opened(article(*PARTS))
    assert reading.of("qa-article") == ["".join(PARTS)]
    assert reading.of("mark") == ["530"]
    assert reading.of("qa-soft") == ["Before. It was ", " projects. After."]


def test_front_matter_is_left_out_and_offsets_stay() -> None:
    document = article(*PARTS)
    front = replace(document, text=document.text, body_start=8)
    reading = opened(front)
    assert reading.of("qa-article") == ["".join(PARTS)[8:]]
    assert (15, "530") in reading.pieces()


def test_where_the_facts_come_from_is_told_as_text() -> None:
    document = replace(
        article(*PARTS), sources=(Source(f"City {HOSTILE}", "Paper", None, "spring"),)
    )
    reading = opened(document)
    assert reading.of("qa-origins") == [f"Where its facts come fromCity {HOSTILE}Paperspring"]


@pytest.mark.parametrize(
    ("url", "is_linked"),
    [
        ("https://example.org/a?b=1&c='2'", True),
        ("HTTP://example.org", True),
        ("javascript:alert(1)", False),
        (" https://example.org", False),
        ("data:text/html,x", False),
        ("//example.org", False),
        ("file:///etc/passwd", False),
        (None, False),
    ],
)
def test_only_web_addresses_become_links(url: str | None, is_linked: bool) -> None:
    links = [link for link in opened(replace(article(*PARTS), url=url)).values("href")]
    own = "?question=%3F&collection=bundled&source=1"
    assert links == ([url, own] if is_linked else [own])


def test_shares_of_spans_and_no_answer_add_up() -> None:
    passage = Passage("a", "", 0, 1, "x")
    spans = [Span(passage, 0, 1, "x", score) for score in (2.0, 0.0, -700.0, 700.0)]
    assert sum(shares(spans)) == pytest.approx(1.0)
    assert shares(spans[:2]) == pytest.approx([0.787, 0.1065], abs=1e-3)
    assert shares([]) == []


def test_why_tells_both_ranks_and_what_was_read_where() -> None:
    passage = Passage("a.md", "", 3, 12, "It was 53", title=f"Title {HOSTILE}")
    hit = Hit(passage, 0.5, {"lexical": None, "dense": 2}, {"lexical": 0.0, "dense": 0.25})
    answer = Answer("?", "?", None, 0.1, "Unsure.", "no-convincing-span", hits=(hit,))
    turn = Turn("?", answer, spans=(Span(passage, 10, 12, "53", 0.0),))
    reading = Reading(why(turn, answer))
    assert reading.of("qa-measure") == [
        "Same wordsnot foundBM25 0.00",
        "Similar meaningno. 2cosine 0.25",
        "Both togetherno. 1score 0.50",
        "Answers it50%log-odds +0.0",
    ]
    assert (reading.of("mark"), reading.of("cite")) == (["53"], [f"Title {HOSTILE}"])
    assert "width:25%" in why(turn, answer)
