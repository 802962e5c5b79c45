"""A certificate of an answer, held against the articles as they are now."""

from __future__ import annotations

from datetime import UTC, datetime

from qa import __version__
from qa.answerer import Bot
from qa.certificate import certificate
from qa.surfaces.cli.render import index_to_dict
from qa.types import Answer

NAME = "certificate.html"


def proof(answer: Answer, bot: Bot) -> str:
    """A page that stands by itself: the answer, its sources with the words marked, their sums."""
    settings = {"footnote-qa": __version__, **index_to_dict(bot.index)}
    settings.pop("skipped", None)
    checked = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    verified = bot.verify(answer)
    documents = bot.documents
    return certificate(answer, verified, documents, settings=settings, checked=checked, name=NAME)
