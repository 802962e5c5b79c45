"""What a reader is unsure of: neither what it knows nor what it finds absurd."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest

from qa.network import Logits, Network
from qa.reader import BUNDLED
from qa.windows import Window
from tests.training.tiny import tokenizer
from training.batches import items
from training.examples import Example
from training.unsure import ASTRAY, SURE, from_unsure, losses, unsure

TEXT = "The 2019 expo signed 530 projects."
START = TEXT.index("530")


def example(question: str, text: str = TEXT, start: int | None = START) -> Example:
    return Example(question, "Expo", "", text, start, None if start is None else start + 3)


class Pointing(Network):
    """Gives token 0, "no answer", the logits that follow the question mark of each question."""

    def __init__(self, trust: Sequence[float]) -> None:
        self._trust = iter(trust)

    def logits(self, windows: Sequence[Window]) -> list[Logits]:
        made: list[Logits] = []
        for window in windows:
            logits = np.full(len(window.ids), -100, np.float32)
            logits[0], logits[-2] = next(self._trust), 0
            made.append((logits, logits))
        return made


def test_the_loss_is_the_cross_entropy_of_start_and_end() -> None:
    import torch

    [item] = items([example("How many?")], tokenizer(), 384)
    chooser = np.random.default_rng(0)
    pair = tuple(chooser.normal(size=len(item.ids)).astype(np.float32) for _ in range(2))

    class Fixed(Network):
        def __init__(self) -> None:
            pass

        def logits(self, windows: Sequence[Window]) -> list[Logits]:
            assert [window.ids for window in windows] == [item.ids.tolist()]
            assert windows[0].types.count(0) == item.second
            return [(pair[0], pair[1])]

    expected = [
        torch.nn.functional.cross_entropy(torch.from_numpy(logits)[None], torch.tensor([place]))
        for logits, place in zip(pair, (item.start, item.end), strict=True)
    ]
    [loss] = losses(Fixed(), [item])
    assert loss == pytest.approx(float(sum(expected)) / 2, rel=1e-5)


def test_what_is_certain_or_absurd_is_left_out() -> None:
    nothing = [example(f"Question {n}?", start=None) for n in range(3)]
    # The loss of "no answer" at a logit of x against 0: log(1 + e^-x).
    kept = list(unsure(Pointing([8.0, 1.0, -8.0]), nothing, tokenizer()))
    assert kept == nothing[1:2]
    assert np.log1p(np.exp(-8)) < SURE < np.log1p(np.exp(-1)) < ASTRAY < np.log1p(np.exp(8))


def test_the_bundled_reader_knows_what_stands_there() -> None:
    plain = example("How many projects did the 2019 expo sign?")
    wrong = Example(plain.question, "Expo", "", TEXT, 0, 3)
    [knows, errs] = losses(Network(BUNDLED), items([plain, wrong], tokenizer(), 384))
    assert knows < SURE < ASTRAY < errs


def test_what_is_written_is_read_by_where_it_is_from(tmp_path: Path) -> None:
    paths = [tmp_path / "a.jsonl.gz", tmp_path / "b.jsonl.gz"]
    written = {"squad": example("How many?"), "contrasts": example("Who?", start=None)}
    for path in paths:
        with gzip.open(path, "wt", encoding="utf-8") as file:
            for name, one in written.items():
                file.write(json.dumps({"of": name, **asdict(one)}) + "\n")
    assert from_unsure(paths) == {name: [one, one] for name, one in written.items()}
