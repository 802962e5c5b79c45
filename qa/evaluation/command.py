"""What `qa eval --questions` does: load, ask, print, write, and compare with what is wanted."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from qa.evaluation.gate import Gate, report_json
from qa.evaluation.questions import Question, load_questions
from qa.evaluation.report import Report
from qa.evaluation.runner import Asked, Bot, evaluate

__all__ = ["ask", "asking", "report_json", "run", "run_of"]


def run(
    bot: Bot,
    questions_path: Path,
    *,
    split: str | None = None,
    thresholds_path: Path | None = None,
    baseline_path: Path | None = None,
    json_path: Path | None = None,
    details: Mapping[str, object] | None = None,
) -> int:
    """Evaluate a bot on a question file, print the report to stdout, return the exit code.

    `split` restricts the questions; thresholds hold for what is asked. `baseline_path` is the JSON
    of an earlier run. `json_path` receives the whole report; `details` (the policy, say) are
    recorded there as "run" and must fit JSON.

    Returns 0, or 1 where a threshold is missed or the drop since the earlier run is significant.
    Raises `InputError` and its kind for files that cannot be used, as far as possible before the
    first question is asked.
    """
    gate = Gate.load(thresholds_path, baseline_path, json=json_path)
    questions = load_questions(questions_path, split=split)
    gate.check(questions)
    return gate.conclude(ask(bot, questions, {**run_of(questions_path, split), **(details or {})}))


def run_of(path: Path, split: str | None = None, sample: int | None = None) -> dict[str, object]:
    """What a report records of its question file, and of which questions were asked of it."""
    return {
        "questions": path.name,
        "questions_sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "split": split,
        **({} if sample is None else {"sample": sample}),
    }


def ask(bot: Bot, questions: Sequence[Question], details: Mapping[str, object]) -> Report:
    """Evaluate with a progress bar on standard error; `details` become the report's "run"."""
    with asking(len(questions)) as progress:
        return replace(evaluate(bot, questions, progress=progress), run=details)


@contextmanager
def asking(total: int, name: str = "asking") -> Iterator[Asked]:
    """A bar on standard error, where that is a terminal, to be told how many are done."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(file=sys.stderr)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(name, total=total)
        yield lambda done: progress.update(task, completed=done)
