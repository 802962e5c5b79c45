"""Compare fusions of the two retrievers on development data: `python -m eval.fusion --help`.

    python -m eval.fusion --work DIR --squad dev-v1.1.json.gz --paragraphs train.json.gz
    python -m eval.fusion --work DIR --beir FOLDER --beir FOLDER

Prints a table for each set: recall@1/5/20 and MRR@10 of every policy on both halves of its
queries, to choose on "tune" and to report from "report". Indexes are kept in DIR.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import qa
from qa.evaluation.beir import load_beir
from qa.evaluation.retrieval import compare_fusions
from qa.evaluation.squad import load_squad
from qa.fusion import fuse


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
        compare(folder.name, options.work, beir.documents, beir.queries, beir.relevant)
    if options.squad is not None:
        squad = load_squad(options.squad)
        for path in options.paragraphs:
            squad = squad.among(load_squad(path))
        answerable = [question for question in squad.questions if question.answers]
        answerable.sort(key=lambda question: hashlib.sha256(question.id.encode()).digest())
        asked = answerable[: options.questions]
        queries = {question.id: question.question for question in asked}
        relevant = {question.id: [question.doc_id] for question in asked}
        compare("squad-open", options.work, squad.documents, queries, relevant)


def compare(
    name: str,
    work: Path,
    documents: Sequence[qa.Document],
    queries: Mapping[str, str],
    relevant: Mapping[str, Collection[str]],
) -> None:
    """Index one set, ask its queries, print the table."""
    bot = qa.build(documents, work / name, settings=qa.Settings(keep_chrome=True))
    depth = bot.policy.depth
    scores = compare_fusions(
        queries, relevant, lambda query: bot.retrieve(query, passages=2 * depth), fuse
    )
    print(f"\n{name}: {len(documents)} documents, {len(bot.index.passages)} passages")
    print(
        f"{'fusion':<16}{'lexical':>8}{'half':>8}{'n':>6}{'r@1':>7}{'r@5':>7}{'r@20':>7}{'mrr':>7}"
    )
    for score in sorted(scores, key=lambda score: score.half):
        print(
            f"{score.policy.fusion:<16}{score.policy.weights['lexical']:>8.1f}{score.half:>8}"
            f"{score.queries:>6}{score.recall_at_1:>7.3f}{score.recall_at_5:>7.3f}"
            f"{score.recall_at_20:>7.3f}{score.reciprocal_rank_at_10:>7.3f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
