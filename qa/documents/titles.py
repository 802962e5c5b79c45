"""Titles for documents that do not name theirs."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

_LONGEST = 120
_SENTENCE_ENDS = (".", "!", "?", "…", "。", "！", "？")


def title_from_name(doc_id: str) -> str:
    """The file's name without its suffix, as words.

    >>> title_from_name("2021/smart-china_expo.md")
    'smart china expo'
    """
    return " ".join(re.split(r"[-_\s]+", PurePosixPath(doc_id).stem)).strip() or doc_id


def title_from_first_line(text: str) -> str | None:
    """The first line that is not blank, where it is short and does not end like a sentence.

    >>> title_from_first_line("Robots on stage\\n\\nThey danced.")
    'Robots on stage'
    >>> title_from_first_line("They danced.") is None
    True
    """
    first = re.search(r"\S[^\r\n]*", text)
    if first is None:
        return None
    line = " ".join(first.group().split())
    is_sentence = line.rstrip("\"'”’»」』)").endswith(_SENTENCE_ENDS)
    return None if is_sentence or len(line) > _LONGEST else line
