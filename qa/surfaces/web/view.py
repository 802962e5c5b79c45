"""What the panel beside the conversation shows: a source, why, a search, a quotation ..."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from typing import Literal

from qa.quote import QuoteCheck
from qa.surfaces.web.turn import Place

Kind = Literal["source", "why", "search", "mark", "quotation"]
_IDS = count(1)


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """An open panel; that there is none is None.

    `turn` is the one it was opened from. `number` is the place shown, from 1, of the `places` that
    can be leafed through; `words` are what is searched for or quoted, `is_waiting` while that
    takes, `check` what came of a quotation. `id` stays the same as long as the places do.
    """

    kind: Kind
    turn: int
    places: tuple[Place, ...] = ()
    number: int = 1
    words: str = ""
    complaint: str = ""
    is_waiting: bool = False
    check: QuoteCheck | None = None
    id: int = field(default_factory=lambda: next(_IDS))

    @property
    def place(self) -> Place | None:
        """The place shown, if there is one."""
        return self.places[self.number - 1] if self.places else None
