"""Which articles are trained on, and which are held aside to calibrate on."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from qa.evaluation.squad import Squad

HELD_ASIDE = 16  # one article in so many


def is_held_aside(title: str) -> bool:
    """Whether the article of this title is for calibration: the same answer in every run.

    >>> is_held_aside("Normans"), is_held_aside("Oxygen")
    (False, False)
    """
    return hashlib.sha256(title.encode()).digest()[0] % HELD_ASIDE == 0


def for_training(squad: Squad) -> Squad:
    """The articles to train on, with their questions."""
    return _part(squad, held_aside=False)


def for_calibration(squad: Squad) -> Squad:
    """The articles held aside, with their questions."""
    return _part(squad, held_aside=True)


def _part(squad: Squad, held_aside: bool) -> Squad:
    documents = [d for d in squad.documents if is_held_aside(d.title) is held_aside]
    ids = {document.id for document in documents}
    questions = [question for question in squad.questions if question.doc_id in ids]
    return replace(squad, documents=tuple(documents), questions=tuple(questions))
