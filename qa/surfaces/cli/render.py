"""Answers, passages and indexes as text for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import asdict, replace
from itertools import count
from typing import TYPE_CHECKING, Any

from qa.present import differ
from qa.types import Answer, Candidate, Citation, Hit

if TYPE_CHECKING:
    from qa.index import Index

_WIDTH = 88
# An article must not steer the terminal, nor write lines of its own: escape and other control
# characters become a sign, line ends a space.
_SIGNS = {n: "\ufffd" for n in (*range(32), *range(127, 160)) if n != ord("\t")}
_SIGNS |= dict.fromkeys(map(ord, "\n\r\f\v\x85\u2028\u2029"), " ")

# What JSON may hold as it is and a terminal obeys, or some programs take for the end of a line.
ESCAPES = {n: f"\\u{n:04x}" for n in (*range(127, 160), 0x2028, 0x2029)}


def printable(text: str) -> str:
    """`text` on one line, without control characters.

    >>> printable("red \\x1b[31m\\nor not")
    'red \ufffd[31m or not'
    """
    return text.translate(_SIGNS)


def answer(found: Answer, *, colour: bool) -> str:
    """The answer, the quotes with the span marked, where they stand, and what else is possible.

    Where sources differ, each side is shown like that. A question that was resolved comes first.
    """
    if found.resolved_question != found.question:
        alone = replace(found, question=found.resolved_question)
        return f"{printable(found.resolved_question)}\n\n{answer(alone, colour=colour)}"
    if found.text is None:
        return _silence(found, colour)
    sides = [(found.text, found.citations)]
    if found.conflict:
        sides += [(other.text, other.citations) for other in found.alternatives]
    lines = [differ([text for text, _ in sides]), ""] if found.conflict else []
    numbers = count(1)
    for text, citations in sides:
        lines += [printable(text), ""]
        for citation in citations:
            lines += [f"[{next(numbers)}] {marked_quote(citation, colour)}"]
            lines += [f"    {place_of(citation)}"]
        lines.append("")
    lines.append(f"confidence {found.confidence:.0%}")
    if found.agreement > 1 and not found.conflict:
        lines[-1] += f", {found.agreement} independent articles say so"
    if not found.conflict:
        lines += [_alternative(candidate) for candidate in found.alternatives]
    return "\n".join(lines)


def _silence(found: Answer, colour: bool) -> str:
    """Why there is no answer, the words that did not convince, and the nearest passages, if any."""
    said = [f"The articles do not answer this. {printable(found.reason or '')}"]
    if found.signal == "off-topic":
        return said[0]
    if found.rejected is not None:
        citation = found.rejected.citations[0]
        said.append(f"nearest words: {marked_quote(citation, colour)}\n  {place_of(citation)}")
    return "\n\n".join([*said, *(_related(hit) for hit in found.hits[:3])])


def hits(found: Sequence[Hit]) -> str:
    """Passages with their ranks and scores, best first."""
    if not found:
        return "No passage matches."
    return "\n\n".join(_hit(number, hit) for number, hit in enumerate(found, start=1))


def built(found: Index, folder: str) -> str:
    """What a build made."""
    lines = [
        f"{folder}: {len(found.documents)} documents, {len(found.passages)} passages, "
        f"build {found.build_id}"
    ]
    lines += [f"skipped {printable(reason)}" for reason in found.skipped]
    return "\n".join(lines)


def index_to_dict(found: Index) -> dict[str, Any]:
    """What an index holds, as plain values."""
    return {
        "build_id": found.build_id,
        "documents": len(found.documents),
        "passages": len(found.passages),
        "terms": len(found.lexical.vocabulary),
        "settings": asdict(found.settings),
        "encoder": {"name": found.encoder_name, "sha256": found.encoder_sha256},
        "extractors": dict(found.extractors),
        "skipped": list(found.skipped),
    }


def index(described: dict[str, Any]) -> str:
    """What `index_to_dict` gave, a line a fact; lists below their name."""
    lines = []
    for name, value in described.items():
        if isinstance(value, dict):
            lines += [f"{name}:", *(f"  {key}: {item}" for key, item in value.items())]
        elif isinstance(value, list):
            lines += [f"{name}:", *(f"  {item}" for item in value)] if value else []
        else:
            lines.append(f"{name}: {value}")
    return "\n".join(map(printable, lines))


def marked_quote(citation: Citation, colour: bool) -> str:
    first = citation.answer_start - citation.start
    last = citation.answer_end - citation.start
    before, after = ("\x1b[1;4m", "\x1b[0m") if colour else (">>", "<<")
    quote = citation.quote
    parts = (printable(quote[:first]), printable(quote[first:last]), printable(quote[last:]))
    return f"{parts[0]}{before}{parts[1]}{after}{parts[2]}"


def place_of(citation: Citation) -> str:
    parts = [citation.title, citation.doc_id]
    parts += [f"page {citation.page}"] if citation.page else []
    parts += [citation.date] if citation.date else []
    parts.append(f"characters {citation.answer_start}-{citation.answer_end}")
    return printable(", ".join(parts))


def _alternative(candidate: Candidate) -> str:
    where = f"{candidate.confidence:.0%}, {candidate.citations[0].title}"
    return printable(f"also possible: {candidate.text} ({where})")


def _related(hit: Hit) -> str:
    text = textwrap.shorten(printable(hit.passage.text), _WIDTH, placeholder=" ...")
    return f"related: {printable(hit.passage.title)} ({printable(hit.passage.doc_id)})\n  {text}"


def _hit(number: int, hit: Hit) -> str:
    retrievers = ", ".join(
        f"{name} {hit.scores[name]:.3f} (rank {hit.ranks[name] or '-'})" for name in hit.scores
    )
    head = f"{number}. {printable(hit.passage.title)}, {printable(hit.passage.id)}"
    body = textwrap.indent(textwrap.fill(printable(hit.passage.text), _WIDTH), "   ")
    return f"{head}\n   fused {hit.score:.3f}, {retrievers}\n{body}"
