"""The SDK's own client, in this process and over what carries messages to another one."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from mcp import Client
from mcp.types import CallToolResult, TextContent

import qa
from qa.surfaces.mcp import server

T = TypeVar("T")
Work = Callable[[Client], Awaitable[T]]

# The handshake of older clients, and the one of those that speak the newest revision.
MODES = ("legacy", "auto")


def talk(to: Any, work: Work[T], mode: str = "auto") -> T:
    """What `work` makes of a client of `to`: a bot, or anything the SDK connects to."""

    async def run() -> T:
        served = server(to) if isinstance(to, qa.Bot) else to
        async with Client(served, mode=mode, read_timeout_seconds=60) as client:
            return await work(client)

    return asyncio.run(run())


def call(to: Any, tool: str, mode: str = "auto", **arguments: Any) -> CallToolResult:
    """What a tool returns."""
    return talk(to, lambda client: client.call_tool(tool, arguments), mode)


def value_of(result: CallToolResult) -> Any:
    """The structured content of a call that went well; the text must be the same as JSON."""
    assert not result.is_error, result
    assert json.loads(text_of(result)) == result.structured_content
    return result.structured_content


def text_of(result: CallToolResult) -> str:
    [content] = result.content
    assert isinstance(content, TextContent)
    return content.text
