"""What is handed on of a passage: everything, flat and plain, and true of the document."""

from __future__ import annotations

import json
from hashlib import sha256

import pytest

import qa
from qa.adapters.passages import found
from qa.errors import QuestionError


def test_every_passage_is_where_its_metadata_says(bot: qa.Bot) -> None:
    hits = bot.retrieve("robots danced", passages=9)
    passages = found(bot, "robots danced", 9)
    assert [(each.id, each.score) for each in passages] == [(h.passage.id, h.score) for h in hits]
    for hit, each in zip(hits, passages, strict=True):
        document = bot.documents[each.doc_id]
        known = each.metadata
        assert document.text[known["start"] : known["end"]] == each.text == hit.passage.text
        assert known["text_sha256"] == sha256(document.text.encode()).hexdigest()
        assert (known["title"], known["url"], known["date"], known["source_sha256"]) == (
            *(document.title, document.url, document.date, document.source_sha256),
        )
        for name in ("lexical", "dense"):
            assert known[f"{name}_rank"] == hit.ranks[name]
            assert known[f"{name}_score"] == hit.scores[name]


def test_the_place_has_a_heading_and_a_page(bot: qa.Bot) -> None:
    known = {each.doc_id: each.metadata for each in found(bot, "robots", 9)}
    assert known["expo/2019.md"]["page"] is None
    assert known["scan.pdf"]["page"] in (1, 2)
    assert all("heading" in metadata for metadata in known.values())


def test_the_metadata_is_flat_and_survives_json(bot: qa.Bot) -> None:
    for each in found(bot, "robots", 9):
        assert all(v is None or isinstance(v, str | int | float) for v in each.metadata.values())
        assert json.loads(json.dumps(each.metadata)) == each.metadata


def test_what_cannot_be_asked(bot: qa.Bot) -> None:
    with pytest.raises(QuestionError):
        found(bot, "", 1)
    with pytest.raises(QuestionError):
        found(bot, "robots", 0)
