"""The LlamaIndex adapter, in the real library."""

from __future__ import annotations

import asyncio

import pytest
from llama_index.core.schema import MetadataMode, NodeWithScore, QueryBundle, TextNode

import qa
from qa.adapters.llamaindex import FootnoteRetriever
from qa.adapters.passages import found
from qa.errors import QuestionError
from tests.adapters.conftest import Page


def retrieved(bot: qa.Bot, query: str) -> list[NodeWithScore]:
    return FootnoteRetriever(bot, similarity_top_k=2).retrieve(query)


def test_nodes_are_the_passages(bot: qa.Bot) -> None:
    nodes = retrieved(bot, "robots danced")
    passages = found(bot, "robots danced", 2)
    assert [(n.node_id, n.text, n.score) for n in nodes] == [
        (p.id, p.text, p.score) for p in passages
    ]
    assert [n.metadata for n in nodes] == [p.metadata for p in passages]


def test_a_node_knows_its_document_and_its_place(bot: qa.Bot) -> None:
    for scored in retrieved(bot, "robots danced"):
        node = scored.node.to_dict()
        source = scored.node.source_node
        assert source is not None
        document = bot.documents[source.node_id]
        assert source.hash == scored.metadata["text_sha256"]
        assert document.text[node["start_char_idx"] : node["end_char_idx"]] == scored.text


def test_a_node_survives_being_kept(bot: qa.Bot) -> None:
    for scored in retrieved(bot, "robots danced"):
        assert TextNode.from_dict(scored.node.to_dict()) == scored.node


def test_models_are_shown_what_people_read(bot: qa.Bot) -> None:
    shown = retrieved(bot, "expo signed projects")[0].node.get_content(MetadataMode.LLM)
    assert "title: The expo of 2019\n" in shown
    assert "https://example.org/2019" in shown
    assert "sha256" not in shown
    assert "rank" not in shown
    assert "None" not in shown


def test_asynchronously_and_from_a_bundle_it_is_the_same(bot: qa.Bot) -> None:
    retriever = FootnoteRetriever(bot, similarity_top_k=2)
    nodes = retriever.retrieve("robots")
    assert asyncio.run(retriever.aretrieve("robots")) == nodes
    assert retriever.retrieve(QueryBundle("robots")) == nodes


def test_what_cannot_be_asked_is_an_error(bot: qa.Bot) -> None:
    with pytest.raises(QuestionError):
        retrieved(bot, " ")


@pytest.mark.slow
@pytest.mark.real
def test_the_page_runs_and_nothing_leaves_this_machine(run_page: Page) -> None:
    assert run_page("llamaindex.md")["outside"] == []
