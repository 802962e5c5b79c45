"""The report as a person reads it: a table, then what it means in sentences."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, TextIO

from qa.evaluation.report import Report, Summary
from qa.evaluation.thresholds import Miss

if TYPE_CHECKING:
    from rich.table import Table

WIDTH = 100
"""Columns to lay out for where the output is no terminal."""

_COLUMNS = {
    "EM": "exact_match",
    "F1": "f1",
    "right": "right",
    "in quote": "answer_in_quote",
    "citation": "citation_correct",
}
_LAST_COLUMNS = {"recall@1": "recall_at_1", "recall@5": "recall_at_5"}


def print_report(
    report: Report, misses: Sequence[Miss] | None = None, *, file: TextIO | None = None
) -> None:
    """Print the report to a text stream, stdout by default; coloured only on a terminal.

    `misses` are the thresholds not reached; None says that none were asked for.
    """
    from rich.console import Console

    stream = file or sys.stdout
    console = Console(file=stream, width=None if stream.isatty() else WIDTH, highlight=False)
    console.print(_table(report, roomy=console.width >= WIDTH))
    for line in summary_lines(report):
        console.print(line, markup=False)
    if misses:
        console.print(f"Below the threshold ({len(misses)}):", style="bold red")
        for miss in misses:
            console.print(f"  {miss}", style="red", markup=False)
    elif misses is not None:
        console.print("Every threshold is reached.", style="green")


def summary_lines(report: Report) -> list[str]:
    """What the table does not show, in sentences."""
    overall = report.overall
    silent = [outcome for outcome in report.outcomes if not outcome.answered]
    rightly_silent = sum(not outcome.question.answerable for outcome in silent)
    unanswerable = overall.questions - overall.answerable
    verbatim = sum(outcome.verbatim for outcome in report.outcomes)
    metrics = overall.metrics
    return [
        f"When it answers ({overall.answered} of {overall.questions}): "
        f"right {_percent(metrics['right_when_answered'])} %, "
        f"citation {_percent(metrics['citation_correct_when_answered'])} %.",
        f"Abstention: precision {_percent(metrics['abstention_precision'])} % "
        f"({rightly_silent} of {len(silent)} refusals had no answer to give), "
        f"recall {_percent(metrics['abstention_recall'])} % "
        f"({rightly_silent} of {unanswerable} without an answer refused).",
        f"Answerable questions lost to silence: {len(silent) - rightly_silent} "
        f"of {overall.answerable}.",
        f"Citations that stand word for word where they say: {verbatim} of {overall.citations}.",
    ]


def _table(report: Report, *, roomy: bool) -> Table:
    from rich.box import SIMPLE_HEAD
    from rich.markup import escape
    from rich.table import Table

    table = Table(
        box=SIMPLE_HEAD,
        padding=(0, 1, 0, 0) if roomy else 0,
        show_edge=False,
        caption="percent; refused: silent of asked",
        caption_justify="left",
    )
    table.add_column("kind", overflow="fold")
    for heading in ("n", *_COLUMNS, "refused", *_LAST_COLUMNS):
        table.add_column(heading, justify="right", no_wrap=True)
    for kind, summary in report.kinds.items():
        table.add_row(escape(kind), *_cells(summary))
    table.add_section()
    answerable = [outcome for outcome in report.outcomes if outcome.question.answerable]
    if 0 < len(answerable) < len(report.outcomes):
        table.add_row("answerable", *_cells(Summary.of(answerable)))
    table.add_row("all", *_cells(report.overall), style="bold")
    return table


def _cells(summary: Summary) -> list[str]:
    return [
        str(summary.questions),
        *(_percent(summary.metrics[name]) for name in _COLUMNS.values()),
        f"{summary.questions - summary.answered}/{summary.questions}",
        *(_percent(summary.metrics[name]) for name in _LAST_COLUMNS.values()),
    ]


def _percent(value: float | None) -> str:
    """One decimal; a dash where there was nothing to measure."""
    return "–" if value is None else f"{100 * value:.1f}"
