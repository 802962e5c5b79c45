"""What the panel beside the conversation shows: a source, why, a search, or words to be marked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from qa.surfaces.web.turn import Place

Kind = Literal["source", "why", "search", "mark"]


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """An open panel; that there is none is None.

    `turn` is the one it was opened from. `number` is the place shown, from 1, of the `places` that
    can be leafed through; `words` are what a search looked for.
    """

    kind: Kind
    turn: int
    places: tuple[Place, ...] = ()
    number: int = 1
    words: str = ""
    complaint: str = ""

    @property
    def place(self) -> Place | None:
        """The place shown, if there is one."""
        return self.places[self.number - 1] if self.places else None
