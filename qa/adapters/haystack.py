"""Haystack: a retriever and an extractive reader, for pipelines.

A pipeline that is loaded from YAML imports these only where it is told that it may:
`Pipeline.loads(text, allowed_modules=["qa.adapters.haystack"])`.
"""

from __future__ import annotations

import asyncio
from typing import Any

from haystack import Document, component, default_to_dict
from haystack.core.errors import SerializationError
from haystack.dataclasses import ExtractedAnswer

import qa
from qa.adapters.passages import found
from qa.questions import check_question
from qa.reader import SpanReader, reader_named
from qa.types import Hit, Passage, Policy, Span


@component
class FootnoteRetriever:
    """Brings up passages of the index in a folder, or of a `bot`; `top_k` is how many at most.

    A document's `meta` says where its text stands: see `qa.adapters.passages.found`. The index is
    opened, and its models are loaded, when the pipeline warms up. Made with a bot, the component
    cannot be saved.

    >>> bot = qa.build(["Robots danced at the expo.", "The park opened in 2018."])
    >>> [document] = FootnoteRetriever(bot=bot, top_k=1).run("dancing robots")["documents"]
    >>> document.content, document.meta["doc_id"]
    ('Robots danced at the expo.', '0')
    """

    def __init__(self, index: str = "index", top_k: int = 10, *, bot: qa.Bot | None = None) -> None:
        self.index = index
        self.top_k = top_k
        self._bot = bot
        self._given = bot is not None

    def to_dict(self) -> dict[str, Any]:
        """The component as plain values. Raises SerializationError where it was made with a bot."""
        if self._given:
            raise SerializationError("a bot cannot be saved: make the retriever with an index")
        return default_to_dict(self, index=self.index, top_k=self.top_k)

    def warm_up(self) -> None:
        """Open the index and load the models, once. Raises as `qa.open` does."""
        if self._bot is None:
            self._opened().warm()

    @component.output_types(documents=list[Document])
    def run(self, query: str, top_k: int | None = None) -> dict[str, list[Document]]:
        """The passages nearest to `query`. Raises QuestionError as `Bot.retrieve` does."""
        count = self.top_k if top_k is None else top_k
        return {
            "documents": [
                Document(id=each.id, content=each.text, meta=each.metadata, score=each.score)
                for each in found(self._opened(), query, count)
            ]
        }

    @component.output_types(documents=list[Document])
    async def run_async(self, query: str, top_k: int | None = None) -> dict[str, list[Document]]:
        """What `run` gives, worked out in another thread."""
        return await asyncio.to_thread(self.run, query, top_k)

    def _opened(self) -> qa.Bot:
        if self._bot is None:
            self._bot = qa.open(self.index)
        return self._bot


@component
class FootnoteReader:
    """Points at the words in documents, of this retriever or any other, that answer a query.

    `reader` and `threshold` are those of `qa.Policy`; `top_k` is how many answers at most. An
    answer's `document_offset` is its place in the document's content, and its `meta` the place in
    the article: `doc_id`, `start`, `end`. Its `score` is the probability that it is right where
    those before it are not. Where the first stays below the threshold, the only answer has no
    `data`, and its score is the probability that there is none; with `no_answer=False` the list
    is empty.

    >>> document = Document(content="The 2019 expo signed 530 projects.")
    >>> question = "How many projects were signed at the 2019 expo?"
    >>> answer = FootnoteReader().run(question, [document])["answers"][0]
    >>> answer.data, answer.document_offset.start
    ('530', 21)

    Raises ValueError for a threshold that is not from 0 to 1.
    """

    def __init__(
        self,
        reader: str = "span",
        threshold: float | None = None,
        top_k: int = 3,
        no_answer: bool = True,
    ) -> None:
        Policy(reader=reader, threshold=threshold)
        self.reader = reader
        self.threshold = threshold
        self.top_k = top_k
        self.no_answer = no_answer
        self._loaded: SpanReader | None = None

    def to_dict(self) -> dict[str, Any]:
        """The component as plain values."""
        return default_to_dict(
            self,
            reader=self.reader,
            threshold=self.threshold,
            top_k=self.top_k,
            no_answer=self.no_answer,
        )

    def warm_up(self) -> None:
        """Load the reader, once. Raises ReaderError where there is none."""
        self._opened()

    @component.output_types(answers=list[ExtractedAnswer])
    def run(
        self, query: str, documents: list[Document], top_k: int | None = None
    ) -> dict[str, list[ExtractedAnswer]]:
        """The answers, best first. Raises QuestionError as `Bot.ask` does."""
        check_question(query)
        reader = self._opened()
        read = {_passage(document): document for document in documents if document.content}
        spans = reader.read(query, [Hit(passage, 1.0, {}, {}) for passage in read])
        sure = reader.confidence(spans)
        if sure < (reader.threshold if self.threshold is None else self.threshold):
            silence = [ExtractedAnswer(query, score=1 - sure)]
            return {"answers": silence if self.no_answer else []}
        return {
            "answers": [
                _answer(query, span, reader.confidence(spans[place:]), read[span.passage])
                for place, span in enumerate(spans[: self.top_k if top_k is None else top_k])
            ]
        }

    @component.output_types(answers=list[ExtractedAnswer])
    async def run_async(
        self, query: str, documents: list[Document], top_k: int | None = None
    ) -> dict[str, list[ExtractedAnswer]]:
        """What `run` gives, worked out in another thread."""
        return await asyncio.to_thread(self.run, query, documents, top_k)

    def _opened(self) -> SpanReader:
        if self._loaded is None:
            self._loaded = reader_named(self.reader)
        return self._loaded


def _passage(document: Document) -> Passage:
    """A document as the reader takes it: at its place in an article where that is known."""
    text, meta = document.content or "", document.meta
    doc_id, start = meta.get("doc_id"), meta.get("start")
    if not isinstance(doc_id, str) or not isinstance(start, int):
        doc_id, start = document.id, 0
    named = {name: str(meta.get(name) or "") for name in ("heading", "title")}
    return Passage(doc_id, start=start, end=start + len(text), text=text, **named)


def _answer(query: str, span: Span, score: float, document: Document) -> ExtractedAnswer:
    first = span.passage.start
    return ExtractedAnswer(
        query,
        score,
        data=span.text,
        document=document,
        document_offset=ExtractedAnswer.Span(span.start - first, span.end - first),
        meta={"doc_id": span.passage.doc_id, "start": span.start, "end": span.end},
    )
