"""What runs beside the requests: loading the models, and looking for a newer index."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext, suppress

from fastapi import FastAPI

import qa
from qa.errors import InputError, QAError
from qa.surfaces.http.chat import Chat
from qa.surfaces.http.service import Service

LOG = logging.getLogger(__name__)

Lifetime = Callable[[FastAPI], AbstractAsyncContextManager[None]]


def lifetime(
    service: Service,
    failed: Callable[[Exception], None] | None = None,
    chat: Chat | None = None,
) -> Lifetime:
    """The life of an application, from its start to its end, around its requests.

    `failed` is told of the error where the models cannot be loaded.
    """

    if service.options.watch_seconds and service.bot.index.build_id is None:
        raise InputError(
            "an index in memory has no newer builds to watch for", hint="leave watch_seconds at 0"
        )

    @asynccontextmanager
    async def live(_: FastAPI) -> AsyncIterator[None]:
        tasks = [asyncio.create_task(_warm(service, failed))]
        if service.options.watch_seconds:
            seconds = service.options.watch_seconds
            tasks.append(asyncio.create_task(watch(service.bot, seconds)))
        try:
            async with chat.live() if chat is not None else nullcontext():
                yield
        finally:
            for task in tasks:
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task
            service.gate.close()

    return live


async def _warm(service: Service, failed: Callable[[Exception], None] | None) -> None:
    try:
        await asyncio.to_thread(service.bot.warm)
    except Exception as error:
        LOG.exception("the models cannot be loaded")
        if failed is not None:
            failed(error)
        return
    service.ready = True
    LOG.info("ready", extra={"fields": {"documents": len(service.bot.documents)}})


async def watch(bot: qa.Bot, seconds: float) -> None:
    """Take up newer builds of the index; where one cannot be used, go on with the one at hand."""
    said = ""
    while True:
        await asyncio.sleep(seconds)
        try:
            if await asyncio.to_thread(_reloaded, bot):
                LOG.info("index reloaded", extra={"fields": {"build": bot.index.build_id}})
            said = ""
        except (QAError, OSError) as error:
            if str(error) != said:  # once is enough
                LOG.warning("the newer index cannot be used: %s", error)
            said = str(error)


def _reloaded(bot: qa.Bot) -> bool:
    """Whether there was a newer build; its models, which may be others, are loaded then."""
    reloaded = bot.reload()
    if reloaded:
        bot.warm()
    return reloaded
