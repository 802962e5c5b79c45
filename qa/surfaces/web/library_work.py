"""Adding files while the page shows how far it is: a bar for each stage, then what came of it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from typing import Any

from qa.errors import QAError
from qa.surfaces.web.collection_folder import Added
from qa.surfaces.web.collections import Collections
from qa.surfaces.web.file_names import printable
from qa.surfaces.web.html import escape
from qa.surfaces.web.library_view import FIRST, LibraryView, chosen, told
from qa.surfaces.web.limits import size
from qa.surfaces.web.uploads import Refused, Upload

LOG = logging.getLogger(__name__)

STAGES = {"reading": "Reading files", "cutting": "Cutting into passages", "encoding": "Encoding"}
OFTEN = 0.15  # seconds between two looks at the bars
LISTED = 100  # refused files that are listed

Counts = Mapping[str, tuple[int, int]]
Outcome = Added | QAError


def target(collections: Collections, view: LibraryView) -> str:
    """The id of the collection that files go into: the one shown, or one that is made for them."""
    shown = chosen(collections, view)
    if shown is None or shown.read_only:
        named = (one for one in collections.all() if one.name == FIRST and not one.read_only)
        shown = next(named, None) or collections.create(FIRST)
    return shown.id


def work(
    action: Callable[[Callable[[str, int, int], None]], Any],
) -> Iterator[dict[str, tuple[int, int]] | Any]:
    """Run `action(progress)` in a thread of its own; yields what each stage has done, then the
    outcome: what the action returned, or the QAError that it ended with.

    The action runs to its end even where nobody watches any more.
    """
    told_of: Queue[tuple[str, int, int]] = Queue()
    outcome: list[Any] = []

    def run() -> None:
        try:
            outcome.append(action(lambda *stage: told_of.put(stage)))
        except QAError as error:
            outcome.append(error)
        except Exception:
            LOG.exception("a change to a collection broke")
            hint = "try again; the log of the server says what happened"
            outcome.append(QAError("something went wrong", hint=hint))

    thread = Thread(target=run, daemon=True)
    thread.start()
    counts: dict[str, tuple[int, int]] = {}
    while thread.is_alive():
        thread.join(OFTEN)
        while True:
            try:
                stage, done, total = told_of.get_nowait()
            except Empty:
                break
            counts[stage] = (done, total)
        yield dict(counts)
    yield outcome[0]


def received(data: Any, folder: Path, limit: int) -> tuple[list[Upload], list[Refused]]:
    """The files that the page's script sent and says it sent; those that it could not send.

    A path counts only where it lies in `folder`, into which the server puts what it receives.
    """
    told_of: Mapping[str, Any] = data if isinstance(data, dict) else {}
    uploads, refused = [], []
    root = folder.resolve()
    for file in _objects(told_of.get("files")):
        path, name = file.get("path"), file.get("name")
        if isinstance(path, str) and isinstance(name, str) and "\0" not in path:
            place = Path(path).resolve()
            if place.is_relative_to(root) and place.is_file():
                uploads.append(Upload(place, name))
    for file in _objects(told_of.get("unsent")):
        name, bytes_ = file.get("name"), file.get("size")
        if isinstance(name, str) and type(bytes_) is int and bytes_ > limit:
            reason = f"has {size(bytes_)}; at most {size(limit)} are taken"
            refused.append(Refused(printable(name), reason, "split it, or save the text alone"))
        elif isinstance(name, str):
            refused.append(Refused(printable(name), "did not arrive", "send it again"))
    return uploads, refused


def _objects(value: Any) -> Sequence[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def bars(counts: Counts, files: int) -> str:
    """How far each stage is."""
    drawn = "".join(
        f'<li><span>{words}</span><progress max="{max(total, 1)}" value="{done}" '
        f'aria-label="{words}"></progress><span>{f"{done:,} of {total:,}" if total else ""}</span>'
        "</li>"
        for stage, words in STAGES.items()
        for done, total in [counts.get(stage, (0, 0))]
    )
    count = "1 file" if files == 1 else f"{files:,} files"
    return (
        f'<div class="qa-work"><p role="status">Adding {count}…</p>'
        f'<ul class="qa-stages">{drawn}</ul></div>'
    )


def result(outcome: Outcome, unsent: Sequence[Refused]) -> str:
    """What went in, and each file that did not, with the reason and what to do."""
    if isinstance(outcome, QAError):
        return (
            '<div class="qa-work qa-done"><p class="qa-error" role="alert">'
            f"{escape(told(outcome))}</p></div>"
        )
    count = len(outcome.documents)
    refused = [*outcome.refused, *unsent]
    if count:
        went = "1 article was added." if count == 1 else f"{count:,} articles were added."
        went += " Ask away." if not refused else ""
    else:
        went = "Nothing was added."
    items = "".join(
        f"<li><b>{escape(one.name)}</b> <span>{escape(one.reason)}</span>"
        f"<small>{escape(one.hint)}</small></li>"
        for one in refused[:LISTED]
    )
    more = len(refused) - LISTED
    items += f"<li>and {more:,} more</li>" if more > 0 else ""
    heading = "Not added" if count else "Why"
    problems = (
        f'<h3 id="qa-refused">{heading}</h3>'
        f'<ul class="qa-refused" aria-labelledby="qa-refused">{items}</ul>'
        if items
        else ""
    )
    return f'<div class="qa-work qa-done"><p role="status">{went}</p>{problems}</div>'
