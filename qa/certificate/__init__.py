"""An answer with its proof as one HTML page: a file that asks nothing of any network.

source      a document's text, whole, with what is cited marked
by_hand     commands that check it without this program
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from qa.certificate.by_hand import by_hand
from qa.certificate.source import data, source
from qa.markup import counted, digest, escape, marked
from qa.present import differ
from qa.types import Answer, Candidate, Citation, Document
from qa.verify import Check, Verdict, Verification

_STYLE = Path(__file__).with_name("page.css")
# By its path in the answer, the number and the verdict of each citation.
Checks = Mapping[str, tuple[int, Verdict]]

VERDICTS: Mapping[Verdict, str] = {
    "ok": "holds",
    "moved": "moved",
    "edited": "edited",
    "missing": "missing",
    "extracted-differently": "extracted differently",
    "contradictory": "contradictory",
}


def certificate(
    answer: Answer,
    verification: Verification,
    documents: Mapping[str, Document],
    *,
    settings: Mapping[str, Any],
    checked: str,
    name: str = "proof.html",
) -> str:
    """The whole page, to be written as UTF-8; the same for the same arguments.

    `verification` is what `qa.verify.verify` found of `answer` in `documents`. `settings` say how
    the texts came to be, `checked` when they were looked at; `name` is the file to be written.
    """
    style = _STYLE.read_text(encoding="utf-8")
    policy = f"default-src 'none'; style-src '{digest(style)}'; base-uri 'none'; form-action 'none'"
    numbered = list(enumerate(verification.checks, start=1))
    checks = {check.place: (number, check.verdict) for number, check in numbered}
    cited: dict[str, list[tuple[int, Check]]] = {}
    for number, check in numbered:
        if check.citation.doc_id in documents:
            cited.setdefault(check.citation.doc_id, []).append((number, check))
    sources, commands, texts = "", "", ""
    for number, (doc_id, its) in enumerate(cited.items(), start=1):
        sources += source(documents[doc_id], number, its)
        commands += by_hand(documents[doc_id], number, [check for _, check in its], name)
        texts += data(documents[doc_id], number)
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>{escape(answer.question)}</title><style>{style}</style></head><body>"
        f'<header><p>Certificate of an answer</p><h1 dir="auto">{escape(answer.question)}</h1>'
        f"{_resolved(answer)}</header><main>{_verdict(verification)}"
        f"{_answer(answer, checks)}{_others(answer, checks)}{_table(numbered)}"
        f"{_section('Sources', sources)}{_section('Check it by hand', commands)}"
        f"{_settings(settings, checked)}</main>{texts}</body></html>\n"
    )


def _resolved(answer: Answer) -> str:
    if answer.resolved_question == answer.question:
        return ""
    return f'<p dir="auto">Looked up as: {escape(answer.resolved_question)}</p>'


def _verdict(verification: Verification) -> str:
    count = len(verification.checks)
    held = sum(check.verdict == "ok" for check in verification.checks)
    if not count:
        return '<p class="verdict">Nothing is cited, so there is nothing to check.</p>'
    if verification.ok:
        what = {1: "The citation holds", 2: "Both citations hold"}.get(count)
        what = what or f"All {count:,} citations hold"
        return f'<p class="verdict">{what}: the words stand where the answer says they do.</p>'
    return (
        '<p class="verdict failed" role="alert"><strong>Not verified.</strong> '
        f"{held} of {counted(count, 'citation')} {'holds' if held == 1 else 'hold'}; "
        '<a href="#citations">see why</a>.</p>'
    )


def _answer(answer: Answer, checks: Checks) -> str:
    if answer.text is None:
        reason = f'<p dir="auto">{escape(answer.reason)}</p>' if answer.reason else ""
        return f'<p class="words">The articles do not say.</p>{reason}'
    own = _given(answer.text, answer.citations, "", checks)
    if not answer.conflict:
        return own
    # Every side alike: the page gives no verdict on which is right.
    sides = [
        _given(other.text, other.citations, f"alternatives[{number}].", checks)
        for number, other in enumerate(answer.alternatives)
    ]
    said = differ([answer.text, *(other.text for other in answer.alternatives)])
    return f'<p class="conflict">{said}</p>{own}{"".join(sides)}'


def _given(text: str, citations: Sequence[Citation], path: str, checks: Checks) -> str:
    size = "" if len(text) <= 60 else " long"
    words = f'<p class="words{size}" dir="auto">{escape(text)}</p>'
    return words + _quotes(citations, path, checks)


def _others(answer: Answer, checks: Checks) -> str:
    """Other answers, and the one that did not convince: each with its quotes, folded."""
    others = "".join(
        _candidate(other, f"alternatives[{number}].", checks)
        for number, other in enumerate(() if answer.conflict else answer.alternatives)
    )
    rejected = _candidate(answer.rejected, "rejected.", checks) if answer.rejected else ""
    return _section("Other possible answers", others) + _section(
        "Considered, and not given", rejected
    )


def _candidate(candidate: Candidate, path: str, checks: Checks) -> str:
    return (
        f'<details><summary dir="auto">{escape(candidate.text)} '
        f"<small>{candidate.confidence:.0%}</small></summary>"
        f"{_quotes(candidate.citations, path, checks)}</details>"
    )


def _quotes(citations: Sequence[Citation], path: str, checks: Checks) -> str:
    return "".join(
        _quote(citation, *checks[f"{path}citations[{number}]"])
        for number, citation in enumerate(citations)
    )


def _quote(citation: Citation, number: int, verdict: Verdict) -> str:
    """The quote as it was cited; where it holds no longer, that is said at once."""
    here = citation.answer_start - citation.start, citation.answer_end - citation.start
    page = "" if citation.page is None else f"<span>page {citation.page}</span>"
    date = f"<span>{escape(citation.date)}</span>" if citation.date else ""
    state = "" if verdict == "ok" else f"<strong>{VERDICTS[verdict]}</strong>"
    return (
        f'<blockquote dir="auto">{marked(citation.quote, [(*here, "answer")])}</blockquote>'
        f'<p class="facts"><a href="#check-{number}">[{number}]</a>{state}'
        f"<cite>{escape(citation.title or citation.doc_id)}</cite>{date}{page}"
        f"<code>{escape(citation.doc_id)}</code></p>"
    )


def _table(numbered: Sequence[tuple[int, Check]]) -> str:
    rows = "".join(_row(number, check) for number, check in numbered)
    return _section("Citations", f'<ol class="checks">{rows}</ol>' if rows else "", "citations")


def _row(number: int, check: Check) -> str:
    citation = check.citation
    state = "ok" if check.verdict == "ok" else "failed"
    place = f"characters {citation.start:,} to {citation.end:,}"
    linked = f'<a href="#c{number}">{place}</a>' if check.start is not None else place
    said = "".join(f"<li>{escape(remark)}</li>" for remark in check.remarks)
    said += "".join(
        f"<li><del>{escape(one.quoted) or '(nothing)'}</del> is now "
        f"<ins>{escape(one.written) or '(nothing)'}</ins>"
        f"{', a different figure' if one.figures else ''}</li>"
        for one in check.differences
    )
    remarks = f"<ul>{said}</ul>" if said else ""
    return (
        f'<li class="{state}" id="check-{number}"><p><b>{VERDICTS[check.verdict]}</b> '
        f"<q>{escape(citation.answer)}</q></p>"
        f'<p class="facts"><code>{escape(citation.doc_id)}</code><span>{linked}</span>'
        f"<span>{escape(check.place)}</span></p>{remarks}</li>"
    )


def _settings(settings: Mapping[str, Any], checked: str) -> str:
    rows = _facts([("Checked", checked), *_flat(settings)])
    return _section("How the texts came to be", f'<dl class="settings">{rows}</dl>')


def _flat(settings: Mapping[str, Any], above: str = "") -> Iterable[tuple[str, object]]:
    for key, value in settings.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{above}{key} ")
        else:
            yield f"{above}{key}".replace("_", " "), value


def _facts(facts: Iterable[tuple[str, object]]) -> str:
    return "".join(f"<dt>{escape(key)}</dt><dd>{escape(value)}</dd>" for key, value in facts)


def _section(heading: str, body: str, anchor: str = "") -> str:
    named = f' id="{anchor}"' if anchor else ""
    return f"<section><h2{named}>{heading}</h2>{body}</section>" if body else ""
