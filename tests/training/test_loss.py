"""The loss: what one softmax over windows, and one over questions, amount to by hand."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.loss import pointing_loss

LOGITS = st.lists(st.lists(st.floats(-8, 8), min_size=4, max_size=4), min_size=1, max_size=6)


def loss_of(
    logits: list[list[float]], places: list[int], groups: list[int], loss: str = "shared"
) -> float:
    import torch

    made = pointing_loss(torch.tensor(logits), torch.tensor(places), torch.tensor(groups), loss)
    return float(made)


def by_hand(logits: list[list[float]], places: list[int], groups: list[int]) -> float:
    alone = 0.0
    for row, place in zip(logits, places, strict=True):
        alone -= math.log(math.exp(row[place]) / sum(map(math.exp, row))) / len(logits)
    together = 0.0
    for group in set(groups):
        rows = [n for n, of in enumerate(groups) if of == group]
        odds = {(n, i): math.exp(logits[n][i] - logits[n][0]) for n in rows for i in (1, 2, 3)}
        right = sum(odds[n, places[n]] for n in rows if places[n])
        together -= math.log((right or 1.0) / (1 + sum(odds.values()))) / len(set(groups))
    return (alone + together) / 2


@given(LOGITS, st.data())
def test_it_is_the_mean_of_windows_and_of_questions(
    logits: list[list[float]], data: st.DataObject
) -> None:
    count = len(logits)
    places = data.draw(st.lists(st.integers(0, 3), min_size=count, max_size=count))
    groups = data.draw(st.lists(st.integers(0, 3), min_size=count, max_size=count))
    expected = by_hand(logits, places, groups)
    assert loss_of(logits, places, groups) == pytest.approx(expected, abs=1e-4)


def test_the_loss_of_windows_heeds_no_question() -> None:
    logits, places = [[0.5, 1.0, -2.0], [3.0, 0.0, 1.0]], [1, 0]
    alone = [
        -math.log(math.exp(row[n]) / sum(map(math.exp, row)))
        for row, n in zip(logits, places, strict=True)
    ]
    for groups in ([0, 0], [0, 1]):
        assert loss_of(logits, places, groups, "window") == pytest.approx(sum(alone) / 2)


def test_a_question_with_one_window_counts_it_twice() -> None:
    row = [0.5, 1.0, -2.0, 3.0]
    cross_entropy = -math.log(math.exp(1.0) / sum(map(math.exp, row)))
    assert loss_of([row], [1], [9]) == pytest.approx(cross_entropy)


def test_beside_the_answer_a_window_that_says_nothing_costs_less_than_one_that_is_sure() -> None:
    right, sure, silent = [0.0, 2.0, 0.0, 0.0], [0.0, 0.0, 9.0, 0.0], [9.0, 0.0, 0.0, 0.0]
    assert loss_of([right, silent], [1, 0], [1, 1]) < loss_of([right, sure], [1, 0], [1, 1])


def test_what_is_shut_has_no_gradient_that_is_not_a_number() -> None:
    import torch

    logits = torch.randn(3, 5, requires_grad=True)
    shut = torch.tensor([0, 0, 0, 0, -1e4])
    pointing_loss(
        logits + shut, torch.tensor([1, 0, 0]), torch.tensor([4, 4, 5]), "shared"
    ).backward()
    assert logits.grad is not None
    assert bool(torch.isfinite(logits.grad).all())
