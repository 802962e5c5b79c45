"""The Quality tab as HTML: which questions, how well they were answered, what changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from qa.errors import QAError
from qa.evaluation import page as evaluation_page
from qa.evaluation.compare import Comparison, compare
from qa.evaluation.page import changes, confidence, headline, question, tables
from qa.evaluation.report import Report
from qa.surfaces.web.collections import Collection
from qa.surfaces.web.html import escape
from qa.surfaces.web.quality_questions import QuestionSet
from qa.surfaces.web.quality_reports import Kept

FAILED = 30  # failed questions that are listed; the whole report has all of them
# As in html.py: what a template would take for its own stays text.
_INERT = {ord(character): f"&#{ord(character)};" for character in "`${}\\"}


def style() -> str:
    """The report's own style sheet, for the report alone: rules for all of a page find none."""
    folder = Path(evaluation_page.__file__).parent
    sheet = (folder / "page.css").read_text(encoding="utf-8")
    return f"<style>.gradio-container .qa-report {{{sheet}}}</style>"


def bar(
    every: Sequence[Collection],
    shown: Collection | None,
    sets: Sequence[QuestionSet],
    chosen: str,
    *,
    writable: bool,
    said: str = "",
    error: str = "",
    number: int = 0,
) -> str:
    """Which collection, which questions, and the button that asks them.

    `number` differs each time, which tells the script that a deed is done.
    """
    parts = [_chooser(every, shown)]
    if writable and shown is not None and shown.problem is None:
        parts += [_run(sets, chosen), _bring(bool(sets))]
    elif not writable:
        parts.append('<p class="qa-why-read-only">Evaluations cannot be started here.</p>')
    if error:
        parts.append(f'<p class="qa-error" role="alert">{escape(error)}</p>')
    if said:
        parts.append(f'<p class="qa-notice" role="status">{escape(said)}</p>')
    heading = '<h1 class="qa-hidden">Quality</h1>'
    name = f'class="qa-library qa-quality" data-drawn="{number}"'
    return f"<div {name}>{heading}{''.join(parts)}</div>"


def _chooser(every: Sequence[Collection], shown: Collection | None) -> str:
    options = "".join(
        f'<option value="{escape(one.id)}"{" selected" if one == shown else ""}>'
        f"{escape(one.name)} ({one.documents:,})</option>"
        for one in every
    )
    return (
        '<div class="qa-library-bar"><label class="qa-chooser"><span>Collection</span>'
        '<select data-do="choose" aria-label="Collection to evaluate">'
        f"{options}</select></label></div>"
    )


def _run(sets: Sequence[QuestionSet], chosen: str) -> str:
    usable = [one for one in sets if one.questions]
    notes = "".join(
        f'<p class="qa-reason"><b>{escape(one.name)}.</b> {escape(one.note)}</p>'
        for one in sets
        if one.note
    )
    if not usable:
        return notes
    options = "".join(
        f'<option value="{one.id}"{" selected" if one.id == chosen else ""}>'
        f"{escape(one.name)} ({len(one.questions):,})</option>"
        for one in usable
    )
    return (
        '<div class="qa-run"><label class="qa-chooser"><span>Questions</span>'
        f'<select data-do="set" aria-label="Questions to ask">{options}</select></label>'
        '<button type="button" class="qa-pill qa-solid" data-do="run">Run now</button></div>'
        f"{notes}"
    )


def _bring(have: bool) -> str:
    most = 20 * 2**20
    how = (
        "<p>Known questions make the evaluation: questions whose answers you know. Call answers "
        "right or wrong under <b>Ask</b>, and point at the right words: that makes some. Or bring "
        "a file of them, a JSON object a line, each with an id, the question, its answers and the "
        "articles that hold them.</p>"
    )
    return (
        f'<div class="qa-bring" data-drop data-most="{most}">{"" if have else how}'
        '<label class="qa-quiet qa-choose">Bring a question file'
        '<input type="file" accept=".jsonl" aria-label="Bring a question file"></label>'
        '<p class="qa-sending" role="status"></p></div>'
    )


def asking(done: int, total: int) -> str:
    """How many questions have been asked."""
    return (
        '<div class="qa-work"><p role="status">Asking the known questions…</p>'
        f'<ul class="qa-stages"><li><span>Asked</span><progress max="{max(total, 1)}" '
        f'value="{done}" aria-label="Asked"></progress>'
        f"<span>{f'{done:,} of {total:,}' if total else ''}</span></li></ul></div>"
    )


def report(latest: Sequence[Kept]) -> str:
    """The newest report, and what is otherwise than in the one before it."""
    if not latest:
        return (
            '<div class="qa-nothing"><p>No evaluation yet.</p><p>It asks questions whose answers '
            "are known, and says how many are right, where the others were lost, and how far the "
            "confidence can be trusted.</p></div>"
        )
    newest = latest[0].report
    drawn = (
        f"{headline.headline(newest)}{_since(latest)}{tables.causes(newest)}"
        f"{confidence.calibration(newest)}{tables.kinds(newest)}{_failed(newest)}"
        f"{tables.latency(newest)}"
    )
    name = escape(str(newest.run.get("name", "")))
    about = f'<p class="note">{_when(latest[0].at)}{f" · {name}" if name else ""}</p>'
    save = '<button type="button" class="qa-pill" data-do="save">Save the whole report</button>'
    return f'<div class="qa-report">{about}{drawn.translate(_INERT)}</div>{save}'


def _since(latest: Sequence[Kept]) -> str:
    comparison = compared(latest)
    if comparison is None:
        return ""
    return (
        f"{changes.changes(comparison).replace('Since the baseline', 'Since the last run')}"
        f'<p class="note">The last run was on {_when(latest[1].at)}.</p>'
    )


def compared(latest: Sequence[Kept]) -> Comparison | None:
    """The newest report beside the one before; None where they have no question in common."""
    if len(latest) < 2:
        return None
    try:
        return compare(latest[1].report, latest[0].report)
    except QAError:
        return None


def _failed(newest: Report) -> str:
    failed = [
        (number, outcome)
        for number, outcome in enumerate(newest.outcomes, start=1)
        if outcome.failed
    ]
    if not failed:
        return ""
    items = "".join(question.item(outcome, number) for number, outcome in failed[:FAILED])
    more = len(failed) - FAILED
    rest = f'<p class="note">and {more:,} more, in the whole report</p>' if more > 0 else ""
    return (
        '<section><h2 id="questions">Questions that failed</h2>'
        f'<div class="list">{items}</div>{rest}</section>'
    )


def _when(at: datetime) -> str:
    return f"{at.day} {at:%b %Y, %H:%M} UTC"
