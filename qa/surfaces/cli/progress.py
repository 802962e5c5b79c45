"""Progress bars on standard error, one a stage; nothing where it is not a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from qa.protocols import Progress


@contextmanager
def progress_bars() -> Iterator[Progress]:
    """A `progress(stage, done, total)` that draws a bar for each stage while it runs."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    console = Console(stderr=True)
    name = TextColumn("{task.description:<9}")
    columns = (name, BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    silent = not console.is_terminal
    with Bars(*columns, console=console, transient=True, disable=silent) as bars:
        tasks = {}

        def progress(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=total)
            bars.update(tasks[stage], completed=done, total=total)

        yield progress
