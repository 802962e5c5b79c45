"""Batches: every window once, in an order that a later start can repeat."""

from __future__ import annotations

import random
from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from qa.evaluation.squad import Squad
from tests.fakes import SubwordEncoder
from tests.training.invented import squads
from tests.training.tiny import tokenizer
from training.batches import ROUND, Item, items, order, tensors
from training.examples import Example, from_squad

ENCODER = SubwordEncoder()
LONG = "Robots danced on stage and guests clapped. " * 60


def window(length: int, group: int) -> Item:
    return Item(np.zeros(length, np.int32), 1, 0, 0, group)


ITEMS = st.lists(st.builds(window, st.integers(1, 384), st.integers(0, 150)), max_size=400)


@given(ITEMS, st.integers(1, 9), st.integers(0, 3))
def test_an_epoch_has_every_item_once(made: list[Item], size: int, seed: int) -> None:
    batches = order(made, size, seed)
    assert sorted(number for batch in batches for number in batch) == list(range(len(made)))
    assert all(1 <= len(batch) <= size for batch in batches)
    assert batches == order(made, size, seed)


@given(ITEMS, st.integers(4, 9))
def test_a_question_is_not_parted(made: list[Item], size: int) -> None:
    met = Counter(item.group for item in made)
    batches = order(made, size, 0)
    for group, count in met.items():
        parts = sum(any(made[n].group == group for n in batch) for batch in batches)
        assert parts <= -(-count // size)


def test_seeds_differ_and_batches_hold_similar_lengths() -> None:
    chooser = random.Random(0)
    made = [window(chooser.randrange(20, 384), number) for number in range(6400)]
    lengths = [len(item.ids) for item in made]
    first, second = order(made, 32, 0), order(made, 32, 1)
    assert first != second
    padded = sum(len(batch) * max(lengths[n] for n in batch) for batch in first)
    assert padded < 1.05 * sum(lengths)
    # Long and short batches are mixed: neither half of an epoch has the longer ones.
    means = [np.mean([lengths[n] for n in batch]) for batch in first]
    assert abs(np.mean(means[:100]) - np.mean(means[100:])) < 40


@given(squads())
def test_start_and_end_are_the_tokens_of_the_answer(squad: Squad) -> None:
    made = list(from_squad(squad, ENCODER.token_starts, ENCODER.max_tokens, random.Random(0)))
    for example in made:
        for item in items([example], tokenizer(), 384):
            if example.start is None:
                assert item.start == item.end == 0
                continue
            answer = tokenizer().tokens(example.text[example.start : example.end]).ids
            assert item.ids[item.start : item.end + 1].tolist() == answer


def test_a_long_passage_gives_the_window_with_the_answer() -> None:
    text = LONG + "A park opened in Lijia. " + LONG
    start = text.index("Lijia")
    [item] = items([Example("Where?", "Parks", "", text, start, start + 5)], tokenizer(), 384)
    assert len(item.ids) == 384
    assert item.ids[item.start : item.end + 1].tolist() == tokenizer().tokens("Lijia").ids


def test_without_an_answer_it_is_the_first_window() -> None:
    [item] = items([Example("Where?", "Parks", "", LONG)], tokenizer(), 384)
    asked, title = tokenizer().tokens("Where?").ids, tokenizer().tokens("Parks").ids
    assert item.ids[1 : 1 + len(asked)].tolist() == asked
    assert item.second == len(asked) + 2
    assert item.ids[item.second : item.second + len(title)].tolist() == title


def test_an_answer_longer_than_every_window_is_left_out() -> None:
    assert not items([Example("Where?", "", "", LONG, 0, len(LONG) - 1)], tokenizer(), 384)


def test_what_is_padded_is_masked() -> None:
    short = Item(np.array([101, 7, 102, 8, 102], np.int32), 3, 3, 3, group=7)
    long = Item(np.arange(1, ROUND + 2, dtype=np.int32), 4, 0, 0, group=2)
    ids, types, mask, starts, ends, groups = (t.numpy() for t in tensors([short, long], "cpu"))
    assert ids.shape == types.shape == mask.shape == (2, 2 * ROUND)
    assert ids[0].tolist() == [101, 7, 102, 8, 102] + [0] * (2 * ROUND - 5)
    assert types[0].tolist() == [0, 0, 0, 1, 1] + [0] * (2 * ROUND - 5)
    assert mask.sum(axis=1).tolist() == [5, ROUND + 1]
    assert (starts.tolist(), ends.tolist(), groups.tolist()) == ([3, 0], [3, 0], [7, 2])


def test_windows_of_one_question_are_one_group() -> None:
    asked = [Example(question, "Parks", "", LONG) for question in ("Where?", "When?", "Where?")]
    where, when, again = items(asked, tokenizer(), 384)
    assert where.group == again.group != when.group
