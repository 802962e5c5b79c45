"""No answer as HTML: why, the nearest words, how else to search, and what is related."""

from __future__ import annotations

from qa.surfaces.web.chips import facts
from qa.surfaces.web.html import escape
from qa.surfaces.web.prose import is_markdown, prose
from qa.surfaces.web.turn import Place, Turn, places
from qa.text import STOP_WORDS, terms
from qa.types import Answer

PUNCTUATION = ".,;:!?\"'()[]“”‘’"
WORDS = 6  # words of a question that are offered to search for

REFUSALS = {
    "off-topic": "The articles are not about this.",
    "no-convincing-span": "The articles do not answer this.",
    "readings-too-close": "The articles give no clear answer.",
}


def unanswered(turn: Turn, answer: Answer, number: int) -> str:
    """That the articles do not say, why, the nearest words, and how else to search."""
    refusal = REFUSALS.get(answer.signal or "", REFUSALS["no-convincing-span"])
    reason = f'<p class="qa-reason">{escape(answer.reason)}</p>' if answer.reason else ""
    spots = places(turn)
    related = "".join(
        _related(place, number, rank)
        for rank, place in enumerate(spots, 1)
        if place.citation is None
    )
    nearest = (
        f'<h3>Related passages, none of which answers it</h3><ul class="qa-related">{related}</ul>'
        if related
        else ""
    )
    return (
        f'<p class="qa-refusal">{refusal}</p>{reason}{_rejected(answer, number)}'
        f"{_search(answer, number)}{nearest}"
    )


def _rejected(answer: Answer, turn: int) -> str:
    """The best span that did not convince: to look at, and not to rely on."""
    if answer.rejected is None:
        return ""
    title = escape(answer.rejected.citations[0].title)
    return (
        f'<div class="qa-rejected"><p>The nearest words are <q>{escape(answer.rejected.text)}</q>. '
        "They are too uncertain to be called an answer.</p>"
        f'<button type="button" class="qa-quiet" data-do="source" data-turn="{turn}"'
        f' data-number="1"><span>See them in <cite>{title}</cite></span></button></div>'
    )


def _related(place: Place, turn: int, number: int) -> str:
    passage = place.document.text[place.start : place.end]
    shown = prose(passage, at=place.start, markdown=is_markdown(place.document.id))
    return (
        f'<li><p class="qa-facts">{facts(place)}</p><div class="qa-passage">{shown}</div>'
        f'<button type="button" class="qa-quiet" data-do="source" data-turn="{turn}"'
        f' data-number="{number}">Read on in the article</button></li>'
    )


def _search(answer: Answer, turn: int) -> str:
    """Offers to look for single words of the question, or to put it differently."""
    found = key_words(answer.resolved_question)
    buttons = "".join(
        f'<button type="button" class="qa-pill" data-do="search" data-turn="{turn}"'
        f' data-words="{escape(words)}">{escape(words)}</button>'
        for words in ([" ".join(found)] if len(found) > 1 else []) + found
    )
    edit = (
        f'<button type="button" class="qa-pill qa-solid" data-do="edit" data-turn="{turn}">'
        "Change the question</button>"
    )
    label = "<span>or search the articles for</span>" if buttons else ""
    return (
        '<div class="qa-differently" role="group" aria-label="Search differently">'
        f"{edit}{label}{buttons}</div>"
    )


def key_words(question: str) -> list[str]:
    """The words of a question that say what it is about, each once, at most 6.

    Capitalised words that follow each other are one name.

    >>> key_words("Who painted the Mona Lisa?")
    ['painted', 'Mona Lisa']
    """
    found: list[str] = []
    after_name = False
    for word in question.split():
        bare = word.strip(PUNCTUATION)[:60]
        if bare.lower() in STOP_WORDS or not terms(bare):
            after_name = False
        elif after_name and bare[0].isupper():
            found[-1] += f" {bare}"
        else:
            found.append(bare)
            after_name = bare[0].isupper()
        after_name = after_name and word[-1:] not in PUNCTUATION
    return list(dict.fromkeys(found))[:WORDS]
