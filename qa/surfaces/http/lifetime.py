"""What runs beside the requests: loading the models, and looking for a newer index."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext, suppress

from fastapi import FastAPI

from qa.errors import InputError
from qa.surfaces.http.chat import Chat
from qa.surfaces.http.service import Service
from qa.surfaces.watching import watch

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
