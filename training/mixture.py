"""The examples of a run, by where they come from."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from pathlib import Path

from qa.evaluation.squad import load_squad
from qa.protocols import Encoder
from training.contrasts import contrasts
from training.examples import Example, from_negatives, from_squad, without
from training.split import for_training


def share(text: str) -> tuple[str, float]:
    """A file's name and its share, as a command line gives them: FILE=SHARE.

    >>> share("train.json.gz=0.5")
    ('train.json.gz', 0.5)
    """
    name, _, number = text.rpartition("=")
    return name, float(number)


def mixture(
    data: Sequence[Path],
    negatives: Sequence[Path],
    benchmark: frozenset[str],
    encoder: Encoder,
    seed: int,
    shares: Mapping[str, float],
) -> dict[str, list[Example]]:
    """The examples by where they come from; none is about an article of the benchmark.

    Of a file's questions that have no retrieved negatives only its share is taken.
    """
    chooser = random.Random(seed)
    found = [example for path in negatives for example in from_negatives(path)]
    retrieved = {example.question for example in found}
    parts: dict[str, list[Example]] = {}
    for path in data:
        squad = without(for_training(load_squad(path)), benchmark)
        parts[path.name] = [
            example
            for example in from_squad(squad, encoder.token_starts, encoder.max_tokens, chooser)
            if example.question in retrieved or chooser.random() < shares.get(path.name, 1.0)
        ]
    if found:
        parts["retrieved negatives"] = [e for e in found if e.title not in benchmark]
    answerable = [example for path in data for example in parts[path.name]]
    parts["contrasts"] = list(contrasts(answerable, chooser))
    return parts
