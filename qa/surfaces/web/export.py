"""A conversation with its citations as a file: Markdown for people, JSON for programs."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from qa.errors import QAError
from qa.present import answer_to_dict, differ
from qa.surfaces.web.source import is_web
from qa.surfaces.web.turn import Turn
from qa.types import Answer, Candidate, Citation

# What Markdown could take for markup: at the start of a line, and anywhere.
_ANYWHERE = re.compile(r"([\\`*_\[\]<>|~$&])")
_AT_THE_START = re.compile(r"^([ \t]*)([#+=-]|\d{1,9}(?=[.)]))", re.MULTILINE)


def as_json(turns: Sequence[Turn]) -> str:
    """The turns as a JSON list: answers in the shape of `qa/answer.schema.json`, errors as such.

    >>> as_json([Turn("Who?", QAError("busy", hint="wait"))])
    '[\\n {\\n  "question": "Who?",\\n  "error": "busy",\\n  "hint": "wait"\\n }\\n]\\n'
    """
    return json.dumps([_shape(turn) for turn in turns], ensure_ascii=False, indent=1) + "\n"


def as_markdown(turns: Sequence[Turn]) -> str:
    """The turns as Markdown, in which questions and articles are text and never markup.

    >>> print(as_markdown([Turn("*Who?*", QAError("busy"))]))
    # Conversation
    <BLANKLINE>
    ## \\*Who?\\*
    <BLANKLINE>
    busy
    <BLANKLINE>
    """
    return "# Conversation\n\n" + "\n".join(_turn(turn) for turn in turns)


def plain(text: str) -> str:
    """`text` as Markdown that shows exactly these characters, line breaks as spaces.

    >>> plain("# 1 * 2")
    '\\\\# 1 \\\\* 2'
    """
    line = " ".join(text.splitlines())
    return _AT_THE_START.sub(r"\1\\\2", _ANYWHERE.sub(r"\\\1", line))


def _shape(turn: Turn) -> dict[str, Any]:
    if isinstance(turn.outcome, QAError):
        error = turn.outcome
        return {"question": turn.question, "error": str(error), "hint": error.hint}
    return answer_to_dict(turn.outcome)


def _turn(turn: Turn) -> str:
    outcome = turn.outcome
    lines = [f"## {plain(turn.question)}", ""]
    if isinstance(outcome, QAError):
        lines += [plain(str(outcome)), ""]
        return "\n".join(lines)
    if outcome.resolved_question != outcome.question:
        lines += [f"Understood as: {plain(outcome.resolved_question)}", ""]
    lines += _answer(outcome) if outcome.text is not None else _refusal(outcome)
    return "\n".join(lines)


def _answer(answer: Answer) -> list[str]:
    own = Candidate(answer.text or "", answer.confidence, answer.citations)
    if answer.conflict:
        sides = (own, *answer.alternatives)
        return [differ([side.text for side in sides]), "", *_listed(sides, is_rated=False)]
    sure = f"Confidence {answer.confidence:.0%}"
    if answer.agreement > 1:
        sure += f"; {answer.agreement} independent articles say so"
    lines = [f"**{plain(own.text)}**", "", sure, "", *_cited(answer.citations)]
    if answer.alternatives:
        lines += ["### Other possible answers", "", *_listed(answer.alternatives)]
    return lines


def _listed(candidates: Sequence[Candidate], *, is_rated: bool = True) -> list[str]:
    lines = []
    for candidate in candidates:
        sure = f" ({candidate.confidence:.0%})" if is_rated else ""
        lines += [f"**{plain(candidate.text)}**{sure}", "", *_cited(candidate.citations)]
    return lines


def _refusal(answer: Answer) -> list[str]:
    lines = ["The articles do not answer this.", "", plain(answer.reason or ""), ""]
    rejected: Candidate | None = answer.rejected
    if rejected is not None:
        lines += [f"The nearest words, which did not convince: {plain(rejected.text)}", ""]
    return lines


def _cited(citations: Sequence[Citation]) -> list[str]:
    lines = []
    for number, citation in enumerate(citations, 1):
        lines += [f"{number}. {_source(citation)}", "", f"   > {_quote(citation)}", ""]
    return lines


def _quote(citation: Citation) -> str:
    start, end = citation.answer_start - citation.start, citation.answer_end - citation.start
    before, words, after = (
        plain(part)
        for part in (citation.quote[:start], citation.quote[start:end], citation.quote[end:])
    )
    return f"{before}**{words}**{after}"


def _source(citation: Citation) -> str:
    page = "" if citation.page is None else f", page {citation.page}"
    where = f"{citation.doc_id}, characters {citation.answer_start}–{citation.answer_end}"
    url = citation.url if citation.url is not None and is_web(citation.url) else None
    link = "" if url is None else f", {plain(url)}"
    return (
        f"{plain(citation.title)} ({plain(citation.date or 'undated')}{page}), {plain(where)}{link}"
    )
