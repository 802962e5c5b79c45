"""What the chat shows, as HTML: the conversation, the panel beside it, the choice of collection."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from qa.surfaces.web.chat import Chat
from qa.surfaces.web.collections import Collection
from qa.surfaces.web.conversation import conversation
from qa.surfaces.web.deed import Deed
from qa.surfaces.web.export import as_json, as_markdown
from qa.surfaces.web.html import escape
from qa.surfaces.web.proof import NAME
from qa.surfaces.web.quotation import quoting
from qa.surfaces.web.search import search
from qa.surfaces.web.seen import Seen
from qa.surfaces.web.source import source
from qa.surfaces.web.talk import Talk
from qa.surfaces.web.view import View
from qa.surfaces.web.welcome import OPENED, chooser, welcome
from qa.surfaces.web.why import why
from qa.types import Answer

COMPOSER = (
    # Its script opens it: before that, what is sent would be lost.
    '<form class="qa-asking"><textarea rows="1" aria-label="Your question" autocomplete="off" '
    'placeholder="Ask a question" disabled></textarea>'
    '<button type="submit" class="qa-pill qa-solid" disabled>Ask</button></form>'
)
READY = "<span hidden data-ready></span>"  # a page has it once the server has answered


class Screen:
    """Draws talks and views of a chat. `title` is the operator's own words."""

    def __init__(self, chat: Chat, *, title: str, writable: bool = False) -> None:
        self._chat = chat
        self._title = title
        self._writable = writable
        self._parcels: Iterator[int] = count()

    def conversation(self, seen: Seen, *, is_ready: bool = True) -> str:
        """All turns, and the questions that are being answered.

        Before a page is ready what is done on it would be lost: until then nothing can be done.
        """
        if seen.is_opening:
            return OPENED
        talk, feedback = seen.talk, self._chat.feedback.enabled
        chosen = self._collection(talk)
        start = welcome(
            self._title, chosen, self._chat.examples, writable=self._writable, is_ready=is_ready
        )
        waiting = [asked.question for asked in talk.waiting]
        return conversation(talk.turns, welcome=start, waiting=waiting, feedback=feedback)

    def panel(self, talk: Talk, view: View | None) -> str:
        """The open panel, or nothing."""
        if view is None:
            return ""
        if view.kind == "search":
            return search(view)
        if view.kind == "quotation":
            return quoting(view)
        turn = talk.turns[view.turn] if 0 <= view.turn < len(talk.turns) else None
        if view.kind == "why" and turn is not None and isinstance(turn.outcome, Answer):
            return why(turn, turn.outcome)
        return source(view, turn)

    def chooser(self, talk: Talk) -> str:
        """Which collection is asked, where there are several; and that the page is ready."""
        return chooser(self._chat.collections.all(), talk.collection) + READY

    def parcel(self, talk: Talk, deed: Deed) -> str:
        """A file for the browser to save: the conversation, or the proof of an answer.

        Raises InputError where the articles that would prove it are gone.
        """
        if deed.name == "markdown":
            return self._parcel("conversation.md", "text/markdown", as_markdown(talk.turns))
        if deed.name == "json":
            return self._parcel("conversation.json", "application/json", as_json(talk.turns))
        page = self._chat.certificate(talk, deed)
        return "" if page is None else self._parcel(NAME, "text/html", page)

    def _parcel(self, name: str, media: str, text: str) -> str:
        # Numbered, for the browser is told only of what is new.
        return (
            f'<div hidden data-number="{next(self._parcels)}" data-name="{name}"'
            f' data-type="{media}">{escape(text)}</div>'
        )

    def _collection(self, talk: Talk) -> Collection | None:
        every = self._chat.collections.all()
        return next((one for one in every if one.id == talk.collection), None)
