"""Where sentences begin and end, as offsets into the unaltered text."""

from __future__ import annotations

import re

from qa.text import words

# A mark that may end a sentence, with the quotes and brackets that close around it. Latin marks
# need white space after them ("3.5", "qa.open"); full-width ones do not. A run of marks is tried
# once, from its first: from each of them in turn, a long run of full stops would take forever.
_END = re.compile(
    r"(?<![.!?\u2026])[.!?\u2026]++[\"'\u2019\u201d\u00bb)\]]*+(?=\s)"
    r"|[。！？]+[\u300d\u300f\u201d\u2019）]*"
)
_SPACE = re.compile(r"\s*")
_LAST_WORD = re.compile(r"(\S+)$")

# Abbreviations that are followed by a name or the like, so never end a sentence there.
_LEADING = words(
    "mr mrs ms dr prof st gen col capt lt sgt gov sen rep rev hon pres mt ft "
    "ca cf vs e.g i.e approx"
)
# Abbreviations that are followed by a number; before anything else some of them are plain words.
_NUMBERED = words(
    "no nos fig figs vol pp art sec ch eq jan feb mar apr jun jul aug sep sept oct nov dec"
)
# After "U.S." or "J." a capital may go on with a name; only these words surely begin a sentence.
_OPENERS = words(
    """
    The This That These Those It Its He His She Her They Their We A An Each Both Many Most There
    In On At As For By With From After Before When While Since Although If But And However
    """
)
# An initial or letters with full stops between them ("j", "u.s", "ph.d"), but not "3.2".
_ACRONYM = re.compile(r"(?:^|\W)(?:[^\W\d_]{1,2}\.)*[^\W\d_]$")
_ORDINAL = re.compile(r"^\(?\d{1,3}\.$")


def sentence_spans(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """The sentences of `text[start:end]` as half-open ranges of code points into `text`.

    Together they hold every character of the stretch that is not white space.

    >>> text = "It cost 94.47 billion U.S. dollars. Dr. Li was there."
    >>> [text[a:b] for a, b in sentence_spans(text)]
    ['It cost 94.47 billion U.S. dollars.', 'Dr. Li was there.']
    """
    end = len(text) if end is None else end
    spans = []
    begin = _skip_space(text, start, end)
    for match in _END.finditer(text, begin, end):
        stop = match.end()
        following = _skip_space(text, stop, end)
        if following >= end or stop <= begin:
            continue
        if _ends_sentence(text, begin, stop, following):
            spans.append((begin, stop))
            begin = following
    last = _last_ink(text, begin, end)
    if last > begin:
        spans.append((begin, last))
    return spans


def _ends_sentence(text: str, begin: int, stop: int, following: int) -> bool:
    next_character = text[following]
    if next_character.islower():
        return False
    if text[stop - 1] != ".":
        return True
    word_match = _LAST_WORD.search(text, max(begin, stop - 40), stop)
    word = word_match.group(1) if word_match else ""
    if _ORDINAL.match(word) and word_match is not None and word_match.start(1) == begin:
        return False
    bare = word.strip("\"'\u2018\u201c([").rstrip(".").lower()
    if bare in _LEADING:
        return False
    if bare in _NUMBERED:
        return not next_character.isdigit()
    if _ACRONYM.search(bare):
        next_word = re.match(r"\w+", text[following : following + 20])
        return next_word is None or next_word.group() in _OPENERS
    return True


def _skip_space(text: str, start: int, end: int) -> int:
    match = _SPACE.match(text, start, end)
    return match.end() if match else start


def _last_ink(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end
