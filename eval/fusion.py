"""Compare fusions of the two retrievers on development data: `python -m eval.fusion --help`.

    python -m eval.fusion --work DIR --squad dev-v1.1.json.gz --paragraphs train.json.gz
    python -m eval.fusion --work DIR --beir FOLDER --beir FOLDER

Prints a table for each set: the measures of `qa.evaluation.ranking` for every policy on both halves
of its queries, to choose on "tune" and to report from "report". Indexes are kept in DIR.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

import qa
from qa.evaluation.beir import load_beir
from qa.evaluation.ranking import Qrels
from qa.evaluation.retrieval import compare_fusions
from qa.evaluation.squad import load_squad
from qa.fusion import fuse

COLUMNS = {
    "nDCG@10": "ndcg_at_10",
    "MRR@10": "reciprocal_rank_at_10",
    "R@1": "recall_at_1",
    "R@5": "recall_at_5",
    "R@20": "recall_at_20",
    "R@100": "recall_at_100",
    "S@1": "success_at_1",
    "S@5": "success_at_5",
}


def main() -> None:
    """Parse the command line and print one table a set."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--work", type=Path, required=True, help="where indexes are kept")
    parser.add_argument("--squad", type=Path, help="SQuAD JSON: its questions are asked")
    parser.add_argument("--paragraphs", type=Path, action="append", default=[], help="more SQuAD")
    parser.add_argument("--questions", type=int, default=3000, help="how many of them (3000)")
    parser.add_argument("--beir", type=Path, action="append", default=[], help="a BEIR folder")
    options = parser.parse_args()
    for folder in options.beir:
        beir = load_beir(folder)
        compare(folder.name, options.work, beir.documents, beir.queries, beir.qrels)
    if options.squad is not None:
        squad = load_squad(options.squad)
        for path in options.paragraphs:
            squad = squad.among(load_squad(path))
        answerable = [question for question in squad.questions if question.answers]
        answerable.sort(key=lambda question: hashlib.sha256(question.id.encode()).digest())
        asked = answerable[: options.questions]
        queries = {question.id: question.question for question in asked}
        qrels = {question.id: {question.doc_id: 1} for question in asked}
        compare("squad-open", options.work, squad.documents, queries, qrels)


def compare(
    name: str,
    work: Path,
    documents: Sequence[qa.Document],
    queries: Mapping[str, str],
    qrels: Qrels,
) -> None:
    """Index one set, ask its queries, print the table."""
    bot = qa.build(documents, work / name, settings=qa.Settings(keep_chrome=True))
    depth = bot.policy.depth
    scores = compare_fusions(
        queries, qrels, lambda query: bot.retrieve(query, passages=2 * depth), fuse
    )
    print(f"\n{name}: {len(documents)} documents, {len(bot.index.passages)} passages")
    headings = "".join(f"{heading:>8}" for heading in COLUMNS)
    print(f"{'fusion':<16}{'lexical':>8}{'half':>8}{'n':>6}{headings}")
    for score in sorted(scores, key=lambda score: score.half):
        print(
            f"{score.policy.fusion:<16}{score.policy.weights['lexical']:>8.1f}{score.half:>8}"
            f"{score.queries:>6}"
            + "".join(f"{score.measures[name]:>8.3f}" for name in COLUMNS.values()),
            flush=True,
        )


if __name__ == "__main__":
    main()
