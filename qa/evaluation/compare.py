"""Two runs beside each other: what got better, what got worse, and whether that is more than luck.

Both runs were asked the same questions, so what is said of them is paired. One test decides whether
a drop is significant: McNemar's (Q. McNemar, 1947; here the exact one), which looks at the
questions that only one run got right. The bootstrap interval of the mean difference of F1 is told
beside it, for it also sees answers that are right in part. It decides nothing: a gate of two tests
gives more false alarms than either.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from qa.errors import InputError
from qa.evaluation.blame import cause
from qa.evaluation.intervals import Interval, Values, ratio_intervals
from qa.evaluation.outcome import Outcome
from qa.evaluation.report import Report
from qa.evaluation.summary import Summary

SIGNIFICANT = 0.05
Change = Literal["newly-wrong", "newly-right", "changed"]


@dataclass(frozen=True, slots=True)
class Pair:
    """One question in both runs."""

    before: Outcome
    after: Outcome

    @property
    def id(self) -> str:
        """The question's id, the same in both."""
        return self.after.question.id

    def to_dict(self) -> dict[str, object]:
        """For JSON."""
        return {
            "id": self.id,
            "question": self.after.question.question,
            "before": _said(self.before),
            "after": _said(self.after),
        }


def _said(outcome: Outcome) -> dict[str, object]:
    return {"answer": outcome.answer.text, "right": outcome.right, "cause": cause(outcome)}


@dataclass(frozen=True)
class Comparison:
    """The questions that both runs were asked, in the order of the later one: at least one.

    `added` and `removed` are the ids that only the later or the earlier run was asked.
    """

    pairs: tuple[Pair, ...]
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    @cached_property
    def before(self) -> Summary:
        """The earlier run, on these questions."""
        return Summary.of([pair.before for pair in self.pairs])

    @cached_property
    def after(self) -> Summary:
        """The later run, on these questions."""
        return Summary.of([pair.after for pair in self.pairs])

    @property
    def newly_right(self) -> list[Pair]:
        """Wrong before, right now."""
        return [pair for pair in self.pairs if pair.after.right and not pair.before.right]

    @property
    def newly_wrong(self) -> list[Pair]:
        """Right before, wrong now."""
        return [pair for pair in self.pairs if pair.before.right and not pair.after.right]

    @property
    def changed(self) -> list[Pair]:
        """Another answer, and as right or wrong as before."""
        return [
            pair
            for pair in self.pairs
            if pair.before.answer.text != pair.after.answer.text
            and pair.before.right == pair.after.right
        ]

    @cached_property
    def changes(self) -> dict[Change, list[Pair]]:
        """The questions that are otherwise than before, the worst change first."""
        return {
            "newly-wrong": self.newly_wrong,
            "newly-right": self.newly_right,
            "changed": self.changed,
        }

    @property
    def reworded(self) -> list[str]:
        """The ids of questions that were put in other words, or have other gold answers, now."""
        return [
            pair.id
            for pair in self.pairs
            if pair.before.question.question != pair.after.question.question
            or pair.before.question.history != pair.after.question.history
            or set(pair.before.question.answers) != set(pair.after.question.answers)
        ]

    @cached_property
    def p_value(self) -> float:
        """McNemar's exact test of `right`, two-sided; 1 where no question tells the runs apart."""
        better, worse = len(self.newly_right), len(self.newly_wrong)
        from scipy.special import bdtr  # scipy.stats would take seconds to load

        return min(1.0, 2 * float(bdtr(min(better, worse), better + worse, 0.5)))

    @cached_property
    def f1_difference(self) -> float:
        """Mean F1 now less mean F1 before."""
        return float(np.mean(self._gains()))

    @cached_property
    def f1_interval(self) -> Interval:
        """Its 95% interval, by the paired bootstrap: each question is drawn with both answers."""
        gains = self._gains()[:, np.newaxis]
        (interval,) = ratio_intervals(gains, np.ones_like(gains))
        if interval is None:
            raise ValueError("there are no questions to compare")
        return interval

    @property
    def significant_drop(self) -> bool:
        """Whether fewer are right than before, by more than luck (p < 0.05)."""
        fewer = len(self.newly_wrong) > len(self.newly_right)
        return fewer and self.p_value < SIGNIFICANT

    def _gains(self) -> Values:
        return np.array([pair.after.f1 - pair.before.f1 for pair in self.pairs], np.float64)

    def notes(self) -> list[str]:
        """What to know before the figures are believed: a sentence each."""
        notes = []
        for ids, what in (
            (self.added, "questions were not asked before and are left out"),
            (self.removed, "questions were not asked this time and are left out"),
            (self.reworded, "questions have other words or other gold answers now"),
        ):
            if ids:
                notes.append(f"{len(ids)} {what}: {listed(ids)}.")
        return notes

    def to_dict(self) -> dict[str, object]:
        """For JSON."""
        return {
            "questions": len(self.pairs),
            "before": self.before.to_dict(),
            "after": self.after.to_dict(),
            "newly_right": [pair.to_dict() for pair in self.newly_right],
            "newly_wrong": [pair.to_dict() for pair in self.newly_wrong],
            "changed": [pair.to_dict() for pair in self.changed],
            "added": list(self.added),
            "removed": list(self.removed),
            "reworded": self.reworded,
            "right": {"p_value": self.p_value},
            "f1": {"difference": self.f1_difference, "interval": list(self.f1_interval)},
            "significant_drop": self.significant_drop,
        }


def compare(before: Report, after: Report) -> Comparison:
    """The questions that both reports hold, by id; see `Comparison` for what is told of them.

    Raises `InputError` where they have no question in common.
    """
    earlier = {outcome.question.id: outcome for outcome in before.outcomes}
    later = {outcome.question.id: outcome for outcome in after.outcomes}
    check_common(list(earlier), list(later))
    return Comparison(
        tuple(Pair(earlier[name], later[name]) for name in later if name in earlier),
        added=tuple(name for name in later if name not in earlier),
        removed=tuple(name for name in earlier if name not in later),
    )


def check_common(before: Sequence[str], after: Sequence[str]) -> None:
    """Raise `InputError` where two runs, given by the ids of their questions, share none."""
    if not set(before) & set(after):
        raise InputError(
            "the two runs have no question in common",
            hint="compare runs over the same question file; ids tell which questions are the same",
        )


def listed(ids: Sequence[str], shown: int = 5) -> str:
    """The first few ids.

    >>> listed(["q1", "q2", "q3"], shown=2)
    'q1, q2, ...'
    """
    return ", ".join(ids[:shown]) + (", ..." if len(ids) > shown else "")
