"""The report as a person reads it: tables, then what they mean in sentences."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, TextIO

from qa.evaluation.blame import CAUSES
from qa.evaluation.intervals import spoken
from qa.evaluation.report import Report
from qa.evaluation.summary import Summary
from qa.evaluation.thresholds import Miss

if TYPE_CHECKING:
    from rich.table import Table

WIDTH = 100
"""Columns to lay out for where the output is no terminal."""

WIDE = 140
"""Columns from which on every row has its intervals; with fewer only the last one has."""

_COLUMNS = {
    "EM": "exact_match",
    "F1": "f1",
    "right": "right",
    "in quote": "answer_in_quote",
    "citation": "citation_correct",
}
_LAST_COLUMNS = {"recall@1": "recall_at_1", "recall@5": "recall_at_5"}
_METRICS = (*_COLUMNS.values(), *_LAST_COLUMNS.values())
_NAMED = 5


def print_report(
    report: Report, misses: Sequence[Miss] | None = None, *, file: TextIO | None = None
) -> None:
    """Print the report to a text stream, stdout by default; coloured only on a terminal.

    `misses` are the thresholds not reached; None says that none were asked for.
    """
    from rich.console import Console

    stream = file or sys.stdout
    console = Console(file=stream, width=None if stream.isatty() else WIDTH, highlight=False)
    console.print(_scores(report, roomy=console.width >= WIDTH, wide=console.width >= WIDE))
    if report.causes:
        console.print(_causes(report))
    console.print()
    for line in summary_lines(report):
        console.print(line, markup=False)
    if misses:
        console.print(f"Below the threshold ({len(misses)}):", style="bold red")
        for miss in misses:
            console.print(f"  {miss}", style="red", markup=False)
    elif misses is not None:
        console.print("Every threshold is reached.", style="green")


def summary_lines(report: Report) -> list[str]:
    """What the tables do not show, in sentences."""
    overall = report.overall
    silent = [outcome for outcome in report.outcomes if not outcome.answered]
    rightly_silent = sum(not outcome.question.answerable for outcome in silent)
    unanswerable = overall.questions - overall.answerable
    verbatim = sum(outcome.verbatim for outcome in report.outcomes)
    metrics = overall.metrics
    recalls = (
        f"{name} {_percent(metrics[f'{prefix}recall_at_5'])}"
        for name, prefix in (("fused", ""), ("lexical", "lexical_"), ("dense", "dense_"))
    )
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
        *_conflicts(report),
        f"Citations that stand word for word where they say: {verbatim} of {overall.citations}.",
        f"Retrieval, recall@5 in percent: {', '.join(recalls)}.",
        *_calibration(report),
        *_staleness(report),
        *_latency(report),
    ]


def _conflicts(report: Report) -> list[str]:
    flagged = [outcome for outcome in report.outcomes if outcome.answer.conflict]
    differing = [outcome for outcome in report.outcomes if outcome.question.sides]
    if not differing:
        return []
    metrics = report.overall.metrics
    return [
        f"Conflicts between sources: precision {_percent(metrics['conflict_precision'])} % "
        f"(of {len(flagged)} shown), recall {_percent(metrics['conflict_recall'])} % "
        f"(of {len(differing)}), with every side {_percent(metrics['conflict_sides_shown'])} %."
    ]


def _calibration(report: Report) -> list[str]:
    calibration = report.calibration
    lines = [
        "Confidence: expected calibration error "
        f"{_percent(calibration.error)} % over all questions, answered or not.",
    ]
    if calibration.answered:
        lines.append(
            f"Wrong among the answers given: {calibration.wrong} of {calibration.answered}; "
            f"below {_percent(calibration.wrong_below)} % in truth, with 95% confidence."
        )
    return lines


def _staleness(report: Report) -> list[str]:
    if not report.stale:
        return []
    named = [outcome.question.id for outcome in report.stale]
    return [f"Stale, for the articles were edited: {len(named)} ({_listed(named)})."]


def _latency(report: Report) -> list[str]:
    if not report.latency:
        return []
    whole = report.latency["all"]
    stages = (
        f"{stage} {latency.median:.3f} / {latency.p95:.3f}"
        for stage, latency in report.latency.items()
        if stage != "all"
    )
    return [
        f"Seconds a question takes, median / 95th percentile: {whole.median:.3f} / "
        f"{whole.p95:.3f} ({', '.join(stages)})."
    ]


def _scores(report: Report, *, roomy: bool, wide: bool) -> Table:
    from rich.box import SIMPLE_HEAD
    from rich.markup import escape
    from rich.table import Table

    table = Table(
        box=SIMPLE_HEAD,
        padding=(0, 1, 0, 0) if roomy else 0,
        show_edge=False,
        caption="percent, with 95% intervals; refused: silent of asked",
        caption_justify="left",
    )
    table.add_column("kind", overflow="fold")
    for heading in ("n", *_COLUMNS, "refused", *_LAST_COLUMNS):
        table.add_column(heading, justify="right", no_wrap=True)
    for kind, summary in report.kinds.items():
        table.add_row(escape(kind), *_cells(summary, wide))
    table.add_section()
    overall = report.overall
    if 0 < overall.answerable < overall.questions:
        table.add_row("answerable", *_cells(report.answerable, wide))
    table.add_row("all", *_cells(overall, wide), style="bold")
    if not wide:
        ranges = [spoken(overall.intervals.get(name)) for name in _METRICS]
        middle = len(_COLUMNS)
        table.add_row("95%", "", *ranges[:middle], "", *ranges[middle:], style="dim")
    return table


def _causes(report: Report) -> Table:
    from rich.box import SIMPLE_HEAD
    from rich.markup import escape
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), show_edge=False)
    table.add_column("cause of failing", no_wrap=True)
    table.add_column("n", justify="right", no_wrap=True)
    table.add_column("questions", overflow="fold")
    for cause, outcomes in report.causes.items():
        named = _listed([outcome.question.id for outcome in outcomes])
        table.add_row(CAUSES[cause], str(len(outcomes)), escape(named))
    table.add_section()
    failed = sum(map(len, report.causes.values()))
    table.add_row("failed", str(failed), f"of {len(report.outcomes)}", style="bold")
    return table


def _listed(ids: Sequence[str]) -> str:
    return ", ".join(ids[:_NAMED]) + (", ..." if len(ids) > _NAMED else "")


def _cells(summary: Summary, wide: bool) -> list[str]:
    values = [
        _percent(summary.metrics[name])
        + (f" [dim]{spoken(summary.intervals.get(name)):>6}[/dim]" if wide else "")
        for name in _METRICS
    ]
    middle = len(_COLUMNS)
    refused = f"{summary.questions - summary.answered}/{summary.questions}"
    return [str(summary.questions), *values[:middle], refused, *values[middle:]]


def _percent(value: float | None) -> str:
    """One decimal; a dash where there was nothing to measure."""
    return "–" if value is None else f"{100 * value:.1f}"
