"""Examples as padded batches of tokens, in an order that any step can be resumed in."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qa.windows import Tokenizer, Window
from training.examples import Example

# Batches are cut from runs of so many that are sorted by length: little padding, order still mixed.
BUCKET = 64
# Lengths are rounded up to a multiple of this: kernels are made anew for every shape they meet.
ROUND = 32


@dataclass(frozen=True, slots=True)
class Item:
    """One window in tokens; `start` and `end` are the answer's first and last, 0 for none.

    `group` is the number of its question: windows of one question are read against each other.
    """

    ids: NDArray[np.int32]
    second: int
    start: int
    end: int
    group: int


def items(examples: Sequence[Example], tokenizer: Tokenizer, max_tokens: int) -> list[Item]:
    """The window of each example that holds its answer, or its first one where there is none.

    An example whose answer no window holds whole is left out.
    """
    found = []
    groups: dict[str, int] = {}
    for example in examples:
        group = groups.setdefault(example.question, len(groups))
        question = tokenizer.tokens(example.question).ids
        context = tokenizer.context(example.title, example.heading)
        passage = tokenizer.tokens(example.text)
        for window in tokenizer.windows(question, context, passage, max_tokens):
            if example.start is None or example.end is None:
                found.append(_item(window, 0, 0, group))
                break
            place = _place(window, example.start, example.end)
            if place is not None:
                found.append(_item(window, *place, group))
                break
    return found


def _item(window: Window, start: int, end: int, group: int) -> Item:
    return Item(np.array(window.ids, np.int32), window.types.count(0), start, end, group)


def _place(window: Window, start: int, end: int) -> tuple[int, int] | None:
    """The first and last token that the characters `start` to `end` touch."""
    if not window.starts or start < window.starts[0] or end > window.ends[-1]:
        return None
    touched = [
        number
        for number, (first, last) in enumerate(zip(window.starts, window.ends, strict=True))
        if first < end and start < last
    ]
    if not touched:
        return None
    return window.first + touched[0], window.first + touched[-1]


def order(items: Sequence[Item], size: int, seed: int) -> list[list[int]]:
    """The batches of one epoch: numbers of items, the same for the same seed.

    The windows of a question stay together, `size` of them at most.
    """
    chooser = random.Random(seed)
    members: dict[int, list[int]] = {}
    for number, item in enumerate(items):
        members.setdefault(item.group, []).append(number)
    groups = [
        group[at : at + size] for group in members.values() for at in range(0, len(group), size)
    ]
    chooser.shuffle(groups)
    batches: list[list[int]] = []
    for start in range(0, len(groups), size * BUCKET):
        bucket = groups[start : start + size * BUCKET]
        batches += _packed(sorted(bucket, key=lambda g: max(len(items[n].ids) for n in g)), size)
    chooser.shuffle(batches)
    return batches


def _packed(groups: Sequence[Sequence[int]], size: int) -> list[list[int]]:
    """Whole groups, one after the other, in batches of at most `size`."""
    batches: list[list[int]] = [[]]
    for group in groups:
        if len(batches[-1]) + len(group) > size:
            batches.append([])
        batches[-1] += group
    return batches


def tensors(batch: Sequence[Item], device: str) -> Iterator[Any]:
    """ids, types, mask (each batch x longest), starts, ends and groups (batch,)."""
    import torch

    longest = -(-max(len(item.ids) for item in batch) // ROUND) * ROUND
    ids = np.zeros((len(batch), longest), np.int64)
    types, mask = np.zeros_like(ids), np.zeros_like(ids)
    for row, item in enumerate(batch):
        length = len(item.ids)
        ids[row, :length] = item.ids
        types[row, item.second : length] = 1
        mask[row, :length] = 1
    starts = np.array([item.start for item in batch], np.int64)
    ends = np.array([item.end for item in batch], np.int64)
    groups = np.array([item.group for item in batch], np.int64)
    for array in (ids, types, mask, starts, ends, groups):
        yield torch.from_numpy(array).to(device)
