"""What a user did on the page, as its scripts report it: to be believed only in its shape."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

_KEYS = {"name": "deed"}  # what the scripts call it


@dataclass(frozen=True, slots=True)
class Deed:
    """A deed's name, and what it was done to. Numbers are checked where they are used.

    `view` is the id of the panel that it was done in, `number` that of a source or another choice.
    `order` counts the deeds of a window, so that the browser can be told which was taken.

    >>> Deed.of({"deed": "source", "turn": 2, "number": "1; drop"})
    Deed(name='source', turn=2, number=-1, view=-1, words='', start=-1, end=-1, order=0)
    """

    name: str = ""
    turn: int = -1
    number: int = -1
    view: int = -1
    words: str = ""
    start: int = -1
    end: int = -1
    order: int = 0

    @classmethod
    def of(cls, data: Any) -> Deed:
        """The deed that a script reported; parts that are missing or ill-formed are left out."""
        told: Mapping[str, Any] = data if isinstance(data, dict) else {}
        sound = {
            field.name: told[key]
            for field in fields(cls)
            if type(told.get(key := _KEYS.get(field.name, field.name))) is type(field.default)
        }
        return cls(**sound)
