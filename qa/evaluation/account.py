"""What came of one question, line by line, for the reports of test runners."""

from __future__ import annotations

from qa.answerer import Turn
from qa.evaluation.blame import CAUSES, cause, explain
from qa.evaluation.outcome import Outcome


def account(outcome: Outcome) -> list[str]:
    """The cause first, with its explanation; then what was asked, expected, given and cited.

    The lines quote documents and questions and are as hostile as they are, line breaks included.
    """
    question, answer = outcome.question, outcome.answer
    expected = " | ".join(question.answers) or "silence: the documents do not answer"
    given = answer.text if answer.text is not None else f"nothing ({answer.reason or 'silence'})"
    lines = [
        blamed(outcome) or "right",
        *(f"asked before: {asked(turn)}" for turn in question.history),
        f"question: {question.question}",
        f"expected: {expected}",
        f"given: {given}",
        f"confidence: {answer.confidence:.0%}",
    ]
    lines += [f"right documents: {', '.join(question.doc_ids)}"] if question.doc_ids else []
    lines += [f"cited: {citation.doc_id}: {citation.quote}" for citation in answer.citations]
    return lines


def asked(turn: Turn) -> str:
    """The question of an item of history.

    >>> asked({"question": "Who won?", "answer": None})
    'Who won?'
    """
    return turn if isinstance(turn, str) else turn["question"] or ""


def blamed(outcome: Outcome) -> str | None:
    """The cause of a failure in words, and its explanation; None for a question that did not."""
    found = cause(outcome)
    return None if found is None else f"{CAUSES[found]}: {explain(outcome)}"


def late(outcome: Outcome) -> str | None:
    """What to note of a question that is stale and was answered rightly all the same."""
    if outcome.failed or outcome.stale is None:
        return None
    return f"stale, though answered rightly: {outcome.stale}"
