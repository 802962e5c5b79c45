"""Passages: verbatim, within what the encoder reads, and together all of the text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from qa.layout import units
from qa.passages import cut
from qa.text import indexed_text
from qa.types import Document, Passage, Settings
from tests.fakes import SubwordEncoder, WordEncoder
from tests.texts import articles, ink

ENCODER = WordEncoder()


def passages(
    text: str,
    *,
    title: str = "Expo",
    encoder: WordEncoder = ENCODER,
    tokens: int = 120,
    overlap: int = 1,
    content: tuple[int, int] | None = None,
) -> list[Passage]:
    return cut(
        Document("a.md", title, text),
        content or (0, len(text)),
        encoder.token_starts,
        Settings(passage_tokens=tokens, overlap_sentences=overlap),
        encoder.max_tokens,
    )


def encoded_tokens(passage: Passage, encoder: WordEncoder = ENCODER) -> int:
    """How many tokens the encoder is given for a passage, its two special ones included."""
    text = passage.indexed_text
    return len(encoder.token_starts(text)) + 2


def sentence(number: int, words: int) -> str:
    return f"Sentence {number} " + "robot " * (words - 3) + "danced."


def prose(count: int, words: int) -> str:
    """`count` sentences of `words` words and one more token, the full stop."""
    return " ".join(sentence(number, words) for number in range(count))


encoders = st.sampled_from([ENCODER, WordEncoder(max_tokens=128), SubwordEncoder()])


@given(
    text=articles,
    encoder=encoders,
    title=st.one_of(st.text(st.characters(exclude_categories=["Cs"]), max_size=80), articles),
    tokens=st.sampled_from([16, 17, 40, 120, 500]),
    overlap=st.sampled_from([0, 1, 2, 5]),
    data=st.data(),
)
def test_passages_of_any_text(
    text: str, encoder: WordEncoder, title: str, tokens: int, overlap: int, data: st.DataObject
) -> None:
    title = title[:80]
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = passages(
        text, title=title, encoder=encoder, tokens=tokens, overlap=overlap, content=(start, end)
    )
    for passage in found:
        assert text[passage.start : passage.end] == passage.text
        assert start <= passage.start < passage.end <= end
        assert passage.text == passage.text.strip()
        assert passage.title == title
        assert encoded_tokens(passage, encoder) <= encoder.max_tokens
    held = {n for passage in found for n in ink(text, passage.start, passage.end)}
    assert held == set(ink(text, start, end))
    # Neither begins nor ends before its neighbour does: none lies within another.
    assert all(a.start < b.start and a.end < b.end for a, b in pairwise(found))
    assert len({passage.id for passage in found}) == len(found)
    if overlap == 0:
        assert all(a.end <= b.start for a, b in pairwise(found))


@given(
    st.lists(st.integers(3, 30), min_size=1, max_size=30),
    st.integers(0, 4),
    st.sampled_from([16, 40, 120]),
)
def test_whole_sentences_up_to_the_budget(words: list[int], overlap: int, tokens: int) -> None:
    text = " ".join(sentence(number, count) for number, count in enumerate(words))
    bounds = units(text)
    found = passages(text, tokens=tokens, overlap=overlap)
    starts, ends = [unit.start for unit in bounds], [unit.end for unit in bounds]
    held = [(starts.index(p.start), ends.index(p.end)) for p in found]
    for passage, (first, last) in zip(found, held, strict=True):
        assert len(ENCODER.token_starts(passage.text)) <= tokens or first == last
    for (_, last), (first, _) in pairwise(held):
        assert 0 <= last + 1 - first <= overlap
        # No passage stops while the next sentence would have had room in it.
    for (first, last), following in zip(held, found[1:], strict=False):
        longer = text[starts[first] : ends[last + 1]]
        assert len(ENCODER.token_starts(longer)) > tokens
        assert following.end >= ends[last + 1]


@pytest.mark.parametrize("overlap", [0, 1, 2, 3])
def test_neighbours_share_sentences(overlap: int) -> None:
    found = passages(prose(30, 9), tokens=100, overlap=overlap)
    assert len(found) > 2
    for before, after in pairwise(found):
        shared = before.text[after.start - before.start :] if after.start < before.end else ""
        assert shared.count("Sentence") == overlap


@pytest.mark.parametrize("overlap", [3, 5, 6, 100])
def test_an_overlap_longer_than_a_passage_leaves_its_first_sentence(overlap: int) -> None:
    found = passages(prose(6, 9), tokens=32, overlap=overlap)
    numbers = [[int(word) for word in p.text.split() if word.isdigit()] for p in found]
    assert numbers == [[0, 1, 2], [2, 3, 4], [4, 5]]


def test_headings_stay_with_the_text_below_them() -> None:
    body = prose(8, 20)
    text = f"Intro here.\n\n# One\n\n{body}\n\n## Two\n\n### Three\n\n{body}\n\n# Four\n\n{body}"
    found = passages(text, tokens=64)
    for passage in found:
        last = units(passage.text)[-1]
        assert last.kind != "heading"
    assert [(p.text.partition("\n")[0], p.heading) for p in found if p.text.startswith("#")] == [
        ("# One", "One"),
        ("## Two", "One > Two > Three"),
        ("# Four", "Four"),
    ]
    assert [p.heading for p in found if p.text.startswith("Intro")] == [""]


@pytest.mark.parametrize("words", [10, 100, 200, 239, 240, 250, 260, 2000])
def test_no_sentence_is_too_long_to_stand_below_its_heading(words: int) -> None:
    text = f"# A heading of six words altogether\n\n{sentence(0, words)}\n\nThe next one."
    found = passages(text)
    assert "Sentence 0" in found[0].text
    assert max(map(encoded_tokens, found)) <= 256


@pytest.mark.parametrize("words", [121, 200, 240])
def test_a_sentence_over_the_budget_is_kept_whole(words: int) -> None:
    found = passages(f"Before it. {sentence(7, words)} After it.", overlap=0)
    assert sentence(7, words) in [passage.text for passage in found]


def test_a_sentence_over_what_the_encoder_reads_is_cut_between_words() -> None:
    text = sentence(0, 1000)
    found = passages(text)
    assert len(found) < 8
    assert [word for p in found for word in p.text.split()] == text.split()


@pytest.mark.parametrize("row", ["| {} | {} |", "{} | {}", "{}\t{}\tend"])
def test_no_row_is_cut(row: str) -> None:
    rows = [row.format(f"year {n}. Second", "cell " * 6) for n in range(60)]
    text = "\n".join(rows)
    for passage in passages(text, tokens=50):
        assert {line.strip() for line in passage.text.split("\n")} <= {row.strip() for row in rows}


def test_no_list_item_is_cut() -> None:
    items = [f"- Item {n} tells of robots that danced" for n in range(60)]
    for passage in passages("\n".join(items), tokens=50):
        assert set(passage.text.split("\n")) <= set(items)


def test_title_and_heading_stand_before_the_text() -> None:
    assert indexed_text("Expo", "Robots > Dance", "They danced.") == (
        "Expo\nRobots > Dance\nThey danced."
    )
    assert indexed_text(" ", "", "They danced.") == "They danced."


@pytest.mark.parametrize(
    "title",
    ["", "Expo", "word " * 500, "机" * 500, "x" * 5000, "?!" * 300],
    ids=["none", "short", "words", "Chinese", "one word", "marks"],
)
@pytest.mark.parametrize(
    "heading",
    ["Robots", "word " * 500, "机" * 500, "x" * 5000, "?! " * 300, "a > b " * 90],
    ids=["short", "words", "Chinese", "one word", "marks", "path"],
)
def test_long_titles_and_headings_leave_room_for_the_text(title: str, heading: str) -> None:
    text = f"# {heading}\n\n## {heading}\n\n### Last\n\n" + prose(60, 12)
    found = passages(text, title=title)
    assert max(map(encoded_tokens, found)) <= 256
    below = [passage for passage in found if passage.text.startswith("Sentence")]
    assert min(len(passage.text) for passage in below[:-1]) > 100
    assert max(len(passage.heading) for passage in found) <= 3 * 170
    held = {n for passage in found for n in ink(text, passage.start, passage.end)}
    assert held == set(ink(text))


def test_a_path_of_headings_that_is_too_long_loses_its_outermost() -> None:
    text = f"# {'?!' * 70}\n\n## Dances\n\n### Robots\n\nThey danced."
    (passage,) = passages(text, title="?!" * 80)[-1:]
    assert passage.heading == "Dances > Robots"


def test_a_title_takes_no_more_tokens_than_its_bytes() -> None:
    """Korean in WordPiece: three tokens a character, as many as it has bytes."""
    title = "정보통신 기술 박람회 " * 30
    assert len(indexed_text(title, "", "").encode()) <= 160
    assert title.startswith(indexed_text(title, "", ""))


def test_a_run_without_spaces_is_cut_by_characters() -> None:
    text = "x" * 2_000_000
    found = passages(text)
    assert "".join(passage.text for passage in found) == text
    assert max(len(passage.text) for passage in found) <= 256 * 16


@pytest.mark.parametrize(
    "text",
    [
        "🤖" * 3000,
        "👩‍👩‍👧" * 1000,
        "👍🏽" * 2000,
        "e\u0301" * 3000,
        "机" * 3000,
        "a\u0301\u0316" * 2000,
    ],
    ids=["emoji", "families", "skin tones", "accents", "Chinese", "two accents"],
)
def test_combined_characters_are_not_parted(text: str) -> None:
    found = passages(text, encoder=SubwordEncoder())
    assert "".join(passage.text for passage in found) == text
    unit = text[: len(text) // text.count(text[0])] if text[0] != "👩" else "👩‍👩‍👧"
    assert {passage.text.replace(unit, "") for passage in found} == {""}


@example("mid" * 60 + "." + "tail" * 20)
@given(
    st.lists(st.sampled_from(["x" * 101, "y" * 29, "z" * 7, ".", " ", "-" * 30]), max_size=300).map(
        "".join
    )
)
def test_half_a_word_may_be_more_tokens_than_the_whole(text: str) -> None:
    encoder = SubwordEncoder(max_tokens=64)
    found = passages(text, encoder=encoder)
    assert all(encoded_tokens(passage, encoder) <= 64 for passage in found)


@pytest.mark.parametrize(
    "text",
    [
        "# a\n" * 100_000,
        "# a\nb\n" * 30_000,
        "# " + "long " * 100_000 + "\n" + "## a\nb\n" * 10_000,
        "\u200b\n" * 100_000,
        "." * 300_000,
        "a" + " " * 1_000_000 + "b",
        "a\u0301" + "\u0301" * 300_000,
        "word " * 200_000,
        "One two. " * 50_000,
        "| a | b |\n" * 50_000,
        "(" * 300_000,
    ],
    ids=lambda text: f"{text[:6]!r}-{len(text)}",
)
def test_long_runs_come_to_an_end(text: str) -> None:
    """Quadratic time, or a heading repeated whole in every passage, would be hours or gigabytes."""
    found = passages(text)
    assert found[-1].end == len(text.rstrip())
    assert max(len(passage.text) for passage in found) <= 256 * 16


@pytest.mark.parametrize("text", ["", " \n\t\f\r\n", "\u3000"])
def test_white_space_has_no_passages(text: str) -> None:
    assert passages(text) == []


def test_front_matter_and_chrome_are_left_out() -> None:
    text = "---\ntitle: x\n---\nMenu\nRobots danced.\nI agree"
    assert [p.text for p in passages(text, content=(22, 36))] == ["Robots danced."]
