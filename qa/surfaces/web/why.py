"""Why this answer, as HTML: what was found, how, and what the reader thought of each passage."""

from __future__ import annotations

import math
from collections.abc import Sequence

from qa.surfaces.web.html import escape
from qa.surfaces.web.panel import panel
from qa.surfaces.web.prose import is_markdown, prose
from qa.surfaces.web.turn import Turn
from qa.types import Answer, Hit, Passage, Span

EXPLAINED = (
    '<p class="qa-lead">Two searches look through all articles: one for the <b>words</b> of the '
    "question, one for its <b>meaning</b>. The passages they like best together are <b>read</b>, "
    "and the reader marks the words that may answer. The longer a bar, the better.</p>"
)


def why(turn: Turn, answer: Answer) -> str:
    """The passages that were read for a turn, in the order in which the searches ranked them."""
    highest = max((hit.scores["lexical"] for hit in answer.hits), default=0.0)
    read: dict[str, tuple[Span, float]] = {}
    for span, share in zip(turn.spans, shares(turn.spans), strict=True):
        read.setdefault(span.passage.id, (span, share))
    items = "".join(
        f"<li>{_found(hit, rank, highest)}{_read(hit.passage, read.get(hit.passage.id))}</li>"
        for rank, hit in enumerate(answer.hits, 1)
    )
    title = "Why this answer?" if answer.text is not None else "Why no answer?"
    return panel(
        "why", title, "", f'{_outcome(answer)}{EXPLAINED}<ol class="qa-found">{items}</ol>'
    )


def shares(spans: Sequence[Span]) -> list[float]:
    """Each span's share where all of them and "no answer" (score 0) compete: their softmax.

    >>> from qa.types import Passage
    >>> shares([Span(Passage("a", "", 0, 1, "x"), 0, 1, "x", 0.0)])
    [0.5]
    """
    highest = max([0.0, *(span.score for span in spans)])
    weights = [math.exp(span.score - highest) for span in spans]
    total = math.exp(-highest) + sum(weights)
    return [weight / total for weight in weights]


def _outcome(answer: Answer) -> str:
    if answer.text is None:
        return f'<p class="qa-lead">{escape(answer.reason or "")}</p>'
    return (
        f'<p class="qa-lead">The confidence is <b>{answer.confidence:.0%}</b>: so often is an '
        "answer like this one right.</p>"
    )


def _found(hit: Hit, rank: int, highest: float) -> str:
    lexical, dense = hit.scores["lexical"], hit.scores["dense"]
    return (
        f'<p class="qa-found-title"><b>{rank}</b><cite>{escape(hit.passage.title)}</cite></p>'
        + _bar("Same words", lexical / highest if highest > 0 else 0.0)
        + _exactly(_rank(hit.ranks["lexical"]), f"BM25 {lexical:.2f}")
        + _bar("Similar meaning", dense)
        + _exactly(_rank(hit.ranks["dense"]), f"cosine {dense:.2f}")
        + _bar("Both together", hit.score)
        + _exactly(_rank(rank), f"score {hit.score:.2f}")
    )


def _read(passage: Passage, read: tuple[Span, float] | None) -> str:
    """What the reader made of a passage: its best words, marked, and their share of all."""
    bar, marked = "", None
    if read is not None:
        span, share = read
        marked = (span.start, span.end)
        bar = _bar("Answers it", share, "qa-reader") + _exactly(
            f"{share:.0%}", f"log-odds {span.score:+.1f}"
        )
    shown = prose(
        passage.text, at=passage.start, markdown=is_markdown(passage.doc_id), strong=marked
    )
    inside = f'<div class="qa-passage">{shown}</div>'
    return f"{bar}<details><summary>The passage</summary>{inside}</details>"


def _rank(rank: int | None) -> str:
    return "not found" if rank is None else f"no. {rank}"


def _bar(name: str, share: float, kind: str = "") -> str:
    width = min(max(share, 0.0), 1.0)
    return (
        f'<div class="qa-measure {kind}"><span>{name}</span>'
        f'<span class="qa-bar" aria-hidden="true"><span style="width:{width:.0%}"></span></span>'
    )


def _exactly(shown: str, score: str) -> str:
    return f"<span>{shown}</span><small>{score}</small></div>"
