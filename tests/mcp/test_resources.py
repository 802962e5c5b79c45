"""Documents as resources: listed a page at a time, read by URIs in which an id is only data."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mcp.shared.exceptions import MCPError

import qa
from qa.surfaces.mcp.documents import PAGE, doc_id_in, uri_of
from tests.fakes import WordEncoder
from tests.http.conftest import bot_of
from tests.mcp.clients import MODES, talk
from tests.readers import OverlapReader

HOSTILE = ("../../etc/passwd", "..", "a b&c=d?e#f%2Fg+h", "机器人 🤖", "\n", "file:///etc", "{id}")


def bot_with(ids: list[str]) -> qa.Bot:
    documents = [qa.Document(doc_id, "Title", f"This is {doc_id!r}.") for doc_id in ids]
    return qa.build(documents, encoder=WordEncoder(), reader=OverlapReader())


async def all_resources(client: Any) -> list[Any]:
    found, cursor = [], None
    while True:
        page = await client.list_resources(cursor=cursor)
        found += page.resources
        cursor = page.next_cursor
        if cursor is None:
            return found


@pytest.mark.parametrize("mode", MODES)
def test_every_document_is_a_resource(mode: str) -> None:
    bot = bot_of()

    async def read_all(client: Any) -> list[tuple[Any, Any]]:
        listed = await all_resources(client)
        return [(each, (await client.read_resource(each.uri)).contents) for each in listed]

    read = talk(bot, read_all, mode)
    assert [resource.name for resource, _ in read] == list(bot.documents)
    for resource, [contents] in read:
        document = bot.documents[resource.name]
        assert (contents.text, contents.uri) == (document.text, resource.uri)
        assert (resource.title, resource.mime_type) == (document.title, "text/plain")
        assert resource.size == len(document.text.encode())


def test_a_hostile_id_is_an_id() -> None:
    bot = bot_with(list(HOSTILE))

    async def read_all(client: Any) -> dict[str, str]:
        listed = await all_resources(client)
        read = {each.name: await client.read_resource(each.uri) for each in listed}
        return {name: result.contents[0].text for name, result in read.items()}

    assert talk(bot, read_all) == {doc_id: f"This is {doc_id!r}." for doc_id in HOSTILE}


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_uri_holds_any_id_and_nothing_of_a_path(doc_id: str) -> None:
    uri = uri_of(doc_id)
    assert doc_id_in(uri) == doc_id
    assert re.fullmatch(r"footnote://document\?id=[A-Za-z0-9._~%-]*", uri)


def test_the_template_makes_these_uris() -> None:
    async def templates(client: Any) -> Any:
        return (await client.list_resource_templates()).resource_templates

    [template] = talk(bot_of(), templates)
    assert template.uri_template == "footnote://document{?id}"
    assert uri_of("park.txt") == "footnote://document?id=park.txt"


def test_many_documents_come_a_page_at_a_time() -> None:
    ids = [f"{number:04}.txt" for number in range(2 * PAGE + 1)]
    bot = bot_with(ids)

    async def pages(client: Any) -> tuple[Any, Any]:
        return await client.list_resources(), await all_resources(client)

    first, every = talk(bot, pages)
    assert len(first.resources) == PAGE
    assert [each.name for each in every] == ids


def test_no_documents_are_no_resources() -> None:
    assert talk(bot_with([]), all_resources) == []


@pytest.mark.parametrize(
    "uri",
    [
        "file:///etc/passwd",
        "footnote://document?id=../../etc/passwd",
        "footnote://document?id=%FF",
        "footnote://document?id=",
        "footnote://document/park.txt",
        "footnote://document?id=park.txt&id=scan.pdf",
        "park.txt",
        "",
    ],
)
def test_what_is_no_document_is_refused(uri: str) -> None:
    async def read(client: Any) -> MCPError:
        with pytest.raises(MCPError, match=r"no document|no URI of a document") as refused:
            await client.read_resource(uri)
        return refused.value

    refused = talk(bot_of(), read)
    assert refused.code == -32602
    assert refused.data["hint"]
