"""What the routes work with: the bot, and what is around it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from fastapi import Request, Response

import qa
from qa.answerer import Turn
from qa.surfaces.gate import Gate
from qa.surfaces.http.metrics import Metrics
from qa.surfaces.http.models import History
from qa.surfaces.http.options import Options
from qa.surfaces.http.problems import Problem

T = TypeVar("T")


@dataclass(slots=True)
class Service:
    """One bot, asked by many. `ready` is whether its models are loaded."""

    bot: qa.Bot
    options: Options
    ready: bool = False
    metrics: Metrics = field(default_factory=Metrics)
    gate: Gate = field(init=False)

    def __post_init__(self) -> None:
        self.gate = Gate(self.options.places, self.options.line)

    def check_ready(self) -> None:
        """Raise Problem 503 while the models are being loaded."""
        if not self.ready:
            detail = "the models are being loaded"
            hint = "ask again in a few seconds; /v1/ready says when"
            raise Problem(503, detail, hint=hint, headers={"Retry-After": "2"})

    def note(self, request: Request, *questions: str) -> None:
        """Have `questions` in the log's line on `request`, where the operator wants that."""
        if self.options.log_questions:
            request.state.noted["questions"] = questions

    async def run(self, function: Callable[..., T], *arguments: Any, **named: Any) -> T:
        """What `function` returns, in its turn and in a thread."""
        self.check_ready()
        return await self.gate.run(function, *arguments, **named)

    def bot_with(self, threshold: float | None) -> qa.Bot:
        """The bot, answering from `threshold` on; None leaves it as it is."""
        if threshold is None:
            return self.bot
        return self.bot.with_policy(replace(self.bot.policy, threshold=threshold))


def turns(history: History) -> Sequence[Turn]:
    """The history as a bot takes it."""
    return [item if isinstance(item, str) else item.model_dump() for item in history]


def in_json(value: Any) -> Response:
    """A response of plain values; what the articles say is kept by nobody on the way."""
    content = json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
    headers = {"Cache-Control": "no-store"}
    return Response(content, media_type="application/json", headers=headers)
