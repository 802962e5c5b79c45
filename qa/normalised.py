"""Text in one spelling, with the way back: what a quotation is compared in.

White space, quotation marks, dashes, case, compatibility forms of a character and the commas that
group the digits of a number do not matter there. Everything else does, every figure included.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

Stretch = tuple[int, int]

# What to write for a sign, and what to leave out because nobody sees it: soft hyphens, zero-width
# spaces and joiners, variation selectors. Marks that turn the direction of writing stay.
_SAME_SIGNS = {
    '"': "“”„‟«»″〃〝〞〟＂「」『』",
    "'": "‘’‚‛‹›′ʼˈ`´｀＇\u1fef\u1ffd",
    "-": "‐‑‒–—―−﹘﹣－⁃\u2e3a\u2e3b",
    "": "\u00ad\u200b\u200c\u200d\u2060\ufeff"
    + "".join(chr(n) for n in (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))),
}
_SIGNS = {ord(sign): plain for plain, signs in _SAME_SIGNS.items() for sign in signs}
_UNSEEN = frozenset(_SAME_SIGNS[""])

# "1,200" is "1200", read as English writes it: groups of three digits from the right.
_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?!,?\d)")
_COMMA = re.compile(r",\d\d\d")  # looked for first, for speed
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")

# Text is brought to one spelling in blocks, each up to a letter, across which nothing reaches. Only
# the blocks that a match touches are ever aligned.
_BLOCK = 2_000
_UNSPACED = "\u2e80"  # from here on most scripts are written without spaces
_LETTER = re.compile(r"[^\W\d_\uff9e\uff9f]")  # these two are marks


def normalise(text: str) -> str:
    """`text` in one spelling; doing it twice changes nothing.

    A compatibility character is written as what it stands for (NFKD) unless that would make a
    figure: "10²" is not "102". White space becomes one space, also at either end.

    >>> normalise("The  “ﬁnal”\\nfigure – 1,200 m²"), normalise("the \\"final\\" figure - 1200 m²")
    ('the "final" figure - 1200 m²', 'the "final" figure - 1200 m²')
    """
    return "".join(_normal(block) for _, block in _blocks(text))


@dataclass(frozen=True, slots=True)
class Normalised:
    """A text beside its one spelling, and the way back from places in this to places in that.

    `blocks` are the ascending pairs of offsets, into `text` and into `original`, at which
    stretches begin that can be brought to one spelling by themselves.

    >>> found = Normalised.of("It cost\\n“1,200” yuan.").find('"1200" YUAN')
    >>> list(found)
    [(8, 20)]
    """

    original: str
    text: str
    blocks: tuple[Stretch, ...]

    @classmethod
    def of(cls, text: str) -> Normalised:
        parts: list[str] = []
        blocks: list[Stretch] = []
        length = 0
        for start, block in _blocks(text):
            blocks.append((length, start))
            parts.append(_normal(block))
            length += len(parts[-1])
        return cls(text, "".join(parts), tuple(blocks))

    def find(self, quote: str) -> Iterator[Stretch]:
        """Where `quote` stands, as offsets into the original text, ascending.

        White space around it does not matter. No match begins or ends within a character, nor
        between two letters or digits of a script with spaces; matches do not overlap.
        """
        sought = normalise(quote).strip()
        if not sought:
            return
        here = self.text.find(sought)
        while here >= 0:
            stretch = self._back(here, here + len(sought))
            if stretch is not None:
                yield stretch
            here = self.text.find(sought, here + (1 if stretch is None else len(sought)))

    def _back(self, start: int, end: int) -> Stretch | None:
        """The stretch of the original that `text[start:end]` was made of; None within one."""
        text = self.text
        for edge in (start, end):
            beside = text[max(0, edge - 1) : edge + 1]
            if len(beside) == 2 and beside.isalnum() and max(beside) < _UNSPACED:
                return None
        first = self._place(start)
        last = self._place(end - 1)
        before = self._place(start - 1) if start else None
        after = self._place(end) if end < len(text) else None
        return None if before == first or after == last else (first[0], last[1])

    def _place(self, offset: int) -> Stretch:
        """The stretch of the original that made the character at `offset`."""
        number = bisect_right(self.blocks, (offset, len(self.original))) - 1
        normal, start = self.blocks[number]
        last = number + 1 == len(self.blocks)
        end = len(self.original) if last else self.blocks[number + 1][1]
        first, stop = _aligned(self.original[start:end])[offset - normal]
        return start + first, start + stop


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    while start < len(text):
        letter = _LETTER.search(text, start + _BLOCK)
        end = len(text) if letter is None else letter.start()
        yield start, text[start:end]
        start = end


def _normal(block: str) -> str:
    """One block in one spelling."""
    if not block.isascii():
        block = _BEYOND_ASCII.sub(lambda run: _plain(run[0]), block)
    words = block.replace("`", "'").casefold().split()
    before = " " if block[:1].isspace() else ""
    after = " " if words and block[-1:].isspace() else ""
    spaced = f"{before}{' '.join(words)}{after}"
    if _COMMA.search(spaced):
        spaced = _GROUPED.sub(lambda number: number[0].replace(",", ""), spaced)
    return spaced


@lru_cache(maxsize=16)
def _aligned(block: str) -> tuple[Stretch, ...]:
    """For each character of `_normal(block)`, where in the block it was made.

    A character of the block with the marks that combine with it is made into one or several; all
    of them have the same place. A run of white space is made into one.
    """
    places: list[Stretch] = []
    parts: list[str] = []
    for start, end in _characters(block):
        parts.append(_normal_character(block[start:end]))
        places += [(start, end)] * len(parts[-1])
    text = "".join(parts)
    commas = {
        offset
        for number in _GROUPED.finditer(text)
        for offset in range(*number.span())
        if text[offset] == ","
    }
    return tuple(place for offset, place in enumerate(places) if offset not in commas)


def _characters(block: str) -> Iterator[Stretch]:
    """The stretches that are characters with their marks, or runs of white space."""
    start = end = 0
    blank = False
    for offset, character in enumerate(block):
        if character in _UNSEEN:
            continue
        first = _plain(character)[0]
        space = first.isspace()
        if end and not unicodedata.combining(first) and not (blank and space):
            yield start, end
            end = 0
        if not end:
            start, blank = offset, True
        blank = blank and space
        end = offset + 1
    if end:
        yield start, end


def _normal_character(block: str) -> str:
    """A character with its marks, or a run of white space, in one spelling."""
    plain = _plain(block).casefold()
    return " " + plain.lstrip() if plain[:1].isspace() else plain


@lru_cache(maxsize=2_000)
def _plain(text: str) -> str:
    """`text` in plain signs and in plain characters, some of which are made of signs again."""
    return _decomposed(text.translate(_SIGNS)).translate(_SIGNS)


def _decomposed(text: str) -> str:
    """Compatibility decomposition, but for what would turn into figures or white space."""
    kept = _kept_pattern()
    if not kept.search(text):
        return unicodedata.normalize("NFKD", text)
    parts = kept.split(text)
    return "".join(
        unicodedata.normalize("NFD" if number % 2 else "NFKD", part)
        for number, part in enumerate(parts)
    )


@lru_cache(maxsize=1)
def _kept_pattern() -> re.Pattern[str]:
    """The characters that stay as they are: "²" is no figure 2, "①" is no 1, "½" is not 1⁄2."""
    kept = []
    for number in range(0x80, 0x30000):
        character = chr(number)
        plain = unicodedata.normalize("NFKD", character)
        if plain == character or character.isdecimal():
            continue
        if any(made.isdigit() for made in plain) or (plain[0].isspace() and len(plain) > 1):
            kept.append(character)
    return re.compile(f"([{re.escape(''.join(kept))}])")
