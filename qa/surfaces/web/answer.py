"""An answer as HTML: the words, their sentence, how sure that is, and chips to the sources."""

from __future__ import annotations

from collections.abc import Sequence

from qa.present import differ
from qa.surfaces.web.chips import chips
from qa.surfaces.web.html import escape
from qa.surfaces.web.prose import is_markdown, prose
from qa.surfaces.web.turn import Place, Turn, places
from qa.types import Answer, Candidate, Citation

SHORT = 60  # characters up to which an answer is set in the largest type


def answered(turn: Turn, answer: Answer, number: int) -> str:
    """The answer of turn `number`, with its quote, confidence, chips and the other answers."""
    spots = places(turn)
    if answer.conflict:
        return _conflict(answer, spots, number)
    first = answer.citations[0]
    # An answer that is a whole sentence would be read twice: its marked quote says it once.
    whole = (first.answer_start, first.answer_end) == (first.start, first.end)
    size = "short" if len(first.answer) <= SHORT else "long"
    words = "" if whole else f'<p class="qa-words qa-{size}">{escape(answer.text or "")}</p>'
    own = spots[: len(answer.citations)]
    return (
        f"{words}{_quote(first, whole=whole)}{_confidence(answer)}"
        f"{chips(own, number, first=1)}{_others(answer, spots, number)}"
    )


def _quote(citation: Citation, *, whole: bool = False) -> str:
    inside = prose(
        citation.quote,
        at=citation.start,
        markdown=is_markdown(citation.doc_id),
        strong=(citation.answer_start, citation.answer_end),
    )
    return f'<blockquote class="qa-quote{" qa-whole" if whole else ""}">{inside}</blockquote>'


def _confidence(answer: Answer) -> str:
    sure = answer.confidence
    word = "High" if sure >= 0.8 else "Fair" if sure >= 0.5 else "Low"
    agreeing = (
        f'<span class="qa-agreement">{answer.agreement} independent articles say so</span>'
        if answer.agreement > 1
        else ""
    )
    return (
        '<p class="qa-confidence"><span class="qa-bar" aria-hidden="true">'
        f'<span style="width:{sure:.0%}"></span></span>'
        f"<span>{word} confidence, {sure:.0%}</span>{agreeing}</p>"
    )


def _conflict(answer: Answer, spots: Sequence[Place], turn: int) -> str:
    """Where articles disagree: every side alike, and no verdict."""
    own = Candidate(answer.text or "", answer.confidence, answer.citations)
    sides = (own, *answer.alternatives)
    return (
        f'<div class="qa-conflict"><p class="qa-refusal">{differ([s.text for s in sides])}</p>'
        '<p class="qa-reason">Each stands in the articles, and they do not tell which is right. '
        "Look where each stands, and of when it is.</p>"
        f'<ul class="qa-others">{_listed(sides, spots, turn, first=1)}</ul></div>'
    )


def _others(answer: Answer, spots: Sequence[Place], turn: int) -> str:
    """The answers that may be meant instead, each with its confidence."""
    others = answer.alternatives
    if not others:
        return ""
    listed = _listed(others, spots, turn, first=len(answer.citations) + 1, is_rated=True)
    title = _count(len(others), "other possible answer")
    return (
        f'<details class="qa-more"><summary>{title}</summary>'
        f'<ul class="qa-others">{listed}</ul></details>'
    )


def _listed(
    candidates: Sequence[Candidate],
    spots: Sequence[Place],
    turn: int,
    *,
    first: int,
    is_rated: bool = False,
) -> str:
    """Candidates with quotes and chips, which are numbered from `first` on."""
    items = []
    for candidate in candidates:
        own = spots[first - 1 : first - 1 + len(candidate.citations)]
        sure = f"<small>{candidate.confidence:.0%}</small>" if is_rated else ""
        items.append(
            f'<li><p class="qa-other"><span>{escape(candidate.text)}</span>{sure}</p>'
            f"{_quote(candidate.citations[0])}{chips(own, turn, first=first)}</li>"
        )
        first += len(candidate.citations)
    return "".join(items)


def _count(number: int, thing: str) -> str:
    return f"1 {thing}" if number == 1 else f"{number} {thing}s"
