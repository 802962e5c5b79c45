"""One question on the page: what was expected, what was given, and the way that led there."""

from __future__ import annotations

from qa.evaluation.account import asked
from qa.evaluation.blame import CAUSES, cause, explain
from qa.evaluation.outcome import Outcome
from qa.evaluation.page.markup import escape, marked, percent
from qa.evaluation.page.passages import passages
from qa.types import Citation


def item(
    outcome: Outcome, number: int, before: Outcome | None = None, change: str | None = None
) -> str:
    """The question, closed: question and answer in one line, everything else within.

    `before` is what came of it in an earlier run where that differs, as `change` says.
    """
    blamed = cause(outcome)
    states = "failed" if outcome.failed else "right"
    states += " answered" if outcome.answered else " silent"
    states += " stale" if outcome.stale is not None else ""
    states += f" {change}" if change else ""
    return (
        f'<details class="question" id="q{number}" data-kind="{escape(outcome.question.kind)}" '
        f'data-cause="{blamed or ""}" data-state="{states}">'
        f"<summary>{_line(outcome)}</summary>"
        f"{_explanation(outcome)}{_facts(outcome, before)}{_quotes(outcome)}"
        f"{passages(outcome)}</details>"
    )


def _line(outcome: Outcome) -> str:
    blamed = cause(outcome)
    judged = CAUSES[blamed] if blamed else "right"
    return (
        f'<span class="asked" dir="auto">{escape(outcome.question.question)}</span>'
        f'<span class="said"><span dir="auto">{said(outcome)}</span> '
        f"<small>confidence {percent(outcome.answer.confidence)}</small></span>"
        f'<span class="judged">{judged}</span>'
    )


def said(outcome: Outcome) -> str:
    """The answer that was given, or that there was none."""
    return escape(outcome.answer.text) if outcome.answered else "<i>no answer</i>"


def _explanation(outcome: Outcome) -> str:
    text = explain(outcome)
    stale = "" if outcome.stale is None or outcome.stale == text else f"Stale: {outcome.stale}"
    lines = [line for line in (text, stale) if line]
    return "".join(f'<p class="explanation" dir="auto">{escape(line)}</p>' for line in lines)


def _facts(outcome: Outcome, before: Outcome | None) -> str:
    question, answer = outcome.question, outcome.answer
    expected = "".join(f'<span dir="auto">{escape(words)}</span>' for words in question.answers)
    documents = "".join(f"<code>{escape(doc_id)}</code>" for doc_id in question.doc_ids)
    given = f'<span dir="auto">{escape(answer.text)}</span>'
    if answer.text is None:
        given = f"<i>no answer</i>{f' ({escape(answer.reason)})' if answer.reason else ''}"
    facts = {
        "Expected": expected or "<i>silence: the documents do not answer</i>",
        "Given": f'{given}<span class="aside">confidence {percent(answer.confidence)}</span>',
        "Before": "" if before is None else f'<span dir="auto">{said(before)}</span>',
        "Held back": _held_back(outcome),
        "After": "".join(f'<span dir="auto">{escape(asked(t))}</span>' for t in question.history),
        "Asked as": escape(answer.resolved_question)
        if answer.resolved_question not in ("", question.question)
        else "",
        "Or else": "".join(
            f'<span dir="auto">{escape(other.text)} '
            f"<small>{percent(other.confidence)}</small></span>"
            for other in answer.alternatives
        ),
        "Right in": documents,
        "Words": f"exact match {percent(outcome.exact_match)}, token F1 {percent(outcome.f1)}",
        "Rank": _ranks(outcome),
        "Question": _about(outcome),
    }
    rows = "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in facts.items() if value)
    return f'<dl class="facts">{rows}</dl>'


def _held_back(outcome: Outcome) -> str:
    if outcome.answered or outcome.best is None:
        return ""
    judged = "right" if outcome.best_right else "not right"
    return f'<span dir="auto">{escape(outcome.best.text)}</span><span class="aside">{judged}</span>'


def _ranks(outcome: Outcome) -> str:
    if not outcome.question.answerable:
        return ""
    ranks = [f"{order} {'–' if rank is None else rank}" for order, rank in outcome.ranks.items()]
    return f'{", ".join(ranks)}<span class="aside">of the first passage with the answer</span>'


def _about(outcome: Outcome) -> str:
    question = outcome.question
    parts = [f"<code>{escape(question.id)}</code>", escape(question.kind)]
    parts.append(f"split {escape(question.split)}")
    if question.fact:
        parts.append(f"fact {escape(question.fact)}")
    return "".join(f"<span>{part}</span>" for part in parts)


def _quotes(outcome: Outcome) -> str:
    return "".join(_quote(citation) for citation in outcome.answer.citations)


def _quote(citation: Citation) -> str:
    here = citation.answer_start - citation.start, citation.answer_end - citation.start
    page = "" if citation.page is None else f"<span>page {citation.page}</span>"
    date = f"<span>{escape(citation.date)}</span>" if citation.date else ""
    return (
        f'<blockquote dir="auto">{marked(citation.quote, [(*here, "given")])}</blockquote>'
        f'<p class="source"><cite>{escape(citation.title or citation.doc_id)}</cite>{date}{page}'
        f"<code>{escape(citation.doc_id)}</code></p>"
    )
