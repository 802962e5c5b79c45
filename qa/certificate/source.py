"""A document's text on the page: all of it, what is cited marked, what is far from that folded."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import pairwise

from qa.markup import Stretch, escape, marked
from qa.text import sha256
from qa.types import Document
from qa.verify import Check

# Characters shown on either side of what is cited; a gap shorter than this is shown too.
_AROUND, _GAP = 900, 600


def source(document: Document, number: int, checks: Sequence[tuple[int, Check]]) -> str:
    """The document with its sums, and its text with the numbered `checks` marked."""
    # Only these two: a browser runs what a `javascript:` link holds.
    title = escape(document.title or document.id)
    if document.url and document.url.lower().startswith(("http://", "https://")):
        title = f'<a href="{escape(document.url)}" rel="noopener noreferrer">{title}</a>'
    date = f"<span>{escape(document.date)}</span>" if document.date else ""
    return (
        f'<article id="source-{number}"><h3 dir="auto">{title}</h3>'
        f'<p class="facts"><code>{escape(document.id)}</code>{date}'
        f"<span>{len(document.text):,} characters</span></p>"
        f"{_sums(document, [check for _, check in checks])}{_text(document.text, checks)}</article>"
    )


def data(document: Document, number: int) -> str:
    """The text once more, for programs: in HTML, some characters cannot be written."""
    text = json.dumps(document.text)
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return f'<script id="text-{number}" type="application/json">{text}</script>'


def _sums(document: Document, checks: Sequence[Check]) -> str:
    """The sums of text and file now, and those that were cited where they are others."""
    rows = [("SHA-256 of the text", sha256(document.text))]
    rows += sorted(
        {
            ("… when it was cited", check.citation.text_sha256)
            for check in checks
            if check.citation.text_sha256 != rows[0][1]
        }
    )
    if document.source_sha256 is not None:
        rows.append(("SHA-256 of the file", document.source_sha256))
    rows += sorted(
        {
            ("… when it was cited", check.citation.source_sha256)
            for check in checks
            if check.citation.source_sha256 not in (None, document.source_sha256)
        }
    )
    body = "".join(f"<dt>{name}</dt><dd><code>{digest}</code></dd>" for name, digest in rows)
    return f'<dl class="sums">{body}</dl>'


def _text(text: str, checks: Sequence[tuple[int, Check]]) -> str:
    stretches: list[Stretch] = []
    anchors: dict[int, str] = {}
    windows = []
    for number, check in checks:
        if check.start is None or check.end is None:
            continue
        stretches += _marks(check)
        anchors[check.start] = anchors.get(check.start, "") + f'<a id="c{number}"></a>'
        windows.append((check.start, check.end))
    parts = []
    for start, end, shown in _folds(text, windows):
        inside = [offset for offset in sorted(anchors) if start <= offset < end]
        cuts = [start, *(offset for offset in inside if offset > start), end]
        body = "".join(
            anchors.get(here, "")
            + marked(text[here:there], [(a - here, b - here, name) for a, b, name in stretches])
            for here, there in pairwise(cuts)
        )
        block = f'<div class="text" dir="auto">{body}</div>'
        if not shown:
            said = f"{end - start:,} more characters of this document"
            block = f"<details><summary>{said}</summary>{block}</details>"
        parts.append(block)
    return "".join(parts)


def _marks(check: Check) -> list[Stretch]:
    """The quote and the answer in it; where the words are others now, only that they were here."""
    start, end = check.start or 0, check.end or 0
    citation = check.citation
    if check.written != citation.quote:
        return [(start, end, "near")]
    moved = start - citation.start
    return [
        (start, end, "quote"),
        (citation.answer_start + moved, citation.answer_end + moved, "answer"),
    ]


def _folds(text: str, windows: Sequence[tuple[int, int]]) -> list[tuple[int, int, bool]]:
    """The text in stretches, in order, and whether each is shown or folded."""
    size = len(text)
    shown: list[list[int]] = []
    for start, end in sorted(windows or [(0, 0)]):
        first = _break(text, max(0, start - _AROUND), start)
        last = _break_back(text, end, min(size, end + _AROUND))
        if shown and first - shown[-1][1] < _GAP:
            shown[-1][1] = max(shown[-1][1], last)
        else:
            shown.append([first, last])
    if shown[0][0] < _GAP:
        shown[0][0] = 0
    if size - shown[-1][1] < _GAP:
        shown[-1][1] = size
    found: list[tuple[int, int, bool]] = []
    at = 0
    for first, last in shown:
        found += [(at, first, False)] if at < first else []
        found.append((first, last, True))
        at = last
    return [*found, (at, size, False)] if at < size else found


def _break(text: str, start: int, end: int) -> int:
    """The first place in that stretch after a line's end, else after a space; else its start."""
    for mark in "\n ":
        at = text.find(mark, start, end)
        if start and at >= 0:
            return at + 1
    return start


def _break_back(text: str, start: int, end: int) -> int:
    """The last place in that stretch after a line's end, else after a space; else its end."""
    for mark in "\n ":
        at = text.rfind(mark, start, end)
        if end < len(text) and at >= 0:
            return at + 1
    return end
