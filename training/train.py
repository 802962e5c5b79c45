"""Train the span reader: `python -m training.train --help`.

    python -m training.train --data train.json.gz --negatives negatives.jsonl.gz --out DIR

Stop it and start it again with the same arguments: it goes on at its last checkpoint. In the end
DIR holds `model/` (weights and configuration) and `run.json`, which the model card is written from.
"""

from __future__ import annotations

import argparse
import json
import platform
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path

from qa.encoder import SentenceEncoder
from qa.evaluation.squad import load_squad
from qa.windows import Tokenizer
from training.batches import items
from training.loop import Recipe, train
from training.loss import LOSSES
from training.mixture import mixture, share
from training.network import is_halved, load_network
from training.score import score

MODEL = "model"


def main() -> None:
    """Make the examples, train, write the model."""
    recipe = Recipe()
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, nargs="+", required=True, help="SQuAD JSON files")
    parser.add_argument(
        "--negatives", type=Path, nargs="+", default=[], help="what `training.negatives` wrote"
    )
    parser.add_argument(
        "--share",
        type=share,
        action="append",
        default=[],
        metavar="FILE=SHARE",
        help="of a data file's questions without retrieved negatives (all); once for each file",
    )
    parser.add_argument(
        "--base",
        type=Path,
        nargs="+",
        help="folder of the model to start from; of several, the mean of their weights",
    )
    parser.add_argument("--dev", type=Path, required=True, help="SQuAD JSON, only to score on")
    parser.add_argument("--dev-questions", type=int, default=1500, help="how many of it (1500)")
    parser.add_argument("--out", type=Path, required=True, help="folder for all that is written")
    parser.add_argument("--device", help="cpu or cuda (what is there)")
    parser.add_argument("--until", type=int, help="end after so many steps (all there are)")
    parser.add_argument("--every", type=int, default=250, help="steps between checkpoints (250)")
    parser.add_argument("--epochs", type=int, default=recipe.epochs)
    parser.add_argument("--learning-rate", type=float, default=recipe.learning_rate)
    parser.add_argument("--batch", type=int, default=recipe.batch)
    parser.add_argument(
        "--loss",
        choices=LOSSES,
        default=recipe.loss,
        help="; ".join(f"{name}: {what}" for name, what in LOSSES.items()),
    )
    parser.add_argument("--seed", type=int, default=recipe.seed)
    options = parser.parse_args()
    import torch

    recipe = Recipe(
        epochs=options.epochs,
        learning_rate=options.learning_rate,
        batch=options.batch,
        loss=options.loss,
        seed=options.seed,
    )
    device = options.device or ("cuda" if torch.cuda.is_available() else "cpu")
    encoder = SentenceEncoder()
    tokenizer = Tokenizer(encoder.folder / "tokenizer.json")
    dev = load_squad(options.dev)
    benchmark = frozenset(document.title for document in dev.documents)
    shares = dict(options.share)
    if unknown := shares.keys() - {path.name for path in options.data}:
        parser.error(f"--share names {', '.join(sorted(unknown))}, which --data does not")
    parts = mixture(options.data, options.negatives, benchmark, encoder, options.seed, shares)
    windows = items(
        [example for part in parts.values() for example in part], tokenizer, recipe.max_tokens
    )
    options.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(recipe.seed)
    network = load_network(*(options.base or [encoder.folder]), device=device)
    scores = train(
        network,
        windows,
        recipe,
        options.out,
        device=device,
        every=options.every,
        until=options.until,
        score=lambda: score(network, tokenizer, dev, options.dev_questions, device),
    )
    network.save_pretrained(options.out / MODEL)
    run = {
        "name": options.out.name,
        "recipe": asdict(recipe),
        "base": [_name(folder) for folder in options.base or ()],
        "examples": {name: len(part) for name, part in parts.items()},
        "share": {path.name: shares.get(path.name, 1.0) for path in options.data},
        "windows": len(windows),
        "dev": {"file": options.dev.name, "questions": options.dev_questions, **scores},
        "device": device,
        "precision": "bfloat16" if is_halved(device) else "float32",
        "python": platform.python_version(),
        "versions": {name: version(name) for name in ("torch", "transformers", "tokenizers")},
    }
    (options.out / "run.json").write_text(json.dumps(run, indent=2) + "\n")


def _name(folder: Path) -> str:
    """The name of a run's folder where `folder` is the model in it."""
    return folder.parent.name if folder.name == MODEL else folder.name


if __name__ == "__main__":
    main()
