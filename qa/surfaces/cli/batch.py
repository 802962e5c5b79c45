"""`qa ask --batch`: JSON lines in, JSON lines out, all checked before the first is answered."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa.errors import QAError, QuestionError
from qa.present import answer_to_dict
from qa.text import has_half_character

if TYPE_CHECKING:
    from qa.answerer import Bot, Turn

_HINT = 'each line is an object such as {"id": "1", "question": "When did it open?"}'


@dataclass(frozen=True, slots=True)
class BatchLine:
    """One question of a batch; `id` comes back with its answer."""

    id: str | int
    question: str
    history: Sequence[Turn]


def read_batch(path: Path) -> list[BatchLine]:
    """The questions in `path`; blank lines are passed over, unknown keys ignored.

    Raises QuestionError that names the file and the first bad line.
    """
    try:
        content = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise QuestionError(f"{path} cannot be read: {error.strerror}", hint=_HINT) from error
    except UnicodeDecodeError as error:
        raise QuestionError(f"{path} is not UTF-8 at byte {error.start}", hint=_HINT) from error
    lines: dict[str | int, tuple[int, BatchLine]] = {}
    for number, text in enumerate(content.split("\n"), start=1):
        if not text.strip():
            continue
        try:
            line = _line(text)
            if line.id in lines:
                raise ValueError(f"id {line.id!r} is on line {lines[line.id][0]} already")
        except (ValueError, QAError) as error:
            raise QuestionError(f"{path}, line {number}: {error}", hint=_HINT) from error
        lines[line.id] = number, line
    return [line for _, line in lines.values()]


def answer_batch(bot: Bot, lines: Sequence[BatchLine]) -> Iterator[dict[str, Any]]:
    """The answers as the JSON contract has them, each with its question's `id`, in order."""
    for line in lines:
        yield {"id": line.id, **answer_to_dict(bot.ask(line.question, line.history))}


def _line(text: str) -> BatchLine:
    from qa.questions import check_history, check_question

    try:
        fields = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"not valid JSON ({error})") from error
    if not isinstance(fields, dict):
        raise ValueError("not a JSON object")
    identifier = fields.get("id")
    if not isinstance(identifier, str | int) or isinstance(identifier, bool):
        raise ValueError('"id" must be text or a whole number')
    if isinstance(identifier, str) and has_half_character(identifier):
        raise ValueError('"id" holds half a character (a lone surrogate)')
    if "question" not in fields:
        raise ValueError('"question" is missing')
    check_question(fields["question"])
    history = () if fields.get("history") is None else fields["history"]
    check_history(history)
    return BatchLine(identifier, fields["question"], history)
