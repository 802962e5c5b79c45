"""Try a small grid of policies on the questions that are for choosing."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import TextIO, get_args

from qa.evaluation.intervals import spoken
from qa.evaluation.questions import Question
from qa.evaluation.runner import Asked, Bot, evaluate
from qa.evaluation.summary import Summary
from qa.evaluation.table import WIDTH
from qa.types import Fusion, Policy

CHOOSING = "dev"
"""The split that settings are chosen on. Any other is for reporting."""

Tried = tuple[Policy, Summary]

_COLUMNS = {
    "right": "right",
    "F1": "f1",
    "EM": "exact_match",
    "when answered": "right_when_answered",
    "answered": "answerable_answered",
    "refused": "abstention_recall",
    "recall@5": "recall_at_5",
}


def grid(
    fusions: Sequence[Fusion] | None = None,
    lexical: Sequence[float] | None = None,
    passages: Sequence[int] | None = None,
    cutoffs: Sequence[float | None] | None = None,
) -> list[Policy]:
    """Every combination of what is named, and the usual policy's value where something is not.

    With nothing named, the 18 combinations of all fusions, weights of lexical retrieval from 0.1 to
    0.5, and 5 or 10 passages. A cutoff is a threshold, None the reader's own. Raises `ValueError`
    for a value that no policy may have.

    >>> len(grid()), [policy.threshold for policy in grid(cutoffs=[0.5, 0.6])]
    (18, [0.5, 0.6])
    >>> grid(lexical=[0.25])[0].weights["dense"]
    0.75
    """
    usual = Policy()
    if not (fusions or lexical or passages or cutoffs):
        fusions, lexical, passages = get_args(Fusion), (0.1, 0.3, 0.5), (5, 10)
    return [
        Policy(
            fusion=fusion,
            weights={"lexical": weight, "dense": 1 - weight},
            passages=count,
            threshold=cutoff,
        )
        for fusion in fusions or [usual.fusion]
        for weight in lexical or [usual.weights["lexical"]]
        for count in passages or [usual.passages]
        for cutoff in cutoffs or [None]
    ]


def sweep(
    bot_for: Callable[[Policy], Bot],
    questions: Sequence[Question],
    policies: Sequence[Policy],
    *,
    progress: Asked | None = None,
) -> list[Tried]:
    """Ask the questions under every policy; the most right ones first, then by F1.

    Policies that do equally well keep their order. `progress` is told after every question, of
    those of all policies together.
    """
    tried = []
    for number, policy in enumerate(policies):
        before = number * len(questions)

        def told(done: int, before: int = before) -> None:
            if progress is not None:
                progress(before + done)

        report = evaluate(bot_for(policy), questions, progress=told)
        tried.append((policy, report.overall))
    return sorted(
        tried, key=lambda each: [-(each[1].metrics[name] or 0) for name in ("right", "f1")]
    )


def warning(split: str | None) -> str | None:
    """What to say where the questions are not those for choosing; None where they are.

    >>> warning("dev") is None, warning("test")[:32]
    (True, 'WARNING: chosen on a test split:')
    """
    if split == CHOOSING:
        return None
    asked = "all questions" if split is None else repr(split)
    return (
        f"WARNING: chosen on a test split: {asked}. What these questions choose they cannot "
        f"report: the best figure is too good by luck. Choose on {CHOOSING!r}."
    )


def print_sweep(tried: Sequence[Tried], split: str | None, *, file: TextIO | None = None) -> None:
    """Print a table, a policy a row, to a text stream, stdout by default."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table

    stream = file or sys.stdout
    console = Console(file=stream, width=None if stream.isatty() else WIDTH, highlight=False)
    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), show_edge=False)
    table.add_column("fusion", no_wrap=True)
    for heading in ("lexical", "read", "from", *_COLUMNS):
        table.add_column(heading, justify="right", overflow="fold")
    for policy, summary in tried:
        table.add_row(
            policy.fusion,
            f"{policy.weights['lexical']:g}",
            str(policy.passages),
            "-" if policy.threshold is None else f"{policy.threshold:g}",
            *(_percent(summary.metrics[metric]) for metric in _COLUMNS.values()),
        )
    console.print(table)
    if tried:
        best = tried[0][1]
        told = f"Percent of {best.questions} questions."
        if interval := spoken(best.intervals["right"]):
            told += (
                f" Other questions like these would put the first row's right at {interval}: rows "
                "within that are not told apart."
            )
        console.print(told, markup=False)
    if said := warning(split):
        console.print(said, style="bold red", markup=False)


def tried_to_dict(tried: Sequence[Tried], split: str | None) -> dict[str, object]:
    """For JSON, in the order of the table."""
    return {
        "split": split,
        "warning": warning(split),
        "policies": [
            {"policy": asdict(policy), "summary": summary.to_dict()} for policy, summary in tried
        ],
    }


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.1f}"
