"""What a window shows of the chat at one moment: its conversation, and the panel beside it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from qa.errors import QAError
from qa.surfaces.web.deed import Deed
from qa.surfaces.web.talk import Asked, Talk
from qa.surfaces.web.turn import Turn, places
from qa.surfaces.web.view import View

KEPT = 8  # panels that were open before and can still be meant


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """A conversation, the open panel (None where there is none), and those before it.

    `left` is the panel that was open when a question was asked last: its answer may replace that
    one, and none that was opened since. `is_busy`: some event is answering the questions that wait,
    and will answer further ones. `is_opening`: the last visit's conversation is being looked up.
    """

    talk: Talk = field(default_factory=Talk)
    view: View | None = None
    before: tuple[View, ...] = ()
    left: View | None = None
    is_busy: bool = False
    is_opening: bool = False

    def looking_at(self, view: View | None) -> Seen:
        """The same with another panel, or none."""
        kept = (self.view, *self.before) if self.view is not None else self.before
        return replace(self, view=view, before=kept[:KEPT])

    def view_of(self, deed: Deed) -> View | None:
        """The panel that a deed was done in, which may have given way to another meanwhile."""
        known = (self.view, *self.before)
        return next((view for view in known if view is not None and view.id == deed.view), None)

    def asking(self, talk: Talk, asked: Asked) -> Seen:
        """The same with `talk`, and a question of it that waits for its answer."""
        return replace(self, talk=talk.asking(asked), left=self.view)

    def answered(self, asked: Asked, turn: Turn) -> Seen:
        """The same with the answer to the question that waits longest.

        Nothing is added where that question was withdrawn, as a new conversation does. A source
        that was open when it was asked gives way to the first one of the new answer.
        """
        if not self.talk.waiting or self.talk.waiting[0] is not asked:
            return self
        talk = replace(self.talk.plus(turn), waiting=self.talk.waiting[1:])
        after = replace(self, talk=talk)
        return after if self.view is not self.left else after.looking_at(_followed(talk, self.view))

    def opened(self, talk: Talk, view: View | None) -> Seen:
        """The same with the conversation of the last visit before what was asked meanwhile."""
        own = self.talk if self.talk.turns or self.talk.waiting else talk
        talk = replace(own, turns=(*talk.turns, *self.talk.turns))
        return replace(self, talk=talk, view=self.view or view, is_opening=False)


def _followed(talk: Talk, view: View | None) -> View | None:
    turn = talk.turns[-1]
    if view is None or view.kind != "source" or isinstance(turn.outcome, QAError):
        return None
    return View("source", len(talk.turns) - 1, places(turn)) if turn.outcome.text else None
