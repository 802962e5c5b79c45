"""The report of an evaluation: its outcomes, and what they come to. Written and read as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from qa.errors import InputError
from qa.evaluation.blame import CAUSES, Cause, cause
from qa.evaluation.calibration import Calibration
from qa.evaluation.files import as_object, member, parse_json, read_text
from qa.evaluation.latency import Latency, latencies
from qa.evaluation.outcome import Outcome
from qa.evaluation.questions import KINDS
from qa.evaluation.record import outcome_from_dict, outcome_to_dict
from qa.evaluation.summary import Summary

FORMAT = "footnote-evaluation"
VERSION = 2


@dataclass(frozen=True)
class Report:
    """The outcomes of one evaluation, in the order of the questions: at least one.

    `run` says what was evaluated (the question file, the policy, the index), as plain values.
    """

    outcomes: tuple[Outcome, ...]
    run: Mapping[str, object] = field(default_factory=dict)

    @cached_property
    def overall(self) -> Summary:
        """All questions together, with intervals."""
        return Summary.of(self.outcomes, intervals=True)

    @cached_property
    def answerable(self) -> Summary:
        """The questions that have an answer, with intervals."""
        return Summary.of([o for o in self.outcomes if o.question.answerable], intervals=True)

    @cached_property
    def kinds(self) -> dict[str, Summary]:
        """Each kind on its own, with intervals: known kinds in their order, then others by name."""
        present = {outcome.question.kind for outcome in self.outcomes}
        ordered = [kind for kind in KINDS if kind in present] + sorted(present - set(KINDS))
        return {
            kind: Summary.of([o for o in self.outcomes if o.question.kind == kind], intervals=True)
            for kind in ordered
        }

    @cached_property
    def documents(self) -> dict[str, Summary]:
        """The questions that each document answers, by document id.

        A question of several documents counts for each of them; one without an answer for none.
        """
        of: dict[str, list[Outcome]] = {}
        for outcome in self.outcomes:
            for doc_id in dict.fromkeys(outcome.question.doc_ids):
                of.setdefault(doc_id, []).append(outcome)
        return {doc_id: Summary.of(of[doc_id]) for doc_id in sorted(of)}

    @cached_property
    def causes(self) -> dict[Cause, list[Outcome]]:
        """The failed questions by what they are put down to, in the order of `CAUSES`."""
        found: dict[Cause, list[Outcome]] = {name: [] for name in CAUSES}
        for outcome in self.outcomes:
            if (blamed := cause(outcome)) is not None:
                found[blamed].append(outcome)
        return {name: outcomes for name, outcomes in found.items() if outcomes}

    @cached_property
    def stale(self) -> list[Outcome]:
        """The questions whose gold answers no longer stand where they say, failed or not."""
        return [outcome for outcome in self.outcomes if outcome.stale is not None]

    @cached_property
    def calibration(self) -> Calibration:
        """What the confidences are worth."""
        return Calibration.of(self.outcomes)

    @cached_property
    def latency(self) -> dict[str, Latency]:
        """How long answers took: "all", and each stage. Empty where nothing was timed."""
        return latencies(self.outcomes)

    def to_dict(self) -> dict[str, object]:
        """For JSON; the same outcomes give the same dictionary, whatever time they took."""
        return {
            "format": FORMAT,
            "version": VERSION,
            "run": dict(self.run),
            "overall": self.overall.to_dict(),
            "answerable": self.answerable.to_dict(),
            "kinds": {kind: summary.to_dict() for kind, summary in self.kinds.items()},
            "documents": {doc_id: summary.to_dict() for doc_id, summary in self.documents.items()},
            "causes": [
                {
                    "cause": name,
                    "meaning": CAUSES[name],
                    "questions": len(outcomes),
                    "share": len(outcomes) / len(self.outcomes),
                    "ids": [outcome.question.id for outcome in outcomes],
                }
                for name, outcomes in self.causes.items()
            ],
            "stale": [outcome.question.id for outcome in self.stale],
            "calibration": self.calibration.to_dict(),
            "outcomes": [outcome_to_dict(outcome) for outcome in self.outcomes],
        }

    def timing(self) -> dict[str, object]:
        """Seconds, over all questions and of each, for JSON: they differ from run to run."""
        return {
            "stages": {stage: latency.to_dict() for stage, latency in self.latency.items()},
            "questions": {outcome.question.id: dict(outcome.seconds) for outcome in self.outcomes},
        }

    @classmethod
    def from_dict(cls, record: Mapping[str, object]) -> Report:
        """The report that was written as `to_dict()` with `timing()` under "timing", or without.

        What can be worked out from the outcomes is, and not taken from the record. Raises
        `ValueError` with the reason for a record that is no report of this version.
        """
        if record.get("format") != FORMAT:
            raise ValueError("not a report of an evaluation")
        if record.get("version") != VERSION:
            raise ValueError(f"a report of version {record.get('version')!r}, not {VERSION}")
        timing = as_object(record.get("timing", {}))
        seconds = as_object(timing.get("questions", {}))
        outcomes = _outcomes(member(record, "outcomes", list), seconds)
        return cls(outcomes, as_object(record.get("run", {})))


def _outcomes(values: Sequence[object], seconds: Mapping[str, object]) -> tuple[Outcome, ...]:
    outcomes: dict[str, Outcome] = {}
    for number, value in enumerate(values, start=1):
        try:
            outcome = outcome_from_dict(as_object(value), seconds)
            if outcome.question.id in outcomes:
                raise ValueError(f"the id {outcome.question.id!r} is used twice")
        except ValueError as error:
            raise ValueError(f"outcome {number}: {error}") from error
        outcomes[outcome.question.id] = outcome
    if not outcomes:
        raise ValueError("a report without outcomes")
    return tuple(outcomes.values())


def load_report(path: Path) -> Report:
    """The report in a JSON file, plain or `.gz`, as `qa eval --json` writes it.

    Raises `InputError` for a file that cannot be read, is no report or one of another version.
    """
    try:
        return Report.from_dict(as_object(parse_json(read_text(path))))
    except ValueError as error:
        raise InputError(f"{path}: {error}", hint="write one with: qa eval --json FILE") from error
