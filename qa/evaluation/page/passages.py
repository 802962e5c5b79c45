"""The passages read for a question: how each was ranked, and where the answers stand in it."""

from __future__ import annotations

from qa.evaluation.metrics import contains_answer, find_answer, stands_at
from qa.evaluation.outcome import Outcome
from qa.evaluation.page import plots
from qa.evaluation.page.markup import Stretch, escape, marked
from qa.types import Hit, Passage

_BARS = "bars: fused, lexical and dense score, beside the best of these passages"


def passages(outcome: Outcome) -> str:
    """A list, each closed unless it is cited or holds the answer. Of the others the words are shown
    only where the question failed: of a thousand questions they would be most of the page."""
    hits = outcome.answer.hits
    if not hits:
        return '<p class="note">No passage was read.</p>'
    top = {
        "fused": max(hit.score for hit in hits),
        "lexical": max(hit.scores["lexical"] for hit in hits),
        "dense": max(hit.scores["dense"] for hit in hits),
    }
    listed = "".join(f"<li>{_passage(outcome, hit, top)}</li>" for hit in hits)
    return f'<h3>Passages read <small>{_BARS}</small></h3><ol class="passages">{listed}</ol>'


def _passage(outcome: Outcome, hit: Hit, top: dict[str, float]) -> str:
    passage = hit.passage
    values: dict[str, float] = {"fused": hit.score}
    values |= {retriever: score for retriever, score in hit.scores.items()}
    bars = plots.scores([values[name] / top[name] if top[name] > 0 else 0.0 for name in top])
    ranks = " · ".join(
        f"{name} {'–' if hit.ranks[name] is None else hit.ranks[name]}"
        for name in ("lexical", "dense")
    )
    exact = " · ".join(f"{name} {values[name]:.3f}" for name in top)
    given, gold = _given(outcome, passage), _gold(outcome, passage)
    told = '<b class="holds">holds the answer</b>' if gold else ""
    told += '<b class="cited">cited</b>' if given else ""
    title = escape(passage.title or passage.doc_id)
    heading = f" › {escape(passage.heading)}" if passage.heading else ""
    line = f"<cite>{title}{heading}</cite>{told}{bars}<small>{ranks}</small>"
    if not (gold or given or outcome.failed):
        return f'<p class="line" title="{escape(passage.id)}, scores: {exact}">{line}</p>'
    return (
        f"<details{' open' if gold or given else ''}><summary>{line}</summary>"
        f'<p class="text" dir="auto">{marked(passage.text, [*given, *gold])}</p>'
        f'<p class="source"><code>{escape(passage.id)}</code><span>scores: {exact}</span></p>'
        "</details>"
    )


def _given(outcome: Outcome, passage: Passage) -> list[Stretch]:
    """Where the citations' answers stand in a passage."""
    return [
        (citation.answer_start - passage.start, citation.answer_end - passage.start, "given")
        for citation in outcome.answer.citations
        if citation.doc_id == passage.doc_id
        and passage.start <= citation.answer_start < citation.answer_end <= passage.end
    ]


def _gold(outcome: Outcome, passage: Passage) -> list[Stretch]:
    """Where a passage that counts as holding the answer does so.

    Where the question's own places stand in it, there; else at the words by which it was judged.
    """
    question, text = outcome.question, passage.text
    if passage.doc_id not in question.doc_ids or not contains_answer(question.answers, text):
        return []
    tied = [
        (place.start - passage.start, place.end - passage.start, "gold")
        for place in question.gold
        if place.doc_id == passage.doc_id
        and passage.start <= place.start
        and stands_at(place.answer, text, place.start - passage.start, place.end - passage.start)
    ]
    found = (find_answer(answer, text) for answer in question.answers)
    return tied or [(*place, "gold") for place in found if place is not None][:1]
