"""Tables: kinds of questions, causes of failing, time, and what was run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qa.evaluation.blame import CAUSES, Cause
from qa.evaluation.intervals import spoken
from qa.evaluation.outcome import Outcome
from qa.evaluation.page import plots
from qa.evaluation.page.markup import chooses, counted, escape, percent, table
from qa.evaluation.report import Report
from qa.evaluation.summary import Summary

_COLUMNS = {
    "right": "right",
    "exact match": "exact_match",
    "token F1": "f1",
    "citation": "citation_correct",
    "recall@5": "recall_at_5",
}
# Documents that are shown at once, and that are shown at all.
_SHOWN, _MOST = 8, 500
_LOOK_AT: Mapping[Cause, str] = {
    "gold-stale": "the question: its article was edited",
    "not-in-any-passage": "the article, how it was cut, the accepted wordings",
    "missed-by-lexical": "words that the article does not use",
    "missed-by-dense": "names and rare words",
    "missed-by-both": "the words of the question",
    "ranked-too-low": "fusion, and how many passages are read",
    "wrong-span": "the reader",
    "wrongly-abstained": "the threshold",
    "answered-unanswerable": "the threshold, the reader",
    "citation-at-fault": "the right documents of the question, offsets",
}


def kinds(report: Report) -> str:
    """A row for each kind of question, and one for all."""
    rows = [_row(escape(kind), summary) for kind, summary in report.kinds.items()]
    rows.append(_row("all", report.overall))
    headings = ["kind", "questions", *_COLUMNS, "answered"]
    return (
        '<section><h2 id="kinds">Kinds of questions</h2>'
        f"{table(headings, rows, name='kinds')}"
        '<p class="note">Percent, and below it the 95% interval. Answered: a share of all '
        "questions of the kind, silence being right where there is no answer.</p></section>"
    )


def _row(name: str, summary: Summary) -> list[str]:
    cells = [
        f"{percent(summary.metrics[metric])}<small>{spoken(summary.intervals.get(metric))}</small>"
        for metric in _COLUMNS.values()
    ]
    answered = percent(summary.answered / summary.questions)
    return [name, f"{summary.questions:,}", *cells, answered]


def causes(report: Report) -> str:
    """What the failed questions are put down to. Each name chooses its questions below."""
    failed = sum(map(len, report.causes.values()))
    if not failed:
        return '<section><h2 id="causes">Causes</h2><p>No question failed.</p></section>'
    rows = [
        [
            chooses("cause", name, CAUSES[name]),
            f"{len(outcomes):,}",
            plots.share(len(outcomes) / failed),
            _LOOK_AT[name],
        ]
        for name, outcomes in report.causes.items()
    ]
    of = f"{failed:,} of {counted(len(report.outcomes), 'question')} failed"
    return (
        f'<section><h2 id="causes">Why {"it" if failed == 1 else "they"} failed</h2>'
        f"<p>{of}: the answer is not right, or a citation is not. Each is put down to the first "
        "stage that lost it.</p>"
        f"{table(['cause', 'questions', 'share', 'look at'], rows, name='causes')}"
        f"{_stale(report.stale)}</section>"
    )


def _stale(stale: Sequence[Outcome]) -> str:
    if not stale:
        return ""
    count = counted(len(stale), "question")
    return f'<p class="note">{count} stale, failed or not: the articles were edited since.</p>'


def documents(report: Report) -> str:
    """How many questions of each document are right, those that lose most first."""
    found = sorted(
        report.documents.items(), key=lambda known: (known[1].right - known[1].questions, known[0])
    )
    if len(found) < 2:
        return ""
    rows = [
        [
            chooses("text", doc_id, escape(doc_id)),
            f"{summary.right:,} of {summary.questions:,}",
            plots.share(summary.right / summary.questions),
        ]
        for doc_id, summary in found
    ]
    headings = ["document", "right", "share"]
    more = rows[_SHOWN:_MOST]
    rest = (
        f"<details><summary>{len(more):,} more, of {len(rows):,}</summary>"
        f"{table(headings, more, name='documents')}</details>"
        if more
        else ""
    )
    return (
        '<section><h2 id="documents">Where the answers stand</h2>'
        "<p>Questions by the documents that answer them; one that several answer counts for each. "
        "Those that lose most come first."
        f"</p>{table(headings, rows[:_SHOWN], name='documents')}{rest}</section>"
    )


def latency(report: Report) -> str:
    """How long each stage takes."""
    if not report.latency:
        return ""
    longest = max(found.p95 for found in report.latency.values()) or 1.0
    rows = [
        [
            "whole answer" if stage == "all" else escape(stage),
            _time(found.median),
            _time(found.p95),
            _time(found.slowest),
            plots.share(found.p95 / longest),
        ]
        for stage, found in report.latency.items()
    ]
    headings = ["stage", "median", "95th percentile", "slowest", "compared"]
    return (
        '<section><h2 id="time">How long it takes</h2>'
        f"{table(headings, rows, name='latency')}</section>"
    )


def _time(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{1000 * seconds:.0f} ms"


def run(report: Report) -> str:
    """What was evaluated, as it was recorded."""
    if not report.run:
        return ""
    rows = "".join(f"<dt>{escape(k)}</dt><dd>{escape(v)}</dd>" for k, v in _flat(report.run))
    return (
        '<section><details class="run"><summary>What was run</summary>'
        f'<dl class="facts">{rows}</dl></details></section>'
    )


def _flat(values: Mapping[str, object], prefix: str = "") -> list[tuple[str, object]]:
    found: list[tuple[str, object]] = []
    for key, value in values.items():
        if isinstance(value, Mapping):
            found += _flat(value, f"{prefix}{key} › ")
        else:
            shown = ", ".join(map(str, value)) if isinstance(value, list | tuple) else value
            found.append((f"{prefix}{key}", "–" if shown is None else shown))
    return found
