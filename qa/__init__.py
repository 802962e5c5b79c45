"""Footnote: ask your articles a question, get the exact words that answer it, and where they stand.

>>> import qa
>>> bot = qa.build([qa.Document("expo.txt", "Expo", "Robots danced at the 2018 expo.")])
>>> answer = bot.ask("What did robots do at the 2018 expo?")
>>> answer.citations[0].quote
'Robots danced at the 2018 expo.'

Importing `qa` loads nothing heavy; `qa.open` and `qa.build` do.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from qa.errors import IndexNotFoundError, InputError, QAError
from qa.types import (
    Answer,
    Candidate,
    Citation,
    Document,
    Hit,
    Passage,
    Policy,
    Settings,
    Span,
)

if TYPE_CHECKING:
    from qa.answerer import Bot
    from qa.assembly import build
    from qa.assembly import open_index as open
    from qa.conversation import Conversation

__version__ = "0.1.0"

__all__ = [
    "Answer",
    "Bot",
    "Candidate",
    "Citation",
    "Conversation",
    "Document",
    "Hit",
    "IndexNotFoundError",
    "InputError",
    "Passage",
    "Policy",
    "QAError",
    "Settings",
    "Span",
    "build",
    "open",
]

_LAZY = {
    "Bot": ("qa.answerer", "Bot"),
    "Conversation": ("qa.conversation", "Conversation"),
    "build": ("qa.assembly", "build"),
    "open": ("qa.assembly", "open_index"),
}


def __dir__() -> list[str]:
    return sorted({*globals(), *_LAZY})


def __getattr__(name: str) -> Any:
    if name not in _LAZY:
        raise AttributeError(f"module 'qa' has no attribute {name!r}")
    module, attribute = _LAZY[name]
    return getattr(import_module(module), attribute)
