"""What one browser window shows: changed by several events at once, and always drawn as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import Lock
from typing import Any, Generic, TypeVar

Shown = TypeVar("Shown")
Drawn = TypeVar("Drawn")

# Of Gradio's other modes "once" loses events that come too early, "always_last" what they tell.
QUIET: dict[str, Any] = {
    "show_progress": "hidden",
    "api_visibility": "private",
    "trigger_mode": "multiple",
}


class Window(Generic[Shown]):
    """Holds `shown`, an immutable value that every change replaces; safe from any thread.

    >>> window = Window(1)
    >>> window.change(lambda shown: shown + 1)
    (1, 2)
    >>> list(window.drawn(str))
    ['2']

    No dataclass: Gradio would take one apart, lock and all.
    """

    def __init__(self, shown: Shown) -> None:
        self._shown = shown
        self._lock = Lock()

    @property
    def shown(self) -> Shown:
        """What the window shows now."""
        return self._shown

    def change(self, change: Callable[[Shown], Shown]) -> tuple[Shown, Shown]:
        """Replace what is shown by what `change` makes of it; gives both. Changes wait in line."""
        with self._lock:
            before = self._shown
            self._shown = change(before)
            return before, self._shown

    def drawn(self, draw: Callable[[Shown], Drawn]) -> Iterator[Drawn]:
        """What is shown, drawn for the browser until that is the newest there is.

        A generator goes on when what it gave has been sent. If something newer was drawn meanwhile,
        the browser has now got the older one last, so the newer one is sent once more.
        """
        while True:
            shown = self._shown
            yield draw(shown)
            if shown is self._shown:
                return

    def __deepcopy__(self, memo: Any) -> Window[Shown]:
        """Another window that begins like this one: Gradio copies the first for every visitor."""
        return Window(self._shown)
