"""Find the examples that a reader has still to learn: `python -m training.unsure --help`.

    python -m training.unsure --data train.json.gz --dev dev.json.gz --reader FOLDER --out FILE

A reader that has seen the training questions before is sure of half of them, and learns nothing
there. What it is sure of is left out, and so is what it finds so wrong that the label may be.
The others are written down, a JSON line each.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.progress import track

from qa.encoder import SentenceEncoder
from qa.evaluation.squad import load_squad
from qa.network import Network
from qa.windows import Tokenizer, Window
from training.batches import Item, items
from training.examples import Example
from training.loop import Recipe
from training.mixture import mixture, share

# Mean cross-entropy of start and end, in nats. Between them lie the examples that teach most
# ("dataset cartography", Swayamdipta et al., 2020).
SURE, ASTRAY = 0.1, 5.0
BATCH = 256


def main() -> None:
    """Make the examples, read them, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, nargs="+", required=True, help="SQuAD JSON files")
    parser.add_argument("--share", type=share, action="append", default=[], metavar="FILE=SHARE")
    parser.add_argument("--dev", type=Path, required=True, help="SQuAD JSON to keep away from")
    parser.add_argument("--reader", type=Path, required=True, help="the folder of a reader")
    parser.add_argument("--seed", type=int, default=Recipe().seed)
    parser.add_argument("--out", type=Path, required=True, help="the file to write (.jsonl.gz)")
    options = parser.parse_args()
    encoder = SentenceEncoder()
    tokenizer = Tokenizer(encoder.folder / "tokenizer.json")
    benchmark = frozenset(document.title for document in load_squad(options.dev).documents)
    shares = dict(options.share)
    parts = mixture(options.data, [], benchmark, encoder, options.seed, shares)
    network = Network(options.reader)
    partial = options.out.with_suffix(".partial")
    with gzip.open(partial, "wt", encoding="utf-8") as file:
        for name, part in parts.items():
            for example in unsure(network, part, tokenizer, name):
                file.write(json.dumps({"of": name, **asdict(example)}, ensure_ascii=False) + "\n")
    partial.rename(options.out)


def unsure(
    network: Network, examples: Sequence[Example], tokenizer: Tokenizer, name: str = "reading"
) -> Iterator[Example]:
    """The examples of which the network is neither sure nor far astray."""
    for at in track(range(0, len(examples), BATCH), name):
        some = examples[at : at + BATCH]
        held = [(example, item) for example in some for item in items([example], tokenizer, 384)]
        for (example, _), loss in zip(held, losses(network, [i for _, i in held]), strict=True):
            if SURE <= loss <= ASTRAY:
                yield example


def losses(network: Network, windows: Sequence[Item]) -> NDArray[np.float64]:
    """How far the network is from each answer, (windows,): cross-entropy, start and end halved."""
    read = network.logits(
        [
            Window(
                ids=item.ids.tolist(),
                types=[0] * item.second + [1] * (len(item.ids) - item.second),
                first=item.second,
                starts=(),
                ends=(),
            )
            for item in windows
        ]
    )
    return np.array(
        [
            (_entropy(starts, item.start) + _entropy(ends, item.end)) / 2
            for item, (starts, ends) in zip(windows, read, strict=True)
        ]
    )


def from_unsure(paths: Sequence[Path]) -> Mapping[str, list[Example]]:
    """The examples that such files hold, by where they come from."""
    parts: dict[str, list[Example]] = {}
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for record in map(json.loads, file):
                parts.setdefault(record.pop("of"), []).append(Example(**record))
    return parts


def _entropy(logits: NDArray[np.float32], place: int) -> float:
    return float(np.logaddexp.reduce(logits.astype(np.float64)) - logits[place])


if __name__ == "__main__":
    main()
