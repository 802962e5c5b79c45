"""What a window shows of the library, and how it changes with what its user does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

from qa.errors import QAError
from qa.surfaces.web.collections import Collection, Collections

Mode = Literal["", "new", "rename", "remove", "retitle", "drop", "read"]
FIRST = "My articles"  # the collection that the first files make where there is none


@dataclass(frozen=True, slots=True)
class LibraryDeed:
    """What was done on the page, as its script reports it: to be believed only in its shape."""

    name: str = ""
    doc_id: str = ""
    words: str = ""

    @classmethod
    def of(cls, data: Any) -> LibraryDeed:
        """The deed that a script reported; parts that are missing or ill-formed are left out.

        >>> LibraryDeed.of({"deed": "read", "doc": 7, "more": 1})
        LibraryDeed(name='read', doc_id='', words='')
        """
        told: Mapping[str, Any] = data if isinstance(data, dict) else {}
        texts = {"name": told.get("deed"), "doc_id": told.get("doc"), "words": told.get("words")}
        return cls(**{name: text for name, text in texts.items() if isinstance(text, str)})


@dataclass(frozen=True, slots=True)
class LibraryView:
    """The collection that is chosen, and what is open in it.

    `doc_id` is the document that `mode` is about. `wanted` are words that titles are searched for.
    `typed` is kept where it was refused with `error`; `notice` says what was done.
    """

    chosen: str = ""
    mode: Mode = ""
    doc_id: str = ""
    wanted: str = ""
    typed: str = ""
    error: str = ""
    notice: str = ""


def chosen(collections: Collections, view: LibraryView) -> Collection | None:
    """The collection that is shown: the one chosen while it is there, else the first."""
    every = collections.all()
    own = [collection for collection in every if not collection.read_only]
    named = [collection for collection in every if collection.id == view.chosen]
    return next(iter([*named, *own, *every]), None)


def done(
    collections: Collections, view: LibraryView, deed: LibraryDeed
) -> tuple[LibraryView, bool]:
    """The view after a deed, and whether it changed a collection.

    What cannot be done leaves the view as it is, with an error to show.
    """
    settled = replace(view, mode="", doc_id="", typed="", error="", notice="")
    if deed.name in get_args(Mode):
        mode: Any = deed.name
        return replace(settled, mode=mode, doc_id=deed.doc_id), False
    if deed.name == "choose":
        return LibraryView(deed.words), False
    if deed.name == "find":
        return replace(settled, wanted=deed.words[:200]), False
    change = _CHANGES.get(deed.name)
    if change is None:
        return view, False
    try:
        return change(collections, settled, deed), True
    except QAError as error:
        return replace(view, typed=deed.words, error=told(error), notice=""), False


def told(error: QAError) -> str:
    """An error as one sentence with its next step.

    >>> told(QAError("it is gone", hint="choose another"))
    'It is gone: choose another.'
    """
    sentence = f"{error}: {error.hint}" if error.hint else str(error)
    return f"{sentence[:1].upper()}{sentence[1:].rstrip('.')}."


def _create(collections: Collections, view: LibraryView, deed: LibraryDeed) -> LibraryView:
    made = collections.create(deed.words)
    return LibraryView(made.id, notice=f"“{made.name}” is ready: drop files into it.")


def _rename(collections: Collections, view: LibraryView, deed: LibraryDeed) -> LibraryView:
    collections.rename(view.chosen, deed.words)
    return replace(view, notice="The collection has its new name.")


def _remove(collections: Collections, view: LibraryView, deed: LibraryDeed) -> LibraryView:
    name = collections.collection(view.chosen).name
    collections.remove(view.chosen)
    return LibraryView(notice=f"“{name}” is removed.")


def _retitle(collections: Collections, view: LibraryView, deed: LibraryDeed) -> LibraryView:
    collections.rename_document(view.chosen, deed.doc_id, deed.words)
    return replace(view, notice="The article has its new title.")


def _drop(collections: Collections, view: LibraryView, deed: LibraryDeed) -> LibraryView:
    collections.remove_document(view.chosen, deed.doc_id)
    return replace(view, notice="The article is removed.")


_CHANGES: dict[str, Callable[[Collections, LibraryView, LibraryDeed], LibraryView]] = {
    "create": _create,
    "renamed": _rename,
    "removed": _remove,
    "retitled": _retitle,
    "dropped": _drop,
}
