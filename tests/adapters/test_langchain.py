"""The LangChain adapters, in the real library."""

from __future__ import annotations

import asyncio

import pytest
from langchain_core.messages import ToolMessage
from langchain_core.runnables import RunnableLambda
from pydantic import ValidationError

import qa
from qa.adapters.langchain import FootnoteRetriever, FootnoteTool
from qa.adapters.passages import found
from qa.errors import QuestionError
from qa.present import answer_to_dict
from tests.adapters.conftest import SIGNED, UNKNOWN, Page
from tests.fakes import WordEncoder


def test_documents_are_the_passages(bot: qa.Bot) -> None:
    documents = FootnoteRetriever(bot=bot, k=2).invoke("robots danced")
    passages = found(bot, "robots danced", 2)
    assert [(d.id, d.page_content) for d in documents] == [(p.id, p.text) for p in passages]
    assert [d.metadata for d in documents] == [{**p.metadata, "score": p.score} for p in passages]


def test_the_retriever_is_a_runnable(bot: qa.Bot) -> None:
    retriever = FootnoteRetriever(bot=bot, k=1)
    documents = retriever.invoke("robots")
    assert asyncio.run(retriever.ainvoke("robots")) == documents
    assert retriever.batch(["robots", "park"]) == [documents, retriever.invoke("park")]
    chain = retriever | RunnableLambda(lambda found: found[0].metadata["title"])
    assert chain.invoke("Lijia park") == "The park"


def test_what_cannot_be_asked_is_an_error(bot: qa.Bot) -> None:
    with pytest.raises(QuestionError):
        FootnoteRetriever(bot=bot).invoke(" ")
    with pytest.raises(ValidationError):
        FootnoteRetriever(bot=bot, k=0)


def called(bot: qa.Bot, question: str) -> ToolMessage:
    """What an agent gets back from the tool."""
    tool = FootnoteTool(bot=bot)
    call = {"type": "tool_call", "id": "1", "name": tool.name, "args": {"question": question}}
    message = tool.invoke(call)
    assert asyncio.run(tool.ainvoke(call)) == message
    assert isinstance(message, ToolMessage)
    return message


def test_the_tool_quotes_and_carries_the_whole_answer(bot: qa.Bot) -> None:
    message = called(bot, SIGNED)
    answer = bot.ask(SIGNED)
    citation = answer.citations[0]
    place = f"expo/2019.md, characters {citation.start} to {citation.end}"
    assert message.content == f'{answer.text}\nThe expo of 2019 ({place}): "{citation.quote}"'
    assert (message.artifact, message.status) == (answer_to_dict(answer), "success")


def test_the_tool_says_that_there_is_no_answer(bot: qa.Bot) -> None:
    message = called(bot, UNKNOWN)
    assert str(message.content).startswith("The articles do not answer this: ")
    assert (message.artifact["answer"], message.status) == (None, "success")


def test_the_tool_shows_both_sides_of_a_contradiction() -> None:
    signed = "The 2019 expo in Chongqing signed {} projects."
    bot = qa.build(
        [
            {"id": "a", "text": signed.format(530)},
            {"id": "b", "text": signed.format(612) + " Robots danced there all night."},
        ],
        encoder=WordEncoder(),
    )
    answer = bot.ask("How many projects did the 2019 expo in Chongqing sign?")
    assert answer.conflict
    content = str(called(bot, answer.question).content)
    assert "Contradicted by other articles: " in content
    assert "530 projects" in content
    assert "612 projects" in content


def test_the_tool_flags_what_it_cannot_ask(bot: qa.Bot) -> None:
    message = called(bot, "")
    assert message.status == "error"
    assert str(message.content).startswith("the question is empty\nhint: ")


def test_the_tool_describes_itself_to_models(bot: qa.Bot) -> None:
    assert list(FootnoteTool(bot=bot).args) == ["question"]


@pytest.mark.slow
@pytest.mark.real
def test_the_page_runs_and_nothing_leaves_this_machine(run_page: Page) -> None:
    assert run_page("langchain.md")["outside"] == []
