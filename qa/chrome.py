"""The lines web pages repeat around their articles: cookie notices, menus, "Leaving a message".

They stay in `Document.text` (offsets never move) and are left out of passages.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from qa.layout import Line, is_structure, lines
from qa.types import Document

# A line has to stand at the edge of this many documents before it counts as chrome.
RECURRENCE = 3
# A document of which less than this share of characters is in lines of its own is a copy.
_OWN_SHARE = 0.05
_TITLE_CHARACTERS = 160


def chrome_lines(documents: Iterable[Document]) -> dict[str, int]:
    """Every chrome line of a corpus, with the number of documents whose edge it stands at.

    The edge of a document is its leading or trailing block: the lines from its first (or its
    last) on, as long as each of them recurs in at least `RECURRENCE` documents. Headings and table
    rows are never chrome, and a document with next to no lines of its own proves none: it is a
    copy of an article, all of which would be taken for its edge.

    >>> pages = [Document(f"{n}.txt", "", f"Menu\\nArticle {n}.\\nI agree") for n in "abc"]
    >>> chrome_lines(pages)
    {'I agree': 3, 'Menu': 3}
    """
    pages = list(documents)
    holders: Counter[str] = Counter()
    for document in pages:
        holders.update({_content(document, line) for line in _body_lines(document)})
    recurring = {
        content
        for content, count in holders.items()
        if count >= RECURRENCE and content and not is_structure(content)
    }
    at_edge: Counter[str] = Counter()
    for document in pages:
        if _is_copy(document, holders):
            continue
        leading, trailing = _edges(document, recurring)
        at_edge.update({_content(document, line) for line in [*leading, *trailing]})
    return {c: n for c, n in sorted(at_edge.items()) if n >= RECURRENCE}


def content_range(document: Document, chrome: Mapping[str, int]) -> tuple[int, int]:
    """The half-open range of `document.text` that is neither front matter nor chrome.

    >>> content_range(Document("a.txt", "", "Menu\\nRobots danced."), {"Menu": 3})
    (5, 19)
    """
    leading, trailing = _edges(document, chrome)
    ink = [line for line in _body_lines(document) if line.start < line.end]
    start, end = document.body_start, len(document.text)
    if len(leading) == len(ink):
        return end, end
    if leading:
        start = ink[len(leading)].start
    if trailing:
        end = trailing[-1].start
    return start, end


def title_of(document: Document, chrome: Mapping[str, int]) -> str:
    """The document's title, or its first line that is not chrome where the title is chrome.

    >>> title_of(Document("a.txt", "Menu", "Menu\\n\\nRobots at the expo\\n"), {"Menu": 3})
    'Robots at the expo'
    """
    if document.title not in chrome:
        return document.title
    start, end = content_range(document, chrome)
    first = next((line for line in lines(document.text, start, end) if line.start < line.end), None)
    if first is None or first.end - first.start > _TITLE_CHARACTERS:
        return document.id
    return _content(document, first)


def _is_copy(document: Document, holders: Mapping[str, int]) -> bool:
    contents = [_content(document, line) for line in _body_lines(document)]
    own = sum(len(content) for content in contents if holders[content] < RECURRENCE)
    return own < _OWN_SHARE * sum(len(content) for content in contents)


def _edges(document: Document, recurring: Iterable[str]) -> tuple[Sequence[Line], Sequence[Line]]:
    ink = [line for line in _body_lines(document) if line.start < line.end]
    leading = _run(document, ink, recurring)
    trailing = _run(document, ink[len(leading) :][::-1], recurring)
    return leading, trailing


def _run(document: Document, ordered: Sequence[Line], recurring: Iterable[str]) -> Sequence[Line]:
    for count, line in enumerate(ordered):
        if _content(document, line) not in recurring:
            return ordered[:count]
    return ordered


def _body_lines(document: Document) -> list[Line]:
    return lines(document.text, document.body_start)


def _content(document: Document, line: Line) -> str:
    return document.text[line.start : line.end]
