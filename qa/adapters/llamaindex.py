"""LlamaIndex: a retriever."""

from __future__ import annotations

import asyncio
from typing import Any

from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import (
    NodeRelationship,
    NodeWithScore,
    QueryBundle,
    RelatedNodeInfo,
    TextNode,
)

from qa.adapters.passages import TOLD, Found, found
from qa.answerer import Bot


class FootnoteRetriever(BaseRetriever):
    """Brings up passages; `similarity_top_k` is how many at most.

    A node's `metadata` says where its text stands: see `qa.adapters.passages.found`. Language
    models and embeddings are shown the title, heading, date, URL and page alone.

    >>> import qa
    >>> bot = qa.build(["Robots danced at the expo.", "The park opened in 2018."])
    >>> [found] = FootnoteRetriever(bot, similarity_top_k=1).retrieve("dancing robots")
    >>> found.text, found.node.ref_doc_id
    ('Robots danced at the expo.', '0')
    """

    def __init__(self, bot: Bot, similarity_top_k: int = 10, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._bot = bot
        self._similarity_top_k = similarity_top_k

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        passages = found(self._bot, query_bundle.query_str, self._similarity_top_k)
        return [NodeWithScore(node=_node(each), score=each.score) for each in passages]

    async def _aretrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return await asyncio.to_thread(self._retrieve, query_bundle)


def _node(passage: Found) -> TextNode:
    metadata = passage.metadata
    known = [name for name in metadata if name not in TOLD or metadata[name] in (None, "")]
    source = RelatedNodeInfo(node_id=passage.doc_id, hash=metadata["text_sha256"])
    return TextNode(
        id_=passage.id,
        text=passage.text,
        start_char_idx=metadata["start"],
        end_char_idx=metadata["end"],
        metadata=metadata,
        excluded_llm_metadata_keys=known,
        excluded_embed_metadata_keys=known,
        relationships={NodeRelationship.SOURCE: source},
    )
