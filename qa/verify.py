"""Do citations still hold? Each is held against the document that it names.

An answer that was kept for a year says what it said then; its articles may not. Only here and in
`qa.quote` is a quote searched for: to say where it stands now.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import islice
from typing import Any, Literal

from qa.contract import answer_from_dict
from qa.nearest import Difference, nearest
from qa.occurrences import is_whole, nearest_occurrence, occurrences
from qa.present import answer_to_dict
from qa.types import Answer, Candidate, Citation, Document

Verdict = Literal["ok", "moved", "edited", "missing", "extracted-differently", "contradictory"]

VERSION = 1


@dataclass(frozen=True, slots=True)
class Check:
    """What became of one citation. `place` is its path in the answer, such as "citations[0]".

    - "ok": quote and answer stand at their offsets
    - "moved": the quote stands elsewhere in the document, from `start` to `end`
    - "edited": the document is there, the quote is not; what comes nearest stands from `start` to
      `end` (None where nothing does), and `differences` say how it differs
    - "missing": there is no such document
    - "extracted-differently": the file has the same bytes and gives another text
    - "contradictory": the citation cannot be true of any document: its parts do not fit together,
      or it is not of the words that are given as the answer

    `remarks` are sentences about it; an "ok" may have some, for example that the document has
    changed elsewhere. `written` is what stands from `start` to `end` now.
    """

    place: str
    citation: Citation
    verdict: Verdict
    remarks: tuple[str, ...] = ()
    start: int | None = None
    end: int | None = None
    written: str | None = None
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class Verification:
    """What became of each citation of an answer: its own, of other answers, of the rejected one."""

    checks: tuple[Check, ...]

    @property
    def ok(self) -> bool:
        """Whether every citation holds; true where nothing is cited."""
        return all(check.verdict == "ok" for check in self.checks)


def verify(answer: Answer | Mapping[str, Any], documents: Mapping[str, Document]) -> Verification:
    """Hold every citation of `answer` against `documents`, by id.

    `answer` may be what `qa ask --json` prints. Nothing is read or fetched: an id that is not in
    `documents` is "missing". Raises InputError where `answer` is not what the contract describes.

    >>> from dataclasses import replace
    >>> import qa
    >>> bot = qa.build([qa.Document("w.txt", "Warranty", "It ends after 24 months.")])
    >>> answer = bot.ask("After how many months does the warranty end?")
    >>> verify(answer, bot.documents).ok
    True
    >>> edited = replace(bot.documents["w.txt"], text="It ends after 36 months.")
    >>> [check] = verify(answer, {"w.txt": edited}).checks
    >>> check.verdict, [(d.quoted, d.written) for d in check.differences]
    ('edited', [('24', '36')])
    """
    read = answer_from_dict(answer_to_dict(answer) if isinstance(answer, Answer) else answer)
    sums: dict[str, str] = {}
    checks = []
    for place, citation, given in _cited(read):
        document = documents.get(citation.doc_id)
        if document is not None and document.id not in sums:
            sums[document.id] = _sha256(document.text)
        faults = _contradictions(citation, given)
        if faults:
            checks.append(Check(place, citation, "contradictory", faults))
        elif document is None:
            remark = f"there is no document {citation.doc_id!r}"
            checks.append(Check(place, citation, "missing", (remark,)))
        else:
            checks.append(_check(place, citation, document, sums[document.id]))
    return Verification(tuple(checks))


def verification_to_dict(found: Verification) -> dict[str, Any]:
    """The finding as plain values, ready for `json.dumps`."""
    return {"version": VERSION, "ok": found.ok, "checks": [asdict(one) for one in found.checks]}


def cited_ids(answer: Answer) -> set[str]:
    """The ids of all documents that an answer cites."""
    return {citation.doc_id for _, citation, _ in _cited(answer)}


def _cited(answer: Answer) -> Iterator[tuple[str, Citation, str | None]]:
    """Every citation with its path, and the words that it is given for: the first of each list."""
    candidates: list[tuple[str, Answer | Candidate]] = [("", answer)]
    candidates += [(f"alternatives[{n}].", one) for n, one in enumerate(answer.alternatives)]
    candidates += [("rejected.", answer.rejected)] if answer.rejected else []
    for path, candidate in candidates:
        for number, citation in enumerate(candidate.citations):
            yield f"{path}citations[{number}]", citation, None if number else candidate.text


def _contradictions(citation: Citation, given: str | None) -> tuple[str, ...]:
    """Why the citation cannot be true, whatever the document holds."""
    faults = []
    span = citation.end - citation.start
    if span != len(citation.quote):
        faults.append(f"the offsets span {span:,} characters, the quote {len(citation.quote):,}")
    if not citation.start <= citation.answer_start < citation.answer_end <= citation.end:
        faults.append("the answer does not lie within the quote")
    else:
        first, last = citation.answer_start - citation.start, citation.answer_end - citation.start
        if not faults and citation.quote[first:last] != citation.answer:
            faults.append("the quote does not hold the answer at the answer's offsets")
    if given is not None and given != citation.answer:
        faults.append("the words cited are not the words given as the answer")
    return tuple(faults)


def _check(place: str, citation: Citation, document: Document, digest: str) -> Check:
    same_text = digest == citation.text_sha256
    known = citation.source_sha256 is not None and document.source_sha256 is not None
    same_file = known and citation.source_sha256 == document.source_sha256
    verdict, remarks, stretch, differences = _found(citation, document)
    if same_file and not same_text:
        if verdict == "ok":
            remarks.append("the quote stands at its offsets all the same")
        verdict = "extracted-differently"
        remarks.insert(
            0, "the file is the one that was cited, but another text is extracted from it"
        )
    elif same_text and verdict != "ok":
        remarks.append("the document is the one that was cited: the citation itself is wrong")
    elif not same_text and verdict == "ok":
        remarks.append("the document has changed elsewhere")
    elif known and not same_file and verdict == "ok":
        remarks.append("the file has other bytes than before, but the same text")
    written = None if stretch is None else document.text[slice(*stretch)]
    start, end = stretch or (None, None)
    return Check(place, citation, verdict, tuple(remarks), start, end, written, differences)


def _found(
    citation: Citation, document: Document
) -> tuple[Verdict, list[str], tuple[int, int] | None, tuple[Difference, ...]]:
    """Where the quote stands now: the verdict as the text alone gives it."""
    text = document.text
    here = citation.start, citation.end
    if text[slice(*here)] == citation.quote:
        page = bisect_right(document.page_starts, citation.answer_start) or None
        if page != citation.page:
            pages = f"the answer is on page {page}, not {citation.page}"
            return "moved", [pages], here, ()
        return "ok", _asides(citation, document), here, ()
    place = nearest_occurrence(text, citation.quote, citation.start)
    if place is not None:
        start, end = place
        remark = f"the quote stands at {start}-{end}, not at {citation.start}-{citation.end}"
        if next(islice(occurrences(text, citation.quote), 1, None), None) is not None:
            remark += "; of several places, that is the nearest"
        return "moved", [remark], place, ()
    near = nearest(text, citation.quote)
    if near is None:
        return "edited", ["nothing like the quote is in the document"], None, ()
    remark = f"the quote is not in the document; nearest to it is {near.start}-{near.end}"
    return "edited", [remark], (near.start, near.end), near.differences


def _asides(citation: Citation, document: Document) -> list[str]:
    """What is true of a citation that holds, and should be known."""
    remarks = []
    if not is_whole(document.text, citation.answer_start, citation.answer_end):
        remarks.append("the answer is only part of a word, an amount or a date in the document")
    for name in ("title", "url", "date"):
        was, now = getattr(citation, name), getattr(document, name)
        if was != now:
            remarks.append(f"the {name} of the document is {now!r} now, and was {was!r}")
    return remarks


def _sha256(text: str) -> str:
    """As `qa.text.sha256`, but a document that holds half a character is merely another one."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
