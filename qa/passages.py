"""Cut a document into passages: whole sentences, packed to a budget of the encoder's tokens."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from qa.layout import Unit, units
from qa.text import CONTEXT_BYTES, indexed_text
from qa.types import Document, Passage, Settings

TokenStarts = Callable[[str], Sequence[int]]

# Where a model's tokenizer takes a long run for one token, characters bound a passage instead.
_CHARACTERS_PER_TOKEN = 16
_SPECIAL_TOKENS = 2
_ZERO_WIDTH_JOINER = "\u200d"
_SKIN_TONES = "\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"
_PATH = " > "


@dataclass(frozen=True, slots=True)
class _Piece:
    start: int
    end: int
    tokens: int
    heading: bool


def cut(
    document: Document,
    content: tuple[int, int],
    token_starts: TokenStarts,
    settings: Settings,
    max_tokens: int,
) -> list[Passage]:
    """The passages of `document.text[content[0]:content[1]]`, in order.

    `token_starts(text)` gives the offsets at which the encoder's tokens begin. A passage holds at
    most `settings.passage_tokens` tokens, unless one sentence alone is longer, or is with the
    headings above it: that is kept whole up to what the encoder reads (`max_tokens`, title and
    heading included) and cut at word bounds beyond. A path of headings that would take most of
    that loses its outermost ones. Together the passages hold every character of the stretch but
    white space.

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
        heading, room = _fit(document.title, heading, token_starts, max_tokens)
        budget = min(settings.passage_tokens, room)
        pieces = _pieces(document.text, section, starts, token_starts, room)
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
            if section and section[-1].kind != "heading":
                yield _heading(text, path), section
                section = []
            path = [above for above in path if above.level < unit.level] + [unit]
        section.append(unit)
    if section:
        yield _heading(text, path), section


def _heading(text: str, path: Sequence[Unit]) -> str:
    titles = (text[unit.start : unit.end].splitlines()[0].strip("# \t") for unit in path)
    return _PATH.join(title[:CONTEXT_BYTES] for title in titles if title)


def _fit(title: str, heading: str, token_starts: TokenStarts, max_tokens: int) -> tuple[str, int]:
    """The heading path, shortened from its outer end, and the tokens it leaves for a passage."""
    least = max_tokens // 4
    while True:
        context = indexed_text(title, heading, "")
        room = max_tokens - _SPECIAL_TOKENS - len(token_starts(context))
        if room >= least or not heading:
            return heading, max(room, least)
        heading = heading.partition(_PATH)[2]


def _pieces(
    text: str,
    section: Sequence[Unit],
    starts: Sequence[int],
    token_starts: TokenStarts,
    room: int,
) -> Iterator[_Piece]:
    """The units whole, or in parts where one is longer than `room` or than headings leave of it."""
    above = 0
    for unit in section:
        heading = unit.kind == "heading"
        allowed = room - above if not heading and above <= room // 2 else room
        tokens = bisect_left(starts, unit.end) - bisect_left(starts, unit.start)
        tokens = max(tokens, _least_tokens(unit.start, unit.end))
        if tokens <= allowed:
            yield _Piece(unit.start, unit.end, tokens, heading)
        else:
            for start, end, part in _parts(text, unit, token_starts, allowed):
                yield _Piece(start, end, part, heading)
        above = above + tokens if heading else 0


def _parts(
    text: str, unit: Unit, token_starts: TokenStarts, allowed: int
) -> Iterator[tuple[int, int, int]]:
    """The parts of a unit, each of at most `allowed` tokens, with how many it has.

    Counted on each part, for half a word may be more tokens than the whole.
    """
    first = unit.start
    while first < unit.end:
        last = min(unit.end, first + allowed * _CHARACTERS_PER_TOKEN)
        if last < unit.end:
            last = _word_bound(text, first, last)
        starts = token_starts(text[first:last])
        while len(starts) > allowed and last > first + 1:
            last = _word_bound(text, first, first + max(starts[allowed], 1))
            starts = token_starts(text[first:last])
        end = first + len(text[first:last].rstrip())
        yield first, end, max(len(starts), _least_tokens(first, end))
        first = last
        while first < unit.end and text[first].isspace():
            first += 1


def _least_tokens(first: int, last: int) -> int:
    return -(-(last - first) // _CHARACTERS_PER_TOKEN)


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
    before, following = text[bound - 1], text[bound]
    joined = _ZERO_WIDTH_JOINER in (before, following)
    return joined or unicodedata.category(following)[0] == "M" or following in _SKIN_TONES


def _pack(
    pieces: Iterable[_Piece], budget: int, room: int, overlap: int
) -> Iterator[tuple[int, int]]:
    """Ranges of neighbouring pieces, each within the budget or a single piece over it."""
    current: list[_Piece] = []
    for piece in pieces:
        # A heading is not left behind: it takes the piece below it along, as far as there is room.
        limit = room if all(held.heading for held in current) else budget
        if current and _tokens([*current, piece]) > limit:
            yield current[0].start, current[-1].end
            current = _overlap(current, piece, overlap, budget)
        current.append(piece)
    if current:
        yield current[0].start, current[-1].end


def _overlap(done: Sequence[_Piece], piece: _Piece, overlap: int, budget: int) -> list[_Piece]:
    """The last sentences of a passage, never all of it, where they leave room for `piece`."""
    shared = [held for held in done[max(1, len(done) - overlap) :] if not held.heading]
    while shared and (_tokens(shared) > budget // 2 or _tokens([*shared, piece]) > budget):
        shared = shared[1:]
    return shared


def _tokens(pieces: Sequence[_Piece]) -> int:
    """What counts against a budget; white space between pieces is not free either."""
    least = _least_tokens(pieces[0].start, pieces[-1].end)
    return max(sum(piece.tokens for piece in pieces), least)
