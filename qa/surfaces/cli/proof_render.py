"""Findings about citations and passages as text for a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from qa.quote import Place, QuoteCheck
from qa.surfaces.cli.kept_answers import Kept
from qa.surfaces.cli.render import marked_quote, place_of, printable
from qa.surfaces.wording import NORMALISED, difference, quotation
from qa.verify import Check, Verification


def verifications(kept: Sequence[Kept], findings: Sequence[Verification]) -> str:
    """A line a citation, what is to be said of it below, and how many hold."""
    blocks = []
    for one, finding in zip(kept, findings, strict=True):
        named = f"{one.id}: " if one.id is not None else ""
        lines = [printable(f"{named}{one.answer.question}")]
        width = max((len(check.verdict) for check in finding.checks), default=0)
        places = max((len(check.place) for check in finding.checks), default=0)
        for check in finding.checks:
            lines += _check(check, width, places)
        blocks.append("\n".join([*lines, f"  {summary(finding)}"]))
    return "\n\n".join(blocks)


def summary(finding: Verification) -> str:
    """How many citations hold.

    >>> summary(Verification(()))
    'nothing is cited, so nothing can be checked'
    """
    count = len(finding.checks)
    if not count:
        return "nothing is cited, so nothing can be checked"
    held = sum(check.verdict == "ok" for check in finding.checks)
    noun = "citation holds" if count == 1 else "citations hold"
    return f"{held} of {count} {noun}"


def quote(check: QuoteCheck, *, colour: bool) -> str:
    """Whether the passage stands in the articles, and every place that is given."""
    lines = [quotation(check)]
    for number, place in enumerate(check.places, start=1):
        lines += ["", *_place(number, place, check.match, colour)]
    if check.count > len(check.places):
        lines += ["", f"... and {check.count - len(check.places):,} more"]
    return "\n".join(lines)


def _check(check: Check, width: int, places: int) -> list[str]:
    citation = check.citation
    where = f"{citation.doc_id}, characters {citation.start}-{citation.end}"
    head = f"  {check.verdict:<{width}}  {check.place:<{places}}  {printable(where)}"
    said = [*check.remarks, *(difference(one) for one in check.differences)]
    return [head, *(f"  {'':<{width}}  {printable(one)}" for one in said)]


def _place(number: int, place: Place, match: str, colour: bool) -> list[str]:
    lines = [f"[{number}] {marked_quote(place.citation, colour)}"]
    lines.append(f"    {place_of(place.citation)}")
    if place.match != match:
        lines.append(f"    {NORMALISED}")
    if place.match == "nearest":
        lines.append(f"    {place.similarity:.0%} of the words are the same")
        lines += [f"    {printable(difference(one))}" for one in place.differences]
        if not place.differences:
            lines.append("    it differs in white space alone")
    return lines
