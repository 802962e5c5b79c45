"""Fit the constants of the best-sentence reader: `python -m eval.first_reader SQUAD.json[.gz]`.

Questions of a SQuAD training file are asked through retrieval over paragraphs of 50 of its
articles, after the paragraphs of one question in three were removed: for those, no sentence is
right. A first logistic regression weighs the features of every retrieved sentence, a second one
turns the best score of a question into the probability that its sentence holds the answer. One
half of the questions fits, the other reports.
"""

from __future__ import annotations

import argparse
import hashlib
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import qa
from qa.encoder import SentenceEncoder
from qa.evaluation.best_sentence import BestSentenceReader
from qa.evaluation.metrics import contains_answer
from qa.evaluation.squad import Squad, SquadQuestion, load_squad
from qa.types import Hit

ARTICLES, QUESTIONS, READ, SEED = 50, 1500, 10, 7
# A baseline cannot tell near misses from answers, so its threshold only keeps out the far ones: it
# is the highest that loses no more than this share of right sentences.
LOST = 0.05


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: the features of every sentence read, and which of them hold the answer."""

    rows: NDArray[np.float64]
    right: NDArray[np.bool_]


def main() -> None:
    """Ask, fit, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("squad", type=Path, help="a SQuAD training file")
    squad = load_squad(parser.parse_args().squad)
    documents, questions = sample(squad)
    encoder = SentenceEncoder()
    bot = qa.build(documents, settings=qa.Settings(keep_chrome=True), encoder=encoder)
    removed = {question.doc_id for question in questions if is_removed(question)}
    asked = []
    for question in questions:
        hits = bot.retrieve(question.question, passages=4 * READ)
        kept = [hit for hit in hits if hit.passage.doc_id not in removed][:READ]
        asked.append(ask(BestSentenceReader(encoder), question, kept))
    fit, report = asked[::2], asked[1::2]
    weights, bias = regression(
        np.concatenate([one.rows for one in fit]), np.concatenate([one.right for one in fit])
    )
    slope, shift = regression(*best(fit, weights, bias))
    scores, right = best(report, weights, bias)
    confidence = 1 / (1 + np.exp(-(slope[0] * scores[:, 0] + shift)))
    print(f"weights {weights.round(2).tolist()}, bias {bias:.2f}")
    print(f"slope {slope[0]:.2f}, shift {shift:.2f}")
    print(
        f"{len(documents)} paragraphs, {len(report)} questions reported, right {right.mean():.3f}"
    )
    threshold = max(t / 20 for t in range(20) if lost(confidence, right, t / 20) <= LOST)
    answered = confidence >= threshold
    print(f"threshold {threshold:.2f}")
    print(
        f"answered {answered.mean():.3f}, right when answered {right[answered].mean():.3f}, ",
        end="",
    )
    print(f"right answers lost {lost(confidence, right, threshold):.3f}")


def lost(confidence: NDArray[np.float64], right: NDArray[np.bool_], threshold: float) -> float:
    """The share of right sentences that are not shown at this threshold."""
    return float((right & (confidence < threshold)).sum() / right.sum())


def sample(squad: Squad) -> tuple[list[qa.Document], list[SquadQuestion]]:
    """The paragraphs of some articles, and some of their answerable questions."""
    chooser = random.Random(SEED)
    titles = sorted({document.title for document in squad.documents})
    chosen = set(chooser.sample(titles, min(ARTICLES, len(titles))))
    documents = [document for document in squad.documents if document.title in chosen]
    ids = {document.id for document in documents}
    questions = [q for q in squad.questions if q.doc_id in ids and q.answers]
    return documents, chooser.sample(questions, min(QUESTIONS, len(questions)))


def is_removed(question: SquadQuestion) -> bool:
    """One question in three, by its id."""
    return hashlib.sha256(question.id.encode()).digest()[1] % 3 == 0


def ask(reader: BestSentenceReader, question: SquadQuestion, hits: Sequence[Hit]) -> Asked:
    """The features of every sentence in `hits`."""
    sentences = reader.sentences(question.question, hits)
    right = [
        span.passage.doc_id == question.doc_id and contains_answer(question.answers, span.text)
        for span, _ in sentences
    ]
    return Asked(np.array([row for _, row in sentences]), np.array(right))


def best(
    asked: Sequence[Asked], weights: NDArray[np.float64], bias: float
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Each question's best score, shape (n, 1), and whether that sentence is right."""
    places = [int(np.argmax(one.rows @ weights)) for one in asked]
    scores = [[one.rows[place] @ weights + bias] for one, place in zip(asked, places, strict=True)]
    right = [one.right[place] for one, place in zip(asked, places, strict=True)]
    return np.array(scores), np.array(right)


def regression(
    rows: NDArray[np.float64], right: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], float]:
    """Weights and bias of a logistic regression."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(max_iter=1000).fit(rows, right)
    return model.coef_[0], float(model.intercept_[0])


if __name__ == "__main__":
    main()
