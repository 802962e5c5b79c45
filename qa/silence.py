"""Why there is no answer: which signal failed, in a word for programs and in words for people."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from math import floor

from qa.coverage import coverage
from qa.types import Hit, Signal, Span
from qa.values import compatible, value

Confidence = Callable[[Sequence[Span]], float]

# A question is off-topic where no passage reaches this cosine and none holds this share of its
# terms. docs/decisions/0011-agreement-and-conflict.md says how both were chosen.
_NEAR, _SHARED = 0.3, 0.6
_SHOWN = 60  # characters of a reading that is named in a reason


def silence(
    question: str,
    hits: Sequence[Hit],
    spans: Sequence[Span],
    sure: float,
    confidence: Confidence,
    threshold: float,
) -> tuple[Signal, str]:
    """The signal that failed and the reason in a sentence or two, where `spans` do not answer.

    `sure` is the confidence in the best of them, which fell short of `threshold`.

    "off-topic": no passage has to do with the question. "readings-too-close": two different answers
    stand so level that either would be given if it were not for the other. Else
    "no-convincing-span".
    """
    if off_topic(question, hits):
        return "off-topic", "No passage of the articles has anything to do with this question."
    rival = too_close(spans, confidence, threshold) if spans else None
    if rival is not None:
        return "readings-too-close", (
            f"Two readings of the articles are about as likely, {_named(spans[0])} and "
            f"{_named(rival)}, and neither is likely enough for an answer."
        )
    return "no-convincing-span", (
        "Some passages are on this topic, but none answers the question clearly: the best reaches "
        f"a confidence of {_below(sure)}, and answers start at {threshold:.0%}."
    )


def off_topic(question: str, hits: Sequence[Hit]) -> bool:
    """Whether no passage that was retrieved is near the question, in meaning or in words.

    An encoder with other cosines than the default one never says so by mistake: where all are
    high, nothing is off-topic.
    """
    if any(hit.scores["dense"] >= _NEAR for hit in hits):
        return False
    return all(coverage(question, hit.passage) < _SHARED for hit in hits)


def too_close(spans: Sequence[Span], confidence: Confidence, threshold: float) -> Span | None:
    """The second of two different readings each of which would be given without the other."""
    best = value(spans[0].text)
    rival = next((span for span in spans if not compatible(best, value(span.text))), None)
    if rival is None:
        return None
    other = value(rival.text)
    without_rival = [span for span in spans if not compatible(other, value(span.text))]
    without_best = [span for span in spans if not compatible(best, value(span.text))]
    level = min(confidence(without_rival), confidence(without_best)) >= threshold
    return rival if level else None


def _named(span: Span) -> str:
    text = textwrap.shorten(span.text, _SHOWN, placeholder=" \N{HORIZONTAL ELLIPSIS}")
    return f"\N{LEFT DOUBLE QUOTATION MARK}{text}\N{RIGHT DOUBLE QUOTATION MARK}"


def _below(confidence: float) -> str:
    """Whole percent, rounded down: what fell short must not read as if it had not."""
    return f"{floor(confidence * 100)}%"
