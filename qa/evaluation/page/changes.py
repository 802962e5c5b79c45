"""What is otherwise than in the run that this one was compared with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qa.evaluation.compare import Change, Comparison, Pair
from qa.evaluation.page.markup import chooses, counted, escape
from qa.evaluation.page.question import said

_WORDS: Mapping[Change, str] = {
    "newly-wrong": "newly wrong",
    "newly-right": "newly right",
    "changed": "another answer, as right or wrong as before",
}
_LISTED = 12


def changes(comparison: Comparison | None) -> str:
    """How many questions changed, whether that is luck, and which got worse or better."""
    if comparison is None:
        return ""
    counts = " · ".join(
        chooses("state", change, f"{len(pairs):,} {_WORDS[change]}")
        for change, pairs in comparison.changes.items()
        if pairs
    )
    verdict = "A significant drop" if comparison.significant_drop else "No significant drop"
    listed = "".join(
        _list(comparison.changes[change], _WORDS[change])
        for change in ("newly-wrong", "newly-right")
    )
    notes = "".join(f'<p class="note">{escape(note)}</p>' for note in comparison.notes())
    return (
        '<section><h2 id="changes">Since the baseline</h2>'
        f"<p>Of {counted(len(comparison.pairs), 'question')} that both runs were asked: "
        f"{counts or 'the same answers to all'}. {verdict} (McNemar’s p = "
        f"{comparison.p_value:.3f}).</p>{listed}{notes}</section>"
    )


def states(comparison: Comparison | None) -> list[tuple[str, str]]:
    """What can be chosen among the questions: the change, and what it is called."""
    if comparison is None:
        return []
    names = {**_WORDS, "changed": "another answer"}
    return [
        (change, f"{names[change]} ({len(pairs):,})")
        for change, pairs in comparison.changes.items()
        if pairs
    ]


def _list(pairs: Sequence[Pair], words: str) -> str:
    if not pairs:
        return ""
    rows = "".join(
        f'<li><span class="asked" dir="auto">{escape(pair.after.question.question)}</span>'
        f'<span class="said">{said(pair.before)} → {said(pair.after)}</span></li>'
        for pair in pairs[:_LISTED]
    )
    more = len(pairs) - _LISTED
    rest = f'<li class="note">and {more:,} more</li>' if more > 0 else ""
    return f'<h3>{words.capitalize()}</h3><ul class="changes">{rows}{rest}</ul>'
