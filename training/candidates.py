"""The spans that a reader finds for questions asked through retrieval, and which are right."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.progress import track

import qa
from qa.coverage import coverage
from qa.evaluation.metrics import token_f1
from qa.evaluation.squad import Squad, SquadQuestion, load_squad
from qa.reader import SpanReader
from training.split import for_calibration

READ = 10
SEED = 5
RIGHT = 0.5  # token F1
# What `Constants.score` weighs, by the names of its weights: a span's logits, less those of "no
# answer", and how much of the question its passage tells of.
SIGNS = ("weight", "coverage")


@dataclass(frozen=True, slots=True)
class Candidates:
    """What was found for one question.

    `signs`: what speaks for each span, in the order of `SIGNS`, (spans, 2); `f1`: of each span with
    the gold answers, (spans,); `texts`: their words.
    """

    signs: NDArray[np.float64]
    f1: NDArray[np.float64]
    texts: list[str]


def load_corpus(path: Path) -> Squad:
    """A SQuAD file, or all those of a folder (`*.json`) as one."""
    squads = [load_squad(file) for file in sorted(path.glob("*.json"))]
    squads = squads or [load_squad(path)]
    return Squad(
        tuple(document for squad in squads for document in squad.documents),
        tuple(question for squad in squads for question in squad.questions),
    )


def ask(squad: Squad, work: Path, reader: SpanReader, questions: int) -> list[Candidates]:
    """Ask questions of the articles held aside; returns a record for each.

    The corpus is every paragraph of the file but one in three of those that are asked about: their
    questions have no answer there, unless another paragraph happens to give it.
    """
    aside = for_calibration(squad)
    removed = {document.id for document in aside.documents if _is_removed(document.id)}
    kept = [document for document in squad.documents if document.id not in removed]
    bot = qa.build(kept, work, qa.Settings(keep_chrome=True), reader=reader)
    pool = [question for question in aside.questions if question.answers]
    chosen = random.Random(SEED).sample(pool, min(questions, len(pool)))
    return [
        _candidates(question, bot.retrieve(question.question, passages=READ), reader)
        for question in track(chosen, "asking")
    ]


def save_candidates(path: Path, found: Sequence[Candidates]) -> None:
    """Write what `ask` found, one JSON line a question."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as file:
        for one in found:
            file.write(json.dumps([one.signs.tolist(), one.f1.tolist(), one.texts]) + "\n")


def load_candidates(path: Path) -> list[Candidates]:
    """Read what `save_candidates` wrote."""
    with path.open(encoding="utf-8") as file:
        records = [json.loads(line) for line in file]
    return [Candidates(np.array(signs), np.array(f1), texts) for signs, f1, texts in records]


def _candidates(question: SquadQuestion, hits: Sequence[qa.Hit], reader: SpanReader) -> Candidates:
    passages = [hit.passage for hit in hits]
    spans_of = reader.point(question.question, passages)
    found = [
        (span, [span.score, coverage(question.question, passage)])
        for passage, spans in zip(passages, spans_of, strict=True)
        for span in spans
    ]
    return Candidates(
        signs=np.array([signs for _, signs in found]).reshape(-1, len(SIGNS)),
        f1=np.array([token_f1(span.text, question.answers) for span, _ in found]),
        texts=[span.text for span, _ in found],
    )


def _is_removed(doc_id: str) -> bool:
    """One document in three, by its id."""
    return hashlib.sha256(doc_id.encode()).digest()[1] % 3 == 0
