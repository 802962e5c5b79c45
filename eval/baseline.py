"""The known questions, answered by the best-sentence baseline: `python -m eval.baseline`."""

from __future__ import annotations

import argparse
from pathlib import Path

import qa
from qa.encoder import SentenceEncoder
from qa.evaluation.best_sentence import BestSentenceReader
from qa.evaluation.command import run

HERE = Path(__file__).resolve().parent


def main() -> int:
    """Open the index with the baseline in the reader's place, and evaluate."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--index", type=Path, default=HERE.parent / "index", help="the index")
    parser.add_argument("--split", help="only the questions of this split")
    options = parser.parse_args()
    encoder = SentenceEncoder()
    bot = qa.open(options.index, encoder=encoder, reader=BestSentenceReader(encoder))
    return run(bot, HERE / "questions" / "expo.jsonl", split=options.split)


if __name__ == "__main__":
    raise SystemExit(main())
