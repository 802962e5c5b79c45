"""What `qa eval` does: load, ask, print, write, and compare with the thresholds."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from qa.errors import InputError
from qa.evaluation.questions import Question, load_questions
from qa.evaluation.report import Report
from qa.evaluation.runner import Bot, evaluate
from qa.evaluation.table import print_report
from qa.evaluation.thresholds import load_thresholds, missed


def run(
    bot: Bot,
    questions_path: Path,
    *,
    split: str | None = None,
    thresholds_path: Path | None = None,
    json_path: Path | None = None,
    details: Mapping[str, object] | None = None,
) -> int:
    """Evaluate a bot on a question file, print the report to stdout, return the exit code.

    `split` restricts the questions; thresholds hold for what is asked. `json_path` receives the
    whole report; `details` (the policy, say) are recorded there as "run" and must fit JSON.

    Returns 0, or 1 where a threshold is missed. Raises `InputError` and its kind for files that
    cannot be used, as far as possible before the first question is asked.
    """
    questions = load_questions(questions_path, split=split)
    thresholds = None if thresholds_path is None else load_thresholds(thresholds_path)
    if json_path is not None and not json_path.parent.is_dir():
        raise InputError(f"{json_path}: there is no such folder", hint="make the folder first")
    report = _ask_with_progress(bot, questions)
    misses = None if thresholds is None else missed(thresholds, report)
    print_report(report, misses)
    if json_path is not None:
        record = {
            **report.to_dict(),
            "run": {
                "questions": questions_path.name,
                "questions_sha256": hashlib.sha256(questions_path.read_bytes()).hexdigest(),
                "split": split,
                **(details or {}),
            },
            "missed_thresholds": None if misses is None else [str(miss) for miss in misses],
            "timing": report.timing(),
        }
        _write(json_path, json.dumps(record, ensure_ascii=False, indent=2, sort_keys=True))
    return 1 if misses else 0


def _ask_with_progress(bot: Bot, questions: Sequence[Question]) -> Report:
    from rich.console import Console
    from rich.progress import Progress

    console = Console(file=sys.stderr)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("asking", total=len(questions))
        return evaluate(bot, questions, progress=lambda done: progress.update(task, completed=done))


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        raise InputError(
            f"{path}: cannot be written: {error.strerror or error}", hint="choose another --json"
        ) from error
