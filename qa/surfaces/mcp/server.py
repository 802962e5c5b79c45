"""The server: tools and documents of one bot, for whatever transport carries them."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import Any

from mcp import types
from mcp.server import Server
from mcp.server.context import ServerRequestContext
from mcp.shared.exceptions import MCPError
from pydantic import ValidationError

import qa
from qa.errors import QAError
from qa.surfaces.gate import Gate
from qa.surfaces.mcp import documents
from qa.surfaces.mcp.arguments import told
from qa.surfaces.mcp.tools import INSTRUCTIONS, TOOLS, Tool
from qa.surfaces.watching import watch

LOG = logging.getLogger(__name__)
# So many calls are carried out at once, and so many more wait: as `qa serve` has it.
PLACES, LINE = 4, 16

Context = ServerRequestContext["Desk"]


@dataclass(frozen=True, slots=True)
class Desk:
    """Where calls are carried out while the server lives; `warmed` ends when models are loaded."""

    gate: Gate
    warmed: asyncio.Task[None]

    async def run(self, tool: Tool, bot: qa.Bot, arguments: dict[str, Any]) -> dict[str, Any]:
        """What `tool` gives, in its turn and in a thread."""
        given = tool.takes.model_validate(arguments)
        await asyncio.shield(self.warmed)
        return await self.gate.run(tool.run, bot, given)


def server(bot: qa.Bot, watch_seconds: float = 0.0) -> Server[Desk]:
    """The MCP server over `bot`, to be run by a transport of the SDK.

    While it lives, it looks for a newer index every `watch_seconds`; 0 never looks.
    """
    described = [tool.described(name) for name, tool in TOOLS.items()]

    async def list_tools(_: Context, __: object) -> types.ListToolsResult:
        return types.ListToolsResult(tools=described)

    async def call_tool(
        context: Context, params: types.CallToolRequestParams
    ) -> types.CallToolResult:
        tool = TOOLS.get(params.name)
        if tool is None:
            raise _refused(f"there is no tool {params.name[:200]!r}", f"tools: {', '.join(TOOLS)}")
        try:
            value = await context.lifespan_context.run(tool, bot, params.arguments or {})
        except ValidationError as error:
            return _failure(told(error), f"see the input schema of {params.name}")
        except QAError as error:
            return _failure(str(error), error.hint)
        except Exception:
            LOG.exception("a tool broke", extra={"fields": {"tool": params.name}})
            return _failure("this should not have happened", "the server's log says what did")
        text = json.dumps(value, ensure_ascii=False, allow_nan=False)
        return types.CallToolResult(content=[_text(text)], structured_content=value)

    async def list_resources(
        _: Context, params: types.PaginatedRequestParams | None
    ) -> types.ListResourcesResult:
        return documents.listed(bot.documents, params.cursor if params else None)

    async def list_templates(_: Context, __: object) -> types.ListResourceTemplatesResult:
        return types.ListResourceTemplatesResult(resource_templates=[documents.TEMPLATE])

    async def read_resource(
        _: Context, params: types.ReadResourceRequestParams
    ) -> types.ReadResourceResult:
        try:
            return documents.read(bot.documents, params.uri)
        except QAError as error:
            raise _refused(str(error), error.hint) from error

    return Server(
        "footnote",
        version=qa.__version__,
        title="Footnote",
        instructions=INSTRUCTIONS,
        lifespan=_lifetime(bot, watch_seconds),
        on_list_tools=list_tools,
        on_call_tool=call_tool,
        on_list_resources=list_resources,
        on_list_resource_templates=list_templates,
        on_read_resource=read_resource,
    )


def _lifetime(
    bot: qa.Bot, watch_seconds: float
) -> Callable[[Server[Desk]], AbstractAsyncContextManager[Desk]]:
    async def warm() -> None:
        try:
            await asyncio.to_thread(bot.warm)
        except Exception:
            LOG.exception("the models cannot be loaded")
            raise
        LOG.info("ready", extra={"fields": {"documents": len(bot.documents)}})

    @asynccontextmanager
    async def live(_: Server[Desk]) -> AsyncIterator[Desk]:
        desk = Desk(Gate(PLACES, LINE), asyncio.create_task(warm()))
        watching = asyncio.create_task(watch(bot, watch_seconds)) if watch_seconds else None
        try:
            yield desk
        finally:
            for task in filter(None, (desk.warmed, watching)):
                task.cancel()
            desk.gate.close()

    return live


def _failure(message: str, hint: str) -> types.CallToolResult:
    """A call that failed, told so that whoever called may do better."""
    return types.CallToolResult(content=[_text(f"{message}\nhint: {hint}")], is_error=True)


def _refused(message: str, hint: str) -> MCPError:
    return MCPError(types.INVALID_PARAMS, message, {"hint": hint})


def _text(text: str) -> types.TextContent:
    return types.TextContent(type="text", text=text)
