"""The report as one HTML page: a file that asks nothing of any network and opens from disk.

markup      text as HTML
plots       inline SVG
headline    how many were right
changes     what is otherwise than before
tables      kinds, causes, time
confidence  what confidences are worth
question    one question
passages    what was read for it
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from qa.evaluation.blame import CAUSES
from qa.evaluation.compare import Comparison
from qa.evaluation.outcome import Outcome
from qa.evaluation.page import changes, confidence, headline, question, tables
from qa.evaluation.page.markup import counted, escape
from qa.evaluation.report import Report
from qa.evaluation.thresholds import Miss
from qa.markup import digest

_FOLDER = Path(__file__).parent


def report_page(
    report: Report,
    title: str = "Evaluation",
    *,
    misses: Sequence[Miss] | None = None,
    comparison: Comparison | None = None,
) -> str:
    """The whole page, to be written as UTF-8; the same for the same report.

    `misses` are the thresholds not reached; None says that none were asked for, as it does of a
    `comparison` with an earlier run. Without JavaScript every question is there; with it they can
    be filtered.
    """
    style, script = (_asset(name) for name in ("page.css", "page.js"))
    policy = (
        f"default-src 'none'; style-src '{digest(style)}'; script-src '{digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    earlier = {} if comparison is None else _changed(comparison)
    items = "".join(
        question.item(outcome, number, *earlier.get(outcome.question.id, ()))
        for number, outcome in enumerate(report.outcomes, start=1)
    )
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>{escape(title)}</title><style>{style}</style></head><body>"
        f"<header><h1>{escape(title)}</h1>{_subtitle(report)}</header><main>"
        f"{headline.verdict(misses)}{headline.headline(report)}{changes.changes(comparison)}"
        f"{tables.causes(report)}{tables.kinds(report)}{tables.documents(report)}"
        f"{confidence.calibration(report)}{tables.latency(report)}"
        f'<section><h2 id="questions">Questions</h2>{_filters(report, changes.states(comparison))}'
        '<p class="legend"><mark class="given">given as the answer</mark>'
        '<mark class="gold">the answer expected</mark></p>'
        f'<div class="list">{items}</div></section>{tables.run(report)}</main>'
        f"<script>{script}</script></body></html>\n"
    )


def _changed(comparison: Comparison) -> dict[str, tuple[Outcome, str]]:
    """What came before of the questions that are otherwise now, by id, and what changed."""
    return {
        pair.id: (pair.before, change)
        for change, pairs in comparison.changes.items()
        for pair in pairs
    }


def _asset(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


def _subtitle(report: Report) -> str:
    told = [counted(len(report.outcomes), "question")]
    for name, words in (("questions", "from"), ("split", "split")):
        if report.run.get(name):
            told.append(f"{words} {escape(report.run[name])}")
    return f"<p>{''.join(f'<span>{part}</span>' for part in told)}</p>"


def _filters(report: Report, changed: Sequence[tuple[str, str]]) -> str:
    """Hidden where there is no JavaScript, for it would do nothing."""
    kinds = [(escape(k), f"{escape(k)} ({s.questions:,})") for k, s in report.kinds.items()]
    causes = [(k, f"{CAUSES[k]} ({len(found):,})") for k, found in report.causes.items()]
    failed = sum(outcome.failed for outcome in report.outcomes)
    answered = report.overall.answered
    states = [
        ("right", f"right ({len(report.outcomes) - failed:,})"),
        ("failed", f"failed ({failed:,})"),
        ("answered", f"answered ({answered:,})"),
        ("silent", f"not answered ({len(report.outcomes) - answered:,})"),
    ]
    if report.stale:
        states.append(("stale", f"stale ({len(report.stale):,})"))
    states += changed
    return (
        '<form class="filters" hidden><label>Search'
        '<input type="search" name="text" autocomplete="off" '
        'placeholder="words of question, answer or article"></label>'
        f"{_select('state', 'Result', states)}{_select('kind', 'Kind', kinds)}"
        f"{_select('cause', 'Cause', causes)}"
        '<p><output role="status"></output><button type="reset">Show all</button></p></form>'
    )


def _select(name: str, label: str, options: Sequence[tuple[str, str]]) -> str:
    every = [("", "all"), *options]
    listed = "".join(f'<option value="{value}">{words}</option>' for value, words in every)
    return f'<label>{label}<select name="{name}">{listed}</select></label>'
