"""Answers that are lists: from the first item to the last, where they stand in one enumeration."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from qa.bounds import Stretch, widen
from qa.layout import units
from qa.quantities import BREAK, BREAKS, SPACE, WORD
from qa.text import words
from qa.types import Span

# An item of the list scores at most so much less than the best one: e to the third in odds.
_COMPARABLE = 3.0
_SEVERAL = re.compile(
    r"""(?:
    \b(?:which|what)\s+(?:(?:other|main|major|key|new|big|important|famous|foreign|different)\s+)?
        (?:(?!(?:does|has|was)\b)[\w-]{2,}[^\W\dsiu]s|people|two|three|four|five|six|seven|eight|nine
        |ten|\d+)\b
  | \b(?:what|who|which)\s+(?:are|were)\b
  | \A\W*(?:name|list)\b
)""",
    re.IGNORECASE | re.VERBOSE,
)

_SEPARATOR = re.compile(
    r"(?<!\s)\s*[,;、，；]\s*(?:(?:and|or|as\s+well\s+as)\b\s*|&\s*)?"
    r"|(?<!\s)\s+(?:and|or|as\s+well\s+as|&)\s+|[和与及或]"
)
_LAST = re.compile(r"[a-z&和与及或]")
_ARTICLE = re.compile(r"\A(?:the|an?)\s+", re.IGNORECASE)
# What no item of an enumeration holds: here a clause begins.
_FOREIGN = re.compile(r"[()\[\]{}|:\u2013\u2014\u201c\u201d\"]")
_CLAUSE = words(
    """
    which who whom whose that where when while because although if but not
    is are was were be been being has have had do does did will would can could may might must
    it they he she we i you this these those there
    """
)
_LONGEST_ITEM = 6  # words
# Where the last item ends: a name from capital to capital, with small words between; anything else
# before a punctuation mark, for nothing else shows it.
_NAME = re.compile(
    r"(?:the\s|an?\s)?[^\W\d_a-z][\w.&-]*+"
    r"(?:\s(?:(?:of|the|for|and)\s){0,2}[^\W_a-z][\w.&-]*+)*+(?!['\u2019]s)"
)
_PHRASE = re.compile(rf"{WORD}(?:{SPACE}{WORD})*+(?=[.;:,!?)]|\Z)", re.VERBOSE)


def asks_for_several(question: str) -> bool:
    """Whether the question's words ask for more than one thing.

    >>> asks_for_several("Which companies came?"), asks_for_several("Which company came?")
    (True, False)
    """
    return _SEVERAL.search(question) is not None


def joined(question: str, spans: Sequence[Span]) -> list[Span]:
    """`spans`, best first, with the best one as the whole list where the question asks for several.

    Its items are spans of the same passage whose scores are comparable.
    """
    if not spans or not asks_for_several(question):
        return list(spans)
    best = spans[0]
    passage = best.passage
    items = [
        (span.start - passage.start, span.end - passage.start)
        for span in spans
        if span.passage == passage and best.score - span.score <= _COMPARABLE
    ]
    stretch = listing(passage.text, items)
    if stretch is None:
        return list(spans)
    start, end = passage.start + stretch[0], passage.start + stretch[1]
    whole = replace(best, start=start, end=end, text=passage.text[stretch[0] : stretch[1]])
    apart = [
        span
        for span in spans
        if span.passage.doc_id != passage.doc_id or span.end <= start or end <= span.start
    ]
    return [whole, *apart]


def listing(text: str, spans: Sequence[Stretch]) -> Stretch | None:
    """The stretch from the first to the last of `spans` where they stand in one enumeration.

    Between neighbours there are only separators ("," ";" "and" "or" "as well as" "&"), articles
    and further items. Where the enumeration goes on to its "and", so does the stretch. None where
    it is no enumeration, or `spans` are not at least two apart from each other.

    >>> text = "Guests were Huawei, the Alibaba Group, Tencent and Baidu."
    >>> start, end = listing(text, [(12, 18), (39, 46)])
    >>> text[start:end]
    'Huawei, the Alibaba Group, Tencent and Baidu'
    """
    items: list[Stretch] = []
    for first, last in sorted(widen(text, *span) for span in spans):
        if items and first < items[-1][1]:
            items[-1] = items[-1][0], max(last, items[-1][1])
        elif first < last:
            items.append((first, last))
    if len(items) < 2:
        return None
    start, end = items[0][0], items[-1][1]
    line_start = max(text.rfind(mark, 0, start) for mark in BREAKS) + 1
    following = BREAK.search(text, end)
    line_end = following.start() if following else len(text)
    # A sentence that is wrapped over lines is one unit of the layout, two paragraphs are not.
    stop = next(unit.end for unit in units(text, line_start, line_end) if start < unit.end)
    contents = [_ARTICLE.sub("", text[first:last]) for first, last in items]
    names = all(content[0].isupper() for content in contents)
    gaps = [text[before:after] for (_, before), (after, _) in pairwise(items)]
    if end > stop or not all(_joins(gap, names) for gap in gaps):
        return None
    # After its "and" an enumeration is over: "A and B, and C opened" is about two.
    if not any(_LAST.search("".join(_SEPARATOR.findall(gap))) for gap in gaps):
        end += _tail(text[end:stop], names, max(len(content.split()) for content in contents))
    return widen(text, start, end)


def _joins(gap: str, names: bool) -> bool:
    """Whether `gap` holds what may stand between two items: a separator at either end."""
    first, *middle = _SEPARATOR.split(gap)
    if first or not middle:
        return False
    last = middle.pop()
    return not _ARTICLE.sub("", last) and all(_is_item(item, names) for item in middle)


def _is_item(content: str, names: bool) -> bool:
    content = _ARTICLE.sub("", content)
    if not 1 <= len(content.split()) <= _LONGEST_ITEM or _FOREIGN.search(content):
        return False
    return _CLAUSE.isdisjoint(content.lower().split()) and not (names and content[0].islower())


def _tail(rest: str, names: bool, longest: int) -> int:
    """How far an enumeration goes on in `rest`: to the item after its "and", else not at all."""
    position = 0
    for separator in _SEPARATOR.finditer(rest):
        between = rest[position : separator.start()]
        if bool(position) != bool(between) or (between and not _is_item(between, names)):
            break
        position = separator.end()
        if _LAST.search(separator.group()):
            last = (_NAME if names else _PHRASE).match(rest, position)
            if last and (names or len(last.group().split()) <= longest):
                return last.end() if _is_item(last.group(), names) else 0
            break
    return 0
