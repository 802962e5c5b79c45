"""`POST /v1/ask` and `POST /v1/ask/batch`."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

import qa
from qa.present import answer_to_dict
from qa.surfaces.http.bodies import read
from qa.surfaces.http.models import Ask, Batch, unanswered
from qa.surfaces.http.openapi import described
from qa.surfaces.http.problems import Problem
from qa.surfaces.http.service import Service, in_json, turns

# So many earlier questions without an answer a batch may bring for each question it may have.
EARLIER = 4


def asking(service: Service) -> APIRouter:
    """The routes that answer questions."""
    router = APIRouter(tags=["questions"])

    @router.post("/v1/ask", **described("Answer", "Ask"))
    async def ask(request: Request) -> Response:
        """Answer one question in the articles' own words, or say that they do not answer it."""
        asked = await read(request, Ask, service.options)
        service.note(request, asked.question)
        bot = service.bot_with(asked.threshold)
        answer = await service.run(bot.ask, asked.question, turns(asked.history))
        service.metrics.answered([answer])
        return in_json(answer_to_dict(answer))

    @router.post("/v1/ask/batch", **described("Answers", "Batch"))
    async def ask_batch(request: Request) -> Response:
        """Answer several questions. The answers come in the order of the questions."""
        batch = await read(request, Batch, service.options)
        check_size(batch)
        service.note(request, *(question.question for question in batch.questions))
        answers = await service.run(answer_all, service.bot_with(batch.threshold), batch)
        service.metrics.answered(answers)
        return in_json(
            {
                "answers": [
                    {"id": question.id, **answer_to_dict(answer)}
                    for question, answer in zip(batch.questions, answers, strict=True)
                ]
            }
        )

    def check_size(batch: Batch) -> None:
        most = service.options.batch
        if len(batch.questions) > most:
            detail = f"a batch has at most {most} questions, not {len(batch.questions):,}"
            raise too_long(detail)
        earlier = sum(unanswered(each.history) for each in batch.questions)
        if earlier > EARLIER * most:
            raise too_long(f"{earlier:,} earlier questions have no answer and would be asked, too")

    def too_long(detail: str) -> Problem:
        told = {"detail": detail, "pointer": "/questions"}
        return Problem(422, detail, hint="ask in several batches", errors=[told])

    return router


def answer_all(bot: qa.Bot, batch: Batch) -> list[qa.Answer]:
    """One answer for each question, in order."""
    return [bot.ask(each.question, turns(each.history)) for each in batch.questions]
