"""Texts that articles are made of, and texts that they should not be: strategies for Hypothesis."""

from __future__ import annotations

from hypothesis import strategies as st

_FRAGMENTS = [
    *("Robots danced", "the Expo", "U.S.", "Dr. Li", "No. 5", "e.g.", "94.47", "31.9%", "J. Smith"),
    *(". ", ".", "! ", "?", "...", "…", '." ', ".) ", "。", "！", "？」", ", ", "; ", ": "),
    *(" ", "  ", "\t", "\u00a0", "\u3000", "\n", "\n\n", "\r\n", "\r\n\r\n", "\r", "\f", "\v"),
    *("\x85", "\u2028", "\u2029", "\x1c", "\n\f", "\n \n", "\n\n\n"),
    *("# Heading\n", "## Deeper\n\n", "Title\n=====\n", "Under\n---\n", "Smart China Expo\n\n"),
    *("- item\n", "1. first\n", "(2) second\n", "| a | b |\n|---|---|\n", "a\tb\tc\n", "x | y\n"),
    *("```\ncode\n```\n", "~~~\n", "|", "#", "---", "(((", "*"),
    *("🤖", "👩‍👩‍👧", "👍🏽", "🇨🇳", "e\u0301", "a\u0300\u0316", "机器人跳舞", "東京です", "한국어"),
    *("\u200b", "\u200d", "\ufeff", "x" * 40, "no punctuation at all here", "İ", "ß", "\ufb01"),
]

# Half of them from building blocks that mean something to the layout, half from any character.
articles = st.one_of(
    st.lists(st.sampled_from(_FRAGMENTS), max_size=60).map("".join),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=200),
    st.tuples(st.sampled_from(_FRAGMENTS), st.integers(0, 40)).map(lambda pair: pair[0] * pair[1]),
)


def ink(text: str, start: int = 0, end: int | None = None) -> list[int]:
    """The offsets of all characters that are not white space."""
    end = len(text) if end is None else end
    return [offset for offset in range(start, end) if not text[offset].isspace()]
