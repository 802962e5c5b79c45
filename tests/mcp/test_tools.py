"""The tools, asked by the SDK's own client, which holds what they return against their schemas."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Sequence
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from mcp.shared.exceptions import MCPError

import qa
from qa.errors import EncoderError
from qa.present import answer_to_dict, hit_to_dict
from qa.quote import quote_check_to_dict
from qa.surfaces.mcp.server import LINE, PLACES
from qa.surfaces.mcp.tools import TOOLS
from qa.text import sha256
from tests.conftest import ROOT
from tests.fakes import WordEncoder
from tests.http.conftest import SIGNED, UNKNOWN, bot_of
from tests.mcp.clients import MODES, call, talk, text_of, value_of
from tests.readers import OverlapReader

CONTRACT = json.loads((ROOT / "qa/answer.schema.json").read_text("utf-8"))
each_mode = pytest.mark.parametrize("mode", MODES)


@pytest.fixture(scope="module")
def bot() -> qa.Bot:
    return bot_of()


@each_mode
def test_the_tools_describe_themselves(bot: qa.Bot, mode: str) -> None:
    tools = talk(bot, lambda client: client.list_tools(), mode).tools
    assert [tool.name for tool in tools] == ["ask", "search", "verify_quote", "read_document"]
    for tool in tools:
        assert tool.title
        assert tool.description
        assert tool.output_schema is not None
        assert tool.annotations is not None
        assert tool.annotations.read_only_hint
        assert tool.annotations.open_world_hint is False
        for schema in (tool.input_schema, tool.output_schema):
            Draft202012Validator.check_schema(schema)
            assert schema["type"] == "object"
            assert schema["additionalProperties"] is False
        assert all("description" in each for each in tool.input_schema["properties"].values())


def test_the_schema_of_an_answer_is_the_contract() -> None:
    schema = TOOLS["ask"].described("ask").output_schema
    assert schema is not None
    assert schema["required"] == CONTRACT["required"]
    assert schema["properties"].keys() == CONTRACT["properties"].keys()
    assert {name.lower() for name in schema["$defs"]} == CONTRACT["$defs"].keys()


def test_the_server_says_who_it_is_and_how_to_use_it(bot: qa.Bot) -> None:
    async def met(client: Any) -> Any:
        return client.server_info, client.instructions

    info, instructions = talk(bot, met, "legacy")
    assert (info.name, info.version) == ("footnote", qa.__version__)
    assert all(f"`{name}`" in instructions for name in TOOLS)


@each_mode
@pytest.mark.parametrize("question", [SIGNED, UNKNOWN, "机器人 🤖 danced where?"])
def test_an_answer_is_the_bots(bot: qa.Bot, mode: str, question: str) -> None:
    answer = value_of(call(bot, "ask", mode, question=question))
    assert answer == answer_to_dict(bot.ask(question))
    Draft202012Validator(CONTRACT).validate(answer)


def test_a_question_may_refer_back(bot: qa.Bot) -> None:
    history = [{"question": SIGNED, "answer": "530"}, {"question": "When did Lijia park open?"}]
    answer = value_of(call(bot, "ask", question="And in 2018?", history=history))
    assert answer == answer_to_dict(bot.ask("And in 2018?", history))


def test_passages_are_the_bots(bot: qa.Bot) -> None:
    found = value_of(call(bot, "search", query="robots danced", passages=2))
    assert found == {
        "hits": [hit_to_dict(hit) for hit in bot.retrieve("robots danced", passages=2)]
    }
    assert len(value_of(call(bot, "search", query="robots danced"))["hits"]) == 3


def test_a_quotation_is_checked(bot: qa.Bot) -> None:
    for text, match in (("signed 530 projects", "exact"), ("signed 350 projects", "nearest")):
        found = value_of(call(bot, "verify_quote", text=text))
        assert json.dumps(found) == json.dumps(quote_check_to_dict(bot.verify_quote(text)))
        assert found["match"] == match
    elsewhere = value_of(call(bot, "verify_quote", text="signed 530 projects", doc_id="park.txt"))
    assert elsewhere["match"] == "absent"


@pytest.mark.parametrize("limit", [1, 7, 46, 1_000])
def test_a_document_is_read_in_stretches(bot: qa.Bot, limit: int) -> None:
    document = bot.documents["park.txt"]

    async def read_on(client: Any) -> list[dict[str, Any]]:
        stretches, offset = [], 0
        while offset is not None:
            arguments = {"doc_id": "park.txt", "offset": offset, "limit": limit}
            stretches.append(value_of(await client.call_tool("read_document", arguments)))
            offset = stretches[-1]["next"]
        return stretches

    stretches = talk(bot, read_on)
    assert "".join(each["text"] for each in stretches) == document.text
    for each in stretches:
        assert document.text[each["start"] : each["end"]] == each["text"]
        assert each["characters"] == len(document.text)
        assert each["text_sha256"] == sha256(document.text)


def test_reading_usually_begins_at_the_beginning(bot: qa.Bot) -> None:
    whole = value_of(call(bot, "read_document", doc_id="scan.pdf"))
    assert (whole["text"], whole["start"], whole["next"]) == ("One page.\fAnother page.", 0, None)
    assert whole["page_starts"] == [0, 10]


@each_mode
@pytest.mark.parametrize(
    ("tool", "arguments", "told"),
    [
        ("ask", {"question": ""}, "the question is empty"),
        ("ask", {"question": " \n"}, "the question is empty"),
        ("ask", {"question": "x" * 2_001}, "at most 2,000"),
        ("ask", {}, "/question: Field required"),
        ("ask", {"question": 5}, "/question: Input should be a valid string"),
        ("ask", {"question": SIGNED, "threshold": 0}, "/threshold: Extra inputs"),
        ("ask", {"question": SIGNED, "history": ["?"]}, "/history/0: Input should be"),
        ("ask", {"question": SIGNED, "history": [{"question": ""}]}, "item 1 of the history"),
        ("search", {"query": ""}, "the question is empty"),
        ("search", {"query": "robots", "passages": 0}, "/passages: "),
        ("search", {"query": "robots", "passages": "3"}, "/passages: "),
        ("verify_quote", {"text": "..."}, "no letter and no digit"),
        ("verify_quote", {"text": "robots", "doc_id": "../x"}, "there is no document '../x'"),
        ("read_document", {"doc_id": "../../etc/passwd"}, "there is no document '../../etc"),
        ("read_document", {"doc_id": "park.txt\x00"}, "there is no document 'park.txt\\x00'"),
        ("read_document", {"doc_id": "park.txt", "offset": 47}, "has 46 characters, none from 47"),
        ("read_document", {"doc_id": "park.txt", "offset": -1}, "/offset: "),
        ("read_document", {"doc_id": "park.txt", "limit": 10**9}, "/limit: "),
    ],
)
def test_a_call_that_cannot_be_carried_out_is_an_error(
    bot: qa.Bot, mode: str, tool: str, arguments: dict[str, Any], told: str
) -> None:
    result = call(bot, tool, mode, **arguments)
    assert result.is_error
    assert result.structured_content is None
    message, hint = text_of(result).split("\nhint: ")
    assert told in message
    assert hint


@each_mode
def test_an_unknown_tool_is_no_tool(bot: qa.Bot, mode: str) -> None:
    async def forget(client: Any) -> MCPError:
        with pytest.raises(MCPError, match="there is no tool 'forget'") as refused:
            await client.call_tool("forget", {})
        return refused.value

    assert "read_document" in talk(bot, forget, mode).data["hint"]


class Unloadable(WordEncoder):
    """An encoder that has lost its files since it encoded the articles."""

    lost = False

    def encode_question(self, text: str) -> Any:
        if self.lost:
            raise EncoderError("the encoder's files are gone", hint="install it again")
        return super().encode_question(text)


def test_models_that_cannot_be_loaded_are_told(caplog: pytest.LogCaptureFixture) -> None:
    encoder = Unloadable()
    bot = qa.build(["Robots danced."], encoder=encoder)
    encoder.lost = True

    async def ask_and_list(client: Any) -> Any:
        failed = await client.call_tool("ask", {"question": "Who danced?"})
        return failed, (await client.list_resources()).resources

    failed, resources = talk(bot, ask_and_list)
    assert failed.is_error
    assert text_of(failed) == "the encoder's files are gone\nhint: install it again"
    assert len(resources) == 1
    assert "the models cannot be loaded" in caplog.text


class Waiting(OverlapReader):
    """A reader that reads once it may."""

    def __init__(self) -> None:
        self.may = threading.Event()

    def read(self, question: str, hits: Sequence[qa.Hit]) -> list[qa.Span]:
        assert not hits or self.may.wait(60)
        return super().read(question, hits)


@each_mode
def test_too_many_calls_are_told_to_come_again(mode: str) -> None:
    reader = Waiting()

    async def crowd(client: Any) -> list[Any]:
        asked = (client.call_tool("ask", {"question": SIGNED}) for _ in range(PLACES + LINE + 2))
        calls = [asyncio.create_task(each) for each in asked]
        await asyncio.wait(calls, return_when=asyncio.FIRST_COMPLETED)
        reader.may.set()
        return await asyncio.gather(*calls)

    results = talk(bot_of(reader), crowd, mode)
    refused = [text_of(result) for result in results if result.is_error]
    assert len(refused) == 2
    assert all("16 wait\nhint: ask again in " in text for text in refused)


class Broken:
    """A reader that breaks over its first question."""

    threshold = 0.5

    def read(self, question: str, hits: Sequence[qa.Hit]) -> list[qa.Span]:
        if hits:
            raise RuntimeError("inner secret")
        return []

    def confidence(self, spans: Sequence[qa.Span]) -> float:
        return 0.0


def test_what_breaks_is_logged_and_tells_nothing(caplog: pytest.LogCaptureFixture) -> None:
    result = call(bot_of(Broken()), "ask", question=SIGNED)
    assert result.is_error
    assert "secret" not in text_of(result)
    assert "inner secret" in caplog.text
