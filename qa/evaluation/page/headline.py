"""How many were right, how far that may be off, and whether it is enough."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum

from qa.evaluation.intervals import spoken
from qa.evaluation.page import plots
from qa.evaluation.page.markup import counted, escape, percent
from qa.evaluation.report import Report
from qa.evaluation.summary import METRICS, Summary
from qa.evaluation.thresholds import Miss

# Metric, what it is called here, and what it is counted in. All but one are counts of something.
_FIGURES = (
    ("right_when_answered", "right where it answers", "answers given"),
    ("answerable_answered", "answered where there is an answer", "questions"),
    ("abstention_recall", "silent where there is no answer", "questions"),
    ("citation_correct_when_answered", "cited correctly where it answers", "answers given"),
    ("citation_verbatim", "quotes that stand word for word", "citations"),
    ("recall_at_5", "answer in the first five passages", "questions"),
)


def headline(report: Report) -> str:
    """How many were right, how far that may be off, and the figures behind it."""
    overall = report.overall
    right = overall.metrics["right"]
    words = (
        f"{overall.right:,} of {counted(overall.questions, 'question')} answered rightly: with the "
        "right words, or with silence where the documents do not answer."
    )
    figures = "".join(_figure(report, *figure) for figure in _FIGURES)
    return (
        f'<p class="hero"><strong>{percent(right)}</strong>{_drawn(overall, "right")}'
        f"<span>{words} {_likely(overall, 'right')}</span></p>"
        f'<dl class="figures">{figures}</dl>'
    )


def _figure(report: Report, metric: str, words: str, unit: str) -> str:
    overall = report.overall
    shares = [METRICS[metric](outcome) for outcome in report.outcomes]
    amount, total = (round(fsum(column)) for column in zip(*shares, strict=True))
    if not total:
        counts = "nothing to measure"
    else:
        counts = f"{amount:,} of {total:,} {unit}"
        interval = spoken(overall.intervals.get(metric))
        counts += f" · <span>{interval}%</span>" if interval else ""
    return (
        f"<div><dt>{words}</dt><dd><b>{percent(overall.metrics[metric])}</b>"
        f"{_drawn(overall, metric)}</dd><dd><small>{counts}</small></dd></div>"
    )


def _drawn(summary: Summary, metric: str) -> str:
    value, interval = summary.metrics[metric], summary.intervals.get(metric)
    return "" if value is None or interval is None else plots.interval(value, *interval)


def _likely(summary: Summary, metric: str) -> str:
    interval = summary.intervals.get(metric)
    if interval is None or interval[0] == interval[1]:
        return ""
    low, high = (percent(end) for end in interval)
    return f"Other questions like these would give {low} to {high} (95% interval)."


def verdict(misses: Sequence[Miss] | None) -> str:
    """Whether every threshold was reached; nothing where none was asked for."""
    if misses is None:
        return ""
    if not misses:
        return '<p class="verdict">Every threshold is reached.</p>'
    listed = "".join(f"<li>{escape(miss)}</li>" for miss in misses)
    return (
        f'<div class="verdict missed"><p>Below {counted(len(misses), "threshold")}:</p>'
        f"<ul>{listed}</ul></div>"
    )
