"""The encoder and the reader that every collection shares."""

from __future__ import annotations

from dataclasses import dataclass

from qa.answerer import Bot
from qa.protocols import Encoder, Reader
from qa.types import Policy


@dataclass(frozen=True, slots=True)
class Models:
    """What every collection is read and asked with."""

    encoder: Encoder
    reader: Reader
    policy: Policy

    @classmethod
    def of(cls, bot: Bot | None, encoder: Encoder | None, reader: Reader | None) -> Models:
        """Those given, else those of `bot`, else the default ones."""
        policy = Policy() if bot is None else bot.policy
        if bot is not None:
            encoder, reader = encoder or bot.encoder, reader or bot.reader
        if encoder is None:
            from qa.encoder import SentenceEncoder

            encoder = SentenceEncoder()
        if reader is None:
            from qa.reader import reader_named

            reader = reader_named(policy.reader)
        return cls(encoder, reader, policy)
