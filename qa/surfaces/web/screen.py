"""What the chat shows, as HTML: the conversation, the panel beside it, the choice of collection."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from qa.surfaces.web.chat import Chat
from qa.surfaces.web.collections import Collection
from qa.surfaces.web.conversation import conversation
from qa.surfaces.web.export import as_json, as_markdown
from qa.surfaces.web.html import escape
from qa.surfaces.web.search import search
from qa.surfaces.web.source import source
from qa.surfaces.web.talk import Talk
from qa.surfaces.web.view import View
from qa.surfaces.web.welcome import chooser, welcome
from qa.surfaces.web.why import why
from qa.types import Answer

READY = "<span hidden data-ready></span>"  # a page has it once the server has answered


class Screen:
    """Draws talks and views of a chat. `title` is the operator's own words."""

    def __init__(self, chat: Chat, *, title: str, writable: bool = False) -> None:
        self._chat = chat
        self._title = title
        self._writable = writable
        self._parcels: Iterator[int] = count()

    def conversation(self, talk: Talk, *, pending: str | None = None) -> str:
        """All turns, and the question that is being answered."""
        chosen = self._collection(talk)
        start = welcome(self._title, chosen, self._chat.examples, writable=self._writable)
        feedback = self._chat.feedback.enabled
        return conversation(talk.turns, welcome=start, pending=pending, feedback=feedback)

    def panel(self, talk: Talk, view: View | None) -> str:
        """The open panel, or nothing."""
        if view is None:
            return ""
        if view.kind == "search":
            return search(view)
        turn = talk.turns[view.turn] if 0 <= view.turn < len(talk.turns) else None
        if view.kind == "why" and turn is not None and isinstance(turn.outcome, Answer):
            return why(turn, turn.outcome)
        return source(view, turn)

    def chooser(self, talk: Talk) -> str:
        """Which collection is asked, where there are several; and that the page is ready."""
        return chooser(self._chat.collections.all(), talk.collection) + READY

    def parcel(self, talk: Talk, kind: str) -> str:
        """A file for the browser to save: `kind` is "markdown" or "json"."""
        text = as_json(talk.turns) if kind == "json" else as_markdown(talk.turns)
        name = "conversation.json" if kind == "json" else "conversation.md"
        media = "application/json" if kind == "json" else "text/markdown"
        # Numbered, for the browser is told only of what is new.
        return (
            f'<div hidden data-number="{next(self._parcels)}" data-name="{name}"'
            f' data-type="{media}">{escape(text)}</div>'
        )

    def _collection(self, talk: Talk) -> Collection | None:
        every = self._chat.collections.all()
        return next((one for one in every if one.id == talk.collection), None)
