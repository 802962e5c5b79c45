"""Text as HTML. Questions and articles are hostile: they are shown as they are, and only shown."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterable
from itertools import pairwise

_REPLACEMENT = "\ufffd"
# A carriage return would be read as a newline; other control characters and lone surrogates have
# no place in a page at all.
_ENTITIES: dict[int, str] = {
    **dict.fromkeys([*range(0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000)], _REPLACEMENT),
    **{ord(character): f"&#{ord(character)};" for character in "&<>\"'\r"},
    **{ord(character): character for character in "\t\n"},
}

Stretch = tuple[int, int, str]
"""Where something starts and ends in a text, and the class of its mark."""


def escape(text: object) -> str:
    """`text` as HTML that shows exactly `text`, in an element or in a quoted attribute.

    >>> escape("<b>'&'</b>")
    '&#60;b&#62;&#39;&#38;&#39;&#60;/b&#62;'
    """
    return str(text).translate(_ENTITIES)


def marked(text: str, stretches: Iterable[Stretch]) -> str:
    """`text` with marks at these offsets, which may overlap; what lies outside of it is cut off.

    >>> marked("All 530 projects", [(4, 7, "given"), (4, 16, "gold")])
    'All <mark class="given gold">530</mark><mark class="gold"> projects</mark>'
    """
    size = len(text)
    inside = [(max(0, start), min(end, size), name) for start, end, name in stretches]
    inside = [(start, end, name) for start, end, name in inside if start < end]
    cuts = sorted({0, size, *(cut for start, end, _ in inside for cut in (start, end))})
    parts = []
    for here, there in pairwise(cuts):
        names = sorted({name for start, end, name in inside if start <= here and there <= end})
        words = escape(text[here:there])
        parts.append(f'<mark class="{" ".join(names)}">{words}</mark>' if names else words)
    return "".join(parts)


def counted(number: int, noun: str) -> str:
    """A number with its noun.

    >>> counted(1, "question"), counted(2000, "question")
    ('1 question', '2,000 questions')
    """
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def digest(text: str) -> str:
    """What a content security policy calls an inline style or script by.

    >>> digest("")
    'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='
    """
    return f"sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
