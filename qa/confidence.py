"""What a reader's scores are worth: log-odds that can be compared, and a probability."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from qa.errors import ReaderError
from qa.text import terms


@dataclass(frozen=True, slots=True)
class Constants:
    """What `python -m training.calibrate` fitted (`reader.json`, with where it comes from).

    `weight`, `coverage` and `bias` make a span's log-odds against "no answer", of its logits and of
    how much of the question its passage tells of; `slope` and `shift` make a calibrated probability
    of the joint log-odds of an answer; from the probability `threshold` on, answers are given.

    >>> constants = Constants(
    ...     weight=0.5, coverage=2.0, bias=-2.0, slope=1.0, shift=0.0, threshold=0.5
    ... )
    >>> constants.score(4.0, coverage=0.5), constants.probability(0.0)
    (1.0, 0.5)
    """

    weight: float
    coverage: float
    bias: float
    slope: float
    shift: float
    threshold: float

    def score(self, logits: float, coverage: float) -> float:
        """The log-odds against "no answer" of a span whose logits exceed those by so much.

        `coverage` is the share of the question's terms that its passage tells of (`qa.coverage`).
        """
        return self.weight * logits + self.coverage * coverage + self.bias

    def probability(self, odds: float) -> float:
        """The calibrated probability, in [0, 1], of an answer with these joint log-odds."""
        return 1 / (1 + math.exp(-max(-700.0, self.slope * odds + self.shift)))


def joint_odds(scores: Sequence[float], texts: Sequence[str]) -> float:
    """The log-odds of the first answer against all others and "no answer" (score 0) together.

    Texts that share half of their words and do not differ in their figures are one answer.

    >>> round(joint_odds([2.0, 1.0, 2.0], ["Chongqing", "Beijing", "in Chongqing"]), 2)
    1.38
    """
    answer = terms(texts[0])
    same = [_same(answer, terms(text)) for text in texts]
    ours = [score for score, one in zip(scores, same, strict=True) if one]
    others = [score for score, one in zip(scores, same, strict=True) if not one]
    return _log_sum(ours) - _log_sum([0.0, *others])


def _same(answer: Sequence[str], other: Sequence[str]) -> bool:
    shared = (Counter(answer) & Counter(other)).total()
    figures, others = _figures(answer), _figures(other)
    return answer == other or (
        4 * shared >= len(answer) + len(other) > 0 and (figures <= others or others <= figures)
    )


def _figures(of: Sequence[str]) -> set[str]:
    return {term for term in of if any(map(str.isdigit, term))}


def _log_sum(scores: Sequence[float]) -> float:
    """The logarithm of the sum of exponentials."""
    highest = max(scores)
    return highest + math.log(sum(math.exp(score - highest) for score in scores))


def load_constants(folder: Path) -> Constants:
    """The constants of a reader's folder. Raises ReaderError where they are missing or ill-formed.

    >>> from qa.reader import BUNDLED
    >>> 0 < load_constants(BUNDLED).threshold < 1
    True
    """
    path = folder / "reader.json"
    try:
        numbers = json.loads(path.read_text("utf-8"))["constants"]
        return Constants(**{name: float(number) for name, number in numbers.items()})
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ReaderError(
            f"{path} holds no constants of a reader: {error}",
            hint="write it with `python -m training.calibrate`",
        ) from error
