"""Looking for a newer build of an index while questions are answered from the one at hand."""

from __future__ import annotations

import asyncio
import logging

import qa
from qa.errors import QAError

LOG = logging.getLogger(__name__)


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
