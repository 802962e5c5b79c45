"""A comparison as a person reads it: figures side by side, then the questions that differ."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, TextIO

from qa.evaluation.blame import CAUSES, cause
from qa.evaluation.compare import Comparison, Pair
from qa.evaluation.outcome import Outcome
from qa.evaluation.table import WIDTH

if TYPE_CHECKING:
    from rich.table import Table

_ROWS = {
    "EM": "exact_match",
    "F1": "f1",
    "right": "right",
    "in quote": "answer_in_quote",
    "citation": "citation_correct",
    "answerable answered": "answerable_answered",
    "unanswerable refused": "abstention_recall",
    "recall@5": "recall_at_5",
    "recall@5, lexical": "lexical_recall_at_5",
    "recall@5, dense": "dense_recall_at_5",
}
_SHOWN = 60
_LISTED = 20


def print_comparison(comparison: Comparison, *, file: TextIO | None = None) -> None:
    """Print it to a text stream, stdout by default; coloured only on a terminal."""
    from rich.console import Console

    stream = file or sys.stdout
    console = Console(file=stream, width=None if stream.isatty() else WIDTH, highlight=False)
    console.print(_figures(comparison))
    console.print()
    for heading, pairs, style in (
        ("Newly wrong", comparison.newly_wrong, "red"),
        ("Newly right", comparison.newly_right, "green"),
        ("Another answer, as right or wrong as before", comparison.changed, ""),
    ):
        console.print(f"{heading}: {len(pairs)}", style=f"bold {style}".strip())
        for line in _lines(pairs):
            console.print(f"  {line}", style=style, markup=False)
    for note in comparison.notes():
        console.print(note, style="yellow", markup=False)
    console.print(_verdict(comparison), style="bold red" if comparison.significant_drop else "")


def _figures(comparison: Comparison) -> Table:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), show_edge=False)
    table.add_column(f"{len(comparison.pairs)} questions, percent", no_wrap=True)
    for heading in ("before", "after", "difference"):
        table.add_column(heading, justify="right", no_wrap=True)
    for name, metric in _ROWS.items():
        before, after = comparison.before.metrics[metric], comparison.after.metrics[metric]
        if before is None or after is None:
            continue
        gain = 100 * (after - before)
        shown = "0.0" if abs(gain) < 0.05 else f"{gain:+.1f}"
        table.add_row(name, f"{100 * before:.1f}", f"{100 * after:.1f}", shown)
    return table


def _verdict(comparison: Comparison) -> str:
    better, worse = len(comparison.newly_right), len(comparison.newly_wrong)
    low, high = (100 * bound for bound in comparison.f1_interval)
    said = "A significant drop." if comparison.significant_drop else "No significant drop."
    return (
        f"{said} right: {better} better, {worse} worse, McNemar's p = {comparison.p_value:.3f}; "
        f"F1: {100 * comparison.f1_difference:+.1f}, 95% interval {low:+.1f} to {high:+.1f}."
    )


def _lines(pairs: Sequence[Pair]) -> list[str]:
    lines = []
    for pair in pairs[:_LISTED]:
        blamed = cause(pair.after)
        why = "" if blamed is None else f" ({CAUSES[blamed]})"
        asked = _short(pair.after.question.question)
        lines.append(f"{pair.id}: {asked} {_said(pair.before)} -> {_said(pair.after)}{why}")
    if len(pairs) > _LISTED:
        lines.append(f"... and {len(pairs) - _LISTED} more")
    return lines


def _said(outcome: Outcome) -> str:
    return "silence" if outcome.answer.text is None else _short(outcome.answer.text)


def _short(text: str) -> str:
    """Quoted on one line; `repr` also takes the sting out of control characters."""
    line = " ".join(text.split())
    return repr(line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…")
