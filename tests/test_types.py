"""The nouns hold their invariants."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields
from typing import Any

import pytest

from qa.types import Answer, Citation, Document, Hit, Passage, Policy, Settings, Span

CITATION = Citation(
    doc_id="a.txt",
    title="A",
    url=None,
    date=None,
    page=None,
    start=0,
    end=14,
    quote="Robots danced.",
    answer="danced",
    answer_start=7,
    answer_end=13,
    text_sha256="0" * 64,
    source_sha256=None,
)


def test_an_answer_has_citations_exactly_when_it_has_a_text() -> None:
    Answer("?", "?", "danced", 0.9, citations=(CITATION,))
    Answer("?", "?", None, 0.1, "not said")
    with pytest.raises(ValueError, match="citations"):
        Answer("?", "?", "danced", 0.9)
    with pytest.raises(ValueError, match="citations"):
        Answer("?", "?", None, 0.1, citations=(CITATION,))
    with pytest.raises(ValueError, match="citations"):
        Answer("?", "?", "", 0.9)


@pytest.mark.parametrize(
    "noun",
    [
        CITATION,
        Answer("?", "?", None, 0.0),
        Document("a.txt", "A", "Robots danced."),
        Passage("a.txt", "", 0, 6, "Robots"),
        Policy(),
        Settings(),
    ],
    ids=lambda noun: type(noun).__name__,
)
def test_nouns_are_frozen_and_slotted(noun: Any) -> None:
    with pytest.raises(FrozenInstanceError):
        setattr(noun, fields(noun)[0].name, "other")
    assert not hasattr(noun, "__dict__")


def test_nouns_are_values() -> None:
    passage = Passage("a.txt", "", 0, 6, "Robots")
    assert passage == Passage("a.txt", "", 0, 6, "Robots")
    assert Span(passage, 0, 6, "Robots", 1.0) == Span(passage, 0, 6, "Robots", 1.0)
    hit = Hit(passage, 0.5, {"lexical": 1, "dense": None}, {"lexical": 2.0, "dense": 0.1})
    assert hit.passage.id == "a.txt#0-6"


def test_policies_do_not_share_their_weights() -> None:
    assert Policy().weights == Policy().weights == {"lexical": 0.3, "dense": 0.7}
    assert Policy().weights is not Policy().weights


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"fusion": "sum"}, "unknown fusion 'sum'"),
        ({"weights": {"lexical": 1.0}}, "weights need 'lexical' and 'dense'"),
        ({"weights": {"lexical": 0.5, "dense": 0.25, "other": 0.25}}, "weights need"),
        ({"weights": {"lexical": -0.5, "dense": 1.5}}, "from 0 to 1"),
        ({"weights": {"lexical": float("nan"), "dense": 0.5}}, "from 0 to 1"),
        ({"weights": {"lexical": 0.5, "dense": 0.4}}, "weights must add up to 1"),
        ({"depth": 0}, "depth and passages must be at least 1"),
        ({"passages": 0}, "depth and passages must be at least 1"),
        ({"threshold": 1.5}, "threshold must be from 0 to 1, not 1.5"),
        ({"threshold": float("nan")}, "threshold must be from 0 to 1"),
    ],
)
def test_a_policy_that_makes_no_sense_is_refused(wrong: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Policy(**wrong)


@pytest.mark.parametrize("share", [0.0, 0.1, 1 / 3, 0.7, 1.0])
def test_every_share_of_two_retrievers_is_a_policy(share: float) -> None:
    assert Policy(weights={"lexical": share, "dense": 1 - share}).weights["lexical"] == share


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"passage_tokens": 15}, "passage_tokens must be at least 16, not 15"),
        ({"overlap_sentences": -1}, "overlap_sentences must not be negative: -1"),
    ],
)
def test_settings_that_make_no_sense_are_refused(wrong: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Settings(**wrong)
