"""The Haystack adapters, in the real library, alone and in a pipeline."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from haystack import Document, Pipeline
from haystack.core.errors import DeserializationError, SerializationError
from haystack.dataclasses import ExtractedAnswer

import qa
from qa.adapters.haystack import FootnoteReader, FootnoteRetriever
from qa.adapters.passages import found
from qa.errors import IndexNotFoundError, QuestionError, ReaderError
from tests.adapters.conftest import SIGNED, UNKNOWN, Page


def pipeline(retriever: FootnoteRetriever, reader: FootnoteReader) -> Pipeline:
    made = Pipeline()
    made.add_component("retriever", retriever)
    made.add_component("reader", reader)
    made.connect("retriever.documents", "reader.documents")
    return made


def answers_of(made: Pipeline, query: str) -> list[ExtractedAnswer]:
    ran = made.run({"retriever": {"query": query}, "reader": {"query": query}})
    answers: list[ExtractedAnswer] = ran["reader"]["answers"]
    return answers


def test_documents_are_the_passages(bot: qa.Bot) -> None:
    documents = FootnoteRetriever(bot=bot, top_k=2).run("robots danced")["documents"]
    assert [(d.id, d.content, d.score, d.meta) for d in documents] == [
        (p.id, p.text, p.score, p.metadata) for p in found(bot, "robots danced", 2)
    ]
    assert [Document.from_dict(document.to_dict()) for document in documents] == documents


def test_a_call_may_ask_for_another_number(bot: qa.Bot) -> None:
    retriever = FootnoteRetriever(bot=bot, top_k=3)
    assert len(retriever.run("robots", top_k=1)["documents"]) == 1
    with pytest.raises(QuestionError):
        retriever.run("robots", top_k=0)


def test_an_answer_stands_where_it_says(bot: qa.Bot) -> None:
    [answer, *_] = answers_of(pipeline(FootnoteRetriever(bot=bot), FootnoteReader()), SIGNED)
    assert answer.data == "530"
    assert answer.score > 0.5
    text = bot.documents[answer.meta["doc_id"]].text
    assert text[answer.meta["start"] : answer.meta["end"]] == answer.data
    assert answer.document is not None
    assert answer.document.content is not None
    assert answer.document_offset is not None
    place = slice(answer.document_offset.start, answer.document_offset.end)
    assert answer.document.content[place] == answer.data
    assert ExtractedAnswer.from_dict(answer.to_dict()) == answer


def test_documents_of_others_are_read_too() -> None:
    others = [
        Document(content="Nothing of this."),
        Document(content=None),
        Document(content="The expo of 2019 signed 530 projects.", meta={"start": "x", "title": 5}),
    ]
    answers = FootnoteReader(top_k=1).run(SIGNED, others)["answers"]
    assert [answer.data for answer in answers] == ["530"]
    assert answers[0].document is others[2]
    assert answers[0].meta == {"doc_id": others[2].id, "start": 24, "end": 27}


@pytest.mark.parametrize("documents", [[], [Document(content="Robots danced at the expo.")]])
def test_silence_is_an_answer_without_data(documents: list[Document]) -> None:
    [silence] = FootnoteReader().run(UNKNOWN, documents)["answers"]
    assert (silence.data, silence.document, silence.query) == (None, None, UNKNOWN)
    assert 0.5 < silence.score <= 1
    assert FootnoteReader(no_answer=False).run(UNKNOWN, documents)["answers"] == []


def test_the_threshold_decides() -> None:
    document = Document(content="The expo of 2019 signed 530 projects.")
    [silence] = FootnoteReader(threshold=1.0).run(SIGNED, [document])["answers"]
    assert silence.data is None
    assert FootnoteReader(threshold=0.0).run(UNKNOWN, [document])["answers"][0].data
    with pytest.raises(ValueError, match="threshold"):
        FootnoteReader(threshold=2.0)


def test_asynchronously_it_is_the_same(bot: qa.Bot) -> None:
    retriever, reader = FootnoteRetriever(bot=bot), FootnoteReader()
    documents = retriever.run("robots")["documents"]
    assert asyncio.run(retriever.run_async("robots"))["documents"] == documents
    answers = reader.run(SIGNED, documents)
    assert asyncio.run(reader.run_async(SIGNED, documents)) == answers


def test_a_pipeline_survives_being_saved() -> None:
    reader = FootnoteReader(threshold=0.25, top_k=7, no_answer=False)
    made = pipeline(FootnoteRetriever("my-index", top_k=4), reader)
    with pytest.raises(DeserializationError, match=r"qa\.adapters\.haystack"):
        Pipeline.loads(made.dumps())
    again = Pipeline.loads(made.dumps(), allowed_modules=["qa.adapters.haystack"])
    assert again == made
    assert again.dumps() == made.dumps()
    assert again.to_dict()["components"]["reader"]["init_parameters"] == {
        "reader": "span",
        "threshold": 0.25,
        "top_k": 7,
        "no_answer": False,
    }


def test_a_bot_is_not_saved(bot: qa.Bot) -> None:
    with pytest.raises(SerializationError, match="with an index"):
        pipeline(FootnoteRetriever(bot=bot), FootnoteReader()).dumps()


def test_what_is_not_there_is_told_when_it_is_opened(tmp_path: Path) -> None:
    with pytest.raises(IndexNotFoundError):
        FootnoteRetriever(str(tmp_path)).warm_up()
    with pytest.raises(ReaderError):
        FootnoteReader(reader=str(tmp_path / "reader")).warm_up()
    with pytest.raises(QuestionError):
        FootnoteReader().run("", [])


@pytest.mark.slow
@pytest.mark.real
def test_the_page_runs_and_nothing_leaves_this_machine(run_page: Page) -> None:
    assert run_page("haystack.md")["outside"] == []
