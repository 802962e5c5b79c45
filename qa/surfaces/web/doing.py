"""What a deed makes of what a window shows: the conversation, the panel, and feedback."""

from __future__ import annotations

from dataclasses import replace

from qa.errors import InputError, QAError
from qa.surfaces.web.chat import Chat, turn_of
from qa.surfaces.web.deed import Deed
from qa.surfaces.web.seen import Seen
from qa.surfaces.web.talk import Talk
from qa.surfaces.web.turn import Place, Turn, Verdict, passage_place, places
from qa.surfaces.web.view import View
from qa.types import Answer

VERDICTS: dict[str, Verdict] = {name: name for name in ("right", "wrong", "marked", "absent")}


def done(chat: Chat, seen: Seen, deed: Deed) -> Seen:
    """What is seen after a deed that is no search; a question that it asks waits from then on."""
    if (asked := chat.asked(seen.talk, deed)) is not None:
        return seen.asking(*asked)
    turn = turn_of(seen.talk, deed)
    if deed.name == "clear":
        return replace(seen, talk=Talk(seen.talk.collection)).looking_at(None)
    if deed.name == "undo" and turn is not None and turn is seen.talk.turns[-1]:
        return replace(seen, talk=seen.talk.without_last()).looking_at(None)
    if deed.name == "choose":
        every = [collection.id for collection in chat.collections.all()]
        known = deed.words if deed.words in every else seen.talk.collection
        return replace(seen, talk=replace(seen.talk, collection=known))
    if deed.name in VERDICTS:
        try:
            return judged(chat, seen, deed)
        except QAError as error:
            told = f"{error}: {error.hint}"
            return seen.looking_at(seen.view and replace(seen.view, complaint=told))
    return looked(chat, seen, deed)


def looked(chat: Chat, seen: Seen, deed: Deed) -> Seen:
    """What is seen after a deed that changes the panel alone; the same where it means nothing."""
    if deed.name == "close":
        return seen.looking_at(None)
    if deed.name == "quotation":
        return seen.looking_at(View("quotation", -1))
    view = _opened(chat, seen.talk, deed) or _moved(seen.view_of(deed), deed)
    return seen if view is None else seen.looking_at(view)


def judged(chat: Chat, seen: Seen, deed: Deed) -> Seen:
    """What is seen after a word of feedback, which is kept.

    Raises InputError for words that cannot be kept.
    """
    inside = seen.view_of(deed)
    number = inside.turn if inside is not None and deed.name in ("marked", "absent") else deed.turn
    turn = turn_of(seen.talk, replace(deed, turn=number))
    if turn is None or not isinstance(turn.outcome, Answer):
        return seen
    marked = None
    if deed.name == "marked":
        shown = None if inside is None else _at(inside, deed.number)
        if shown is None or shown.place is None:
            return seen
        marked = _trimmed(shown.place, deed.start, deed.end)
    verdict = VERDICTS[deed.name]
    chat.feedback.record(
        collection_id=turn.collection,
        answer=turn.outcome,
        verdict="right" if verdict == "right" else "wrong",
        documents=turn.documents,
        marked=marked,
        absent=verdict == "absent",
        turn=turn.id,
    )
    after = replace(seen, talk=seen.talk.with_turn(number, replace(turn, verdict=verdict)))
    if verdict == "wrong":
        return looked(chat, after, deed)
    return after if verdict == "right" else after.looking_at(None)


def _opened(chat: Chat, talk: Talk, deed: Deed) -> View | None:
    """The panel that a deed opens from a turn."""
    turn = turn_of(talk, deed)
    if turn is None:
        return None
    if deed.name == "source":
        return _at(View("source", deed.turn, places(turn)), deed.number)
    if deed.name == "why" and isinstance(turn.outcome, Answer):
        return View("why", deed.turn)
    if deed.name == "wrong" and chat.feedback.enabled:
        return View("mark", deed.turn, _all_places(turn))
    return None


def _moved(view: View | None, deed: Deed) -> View | None:
    """The panel in which a deed was done, at another of its places."""
    if view is None:
        return None
    if deed.name == "result" and view.words:
        return _at(replace(view, kind="source"), deed.number)
    if deed.name in ("previous", "next"):
        step = 1 if deed.name == "next" else -1
        return _at(replace(view, complaint=""), view.number + step)
    return None


def _at(view: View, number: int) -> View | None:
    return replace(view, number=number) if 1 <= number <= len(view.places) else None


def _all_places(turn: Turn) -> tuple[Place, ...]:
    """One place in each document in which the right words may stand, likeliest first."""
    hits = turn.outcome.hits if isinstance(turn.outcome, Answer) else ()
    found = [*places(turn), *(passage_place(hit, turn.documents) for hit in hits)]
    each: dict[str, Place] = {}
    for place in found:
        each.setdefault(place.document.id, place)
    return tuple(each.values())


def _trimmed(place: Place, start: int, end: int) -> tuple[str, int, int]:
    """The marked words without white space around them. Raises InputError where there are none."""
    text = place.document.text
    words = text[start:end] if 0 <= start < end <= len(text) else ""
    if not words.strip():
        raise InputError("no words are marked", hint="select them in the text, then try again")
    start += len(words) - len(words.lstrip())
    return place.document.id, start, start + len(words.strip())
