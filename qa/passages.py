"""Cut a document into passages: whole sentences, packed to a budget of the encoder's tokens."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from qa.layout import Unit, units
from qa.types import Document, Passage, Settings

TokenStarts = Callable[[str], Sequence[int]]

# Where a model's tokenizer takes a long run for one token, characters bound a passage instead.
_CHARACTERS_PER_TOKEN = 16
# Titles and headings go in front of the encoded passage; they may take so many characters of it.
_TITLE_CHARACTERS = 160
_SPECIAL_TOKENS = 2
_JOINERS = "\u200d\ufe0e\ufe0f"


@dataclass(frozen=True, slots=True)
class _Piece:
    start: int
    end: int
    tokens: int
    heading: bool


def indexed_text(title: str, heading: str, text: str) -> str:
    """What both retrievers see of a passage: title, heading and text, a line each.

    >>> indexed_text("Expo", "", "Robots danced.")
    'Expo\\nRobots danced.'
    """
    context = (title[:_TITLE_CHARACTERS].strip(), heading[-_TITLE_CHARACTERS:].strip(), text)
    return "\n".join(part for part in context if part)


def cut(
    document: Document,
    content: tuple[int, int],
    token_starts: TokenStarts,
    settings: Settings,
    max_tokens: int,
) -> list[Passage]:
    """The passages of `document.text[content[0]:content[1]]`, in order.

    `token_starts(text)` gives the offsets at which the encoder's tokens begin. A passage holds at
    most `settings.passage_tokens` tokens, unless one sentence alone is longer: that is kept whole
    up to what the encoder reads (`max_tokens`, title and heading included) and cut at word
    bounds beyond. Together the passages hold every character of the stretch but white space.

    >>> words = lambda text: [0, *(n + 1 for n, c in enumerate(text) if c == " ")]
    >>> text = "Robots danced. " * 12
    >>> document = Document("a.txt", "A", text)
    >>> settings = Settings(passage_tokens=16)
    >>> [(p.start, p.end) for p in cut(document, (0, len(text)), words, settings, 256)]
    [(0, 119), (105, 179)]
    """
    starts = token_starts(document.text)
    passages = []
    for heading, section in _sections(document.text, units(document.text, *content)):
        context = indexed_text(document.title, heading, "")
        room = max(max_tokens - _SPECIAL_TOKENS - len(token_starts(context)), max_tokens // 4)
        budget = min(settings.passage_tokens, room)
        pieces = [p for unit in section for p in _pieces(document.text, unit, starts, room)]
        for start, end in _pack(pieces, budget, room, settings.overlap_sentences):
            text = document.text[start:end]
            passages.append(Passage(document.id, heading, start, end, text, document.title))
    return passages


def _sections(text: str, every: Sequence[Unit]) -> Iterator[tuple[str, list[Unit]]]:
    """Runs of units under one heading path; headings lead the text below them."""
    path: list[Unit] = []
    section: list[Unit] = []
    for unit in every:
        if unit.kind == "heading":
            if any(member.kind != "heading" for member in section):
                yield _heading(text, path), section
                section = []
            path = [above for above in path if above.level < unit.level] + [unit]
        section.append(unit)
    if section:
        yield _heading(text, path), section


def _heading(text: str, path: Sequence[Unit]) -> str:
    titles = (text[unit.start : unit.end].splitlines()[0].strip("# \t") for unit in path)
    return " > ".join(title for title in titles if title)


def _pieces(text: str, unit: Unit, starts: Sequence[int], room: int) -> Iterator[_Piece]:
    """The unit whole, or in parts of at most `room` tokens where it is longer."""
    first, heading = unit.start, unit.kind == "heading"
    while first < unit.end:
        low, high = bisect_left(starts, first), bisect_left(starts, unit.end)
        longest = first + room * _CHARACTERS_PER_TOKEN
        if high - low <= room and unit.end <= longest:
            yield _Piece(first, unit.end, high - low, heading)
            return
        last = min(starts[low + room] if high - low > room else unit.end, longest)
        last = _word_bound(text, first, last)
        yield _Piece(first, last, bisect_left(starts, last) - low, heading)
        first = last
        while first < unit.end and text[first].isspace():
            first += 1


def _word_bound(text: str, first: int, last: int) -> int:
    """The last offset up to `last` that follows a space, or else parts no combined character."""
    for bound in range(last, first + (last - first) // 2, -1):
        if text[bound - 1].isspace():
            return bound
    bound = last
    while bound > first + 1 and _is_combined(text, bound):
        bound -= 1
    return bound if bound > first + 1 else last


def _is_combined(text: str, bound: int) -> bool:
    following = text[bound]
    joined = following in _JOINERS or text[bound - 1] == "\u200d"
    return joined or unicodedata.combining(following) > 0


def _pack(
    pieces: Sequence[_Piece], budget: int, room: int, overlap: int
) -> Iterator[tuple[int, int]]:
    """Ranges of neighbouring pieces, each within the budget or a single piece over it."""
    current: list[_Piece] = []
    for piece in pieces:
        total = sum(held.tokens for held in current)
        # A heading is not left behind: it takes the piece below it along, as far as there is room.
        only_headings = all(held.heading for held in current)
        if current and total + piece.tokens > (room if only_headings else budget):
            yield current[0].start, current[-1].end
            current = _overlap(current, overlap, budget, room - piece.tokens)
        current.append(piece)
    if current:
        yield current[0].start, current[-1].end


def _overlap(done: Sequence[_Piece], overlap: int, budget: int, room: int) -> list[_Piece]:
    """The last sentences of the passage before, where they leave space for something new."""
    shared = [piece for piece in done[len(done) - overlap :] if not piece.heading]
    while shared and sum(piece.tokens for piece in shared) > min(budget // 2, room):
        shared = shared[1:]
    # Sharing everything would repeat the passage before in whole.
    return list(shared) if len(shared) < len(done) else []
