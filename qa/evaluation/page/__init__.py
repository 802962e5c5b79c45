"""The report as one HTML page: a file that asks nothing of any network and opens from disk.

markup      text as HTML
plots       inline SVG
headline    how many were right
tables      kinds, causes, time
confidence  what confidences are worth
question    one question
passages    what was read for it
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Sequence
from pathlib import Path

from qa.evaluation.blame import CAUSES
from qa.evaluation.page import confidence, headline, question, tables
from qa.evaluation.page.markup import counted, escape
from qa.evaluation.report import Report
from qa.evaluation.thresholds import Miss

_FOLDER = Path(__file__).parent


def report_page(
    report: Report, title: str = "Evaluation", *, misses: Sequence[Miss] | None = None
) -> str:
    """The whole page, to be written as UTF-8; the same for the same report.

    `misses` are the thresholds not reached; None says that none were asked for. Without JavaScript
    every question is there; with it they can be filtered.
    """
    style, script = (_asset(name) for name in ("page.css", "page.js"))
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    items = "".join(
        question.item(outcome, number) for number, outcome in enumerate(report.outcomes, start=1)
    )
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>{escape(title)}</title><style>{style}</style></head><body>"
        f"<header><h1>{escape(title)}</h1>{_subtitle(report)}</header><main>"
        f"{headline.verdict(misses)}{headline.headline(report)}{tables.causes(report)}"
        f"{tables.kinds(report)}{confidence.calibration(report)}{tables.latency(report)}"
        f'<section><h2 id="questions">Questions</h2>{_filters(report)}'
        '<p class="legend"><mark class="given">given as the answer</mark>'
        '<mark class="gold">the answer expected</mark></p>'
        f'<div class="list">{items}</div></section>{tables.run(report)}</main>'
        f"<script>{script}</script></body></html>\n"
    )


def _asset(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    """What a content security policy calls an inline style or script by."""
    return f"sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _subtitle(report: Report) -> str:
    told = [counted(len(report.outcomes), "question")]
    for name, words in (("questions", "from"), ("split", "split")):
        if report.run.get(name):
            told.append(f"{words} {escape(report.run[name])}")
    return f"<p>{''.join(f'<span>{part}</span>' for part in told)}</p>"


def _filters(report: Report) -> str:
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
