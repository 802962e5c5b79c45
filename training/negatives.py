"""Find what retrieval brings up in vain: `python -m training.negatives --help`.

A reader that only ever saw the passage with the answer trusts every passage. So training questions
are asked through our own retrieval over the training paragraphs, and passages that rank high and
do not hold the answer are written down, a JSON line each, to be learned as "no answer here".
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections.abc import Iterator
from pathlib import Path

from rich.progress import track

import qa
from qa.evaluation.metrics import contains_answer
from qa.evaluation.squad import SquadQuestion, load_squad
from training.split import for_training

DEPTH = 10
SEED = 11


def main() -> None:
    """Index the paragraphs, ask, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, nargs="+", required=True, help="SQuAD JSON files")
    parser.add_argument("--index", type=Path, required=True, help="where the index is kept")
    parser.add_argument("--out", type=Path, required=True, help="the file to write (.jsonl.gz)")
    parser.add_argument("--questions", type=int, default=20_000, help="how many are asked (20000)")
    options = parser.parse_args()
    squads = [for_training(load_squad(path)) for path in options.data]
    documents = [document for squad in squads for document in squad.documents]
    questions = [q for squad in squads for q in squad.questions if q.answers]
    chosen = random.Random(SEED).sample(questions, min(options.questions, len(questions)))
    bot = qa.build(documents, options.index, qa.Settings(keep_chrome=True))
    partial = options.out.with_suffix(".partial")
    with gzip.open(partial, "wt", encoding="utf-8") as file:
        for question in track(chosen, "asking"):
            for passage in negatives(bot, question):
                record = {
                    "question": question.question,
                    "title": passage.title,
                    "heading": passage.heading,
                    "text": passage.text,
                }
                file.write(json.dumps(record, ensure_ascii=False) + "\n")
    partial.rename(options.out)


def negatives(bot: qa.Bot, question: SquadQuestion) -> Iterator[qa.Passage]:
    """The best passage without the answer, and another of the first ten."""
    hits = bot.retrieve(question.question, passages=DEPTH)
    wrong = [hit.passage for hit in hits if not _holds(hit.passage, question)]
    yield from wrong[:1]
    if len(wrong) > 1:
        # Seeded by the question: the choice does not depend on which others are asked.
        yield random.Random(question.id).choice(wrong[1:])


def _holds(passage: qa.Passage, question: SquadQuestion) -> bool:
    return contains_answer(question.answers, f"{passage.title} {passage.heading} {passage.text}")


if __name__ == "__main__":
    main()
