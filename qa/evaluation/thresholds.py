"""The least that an evaluation must reach (see eval/thresholds.toml)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from qa.errors import InputError
from qa.evaluation.files import read_text
from qa.evaluation.report import Report
from qa.evaluation.summary import METRICS


@dataclass(frozen=True, slots=True)
class Threshold:
    """A floor, in [0, 1], for one metric: over all questions, or of one `kind`."""

    metric: str
    floor: float
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Miss:
    """A threshold that was not reached. `measured` is None where there was nothing to measure.

    >>> print(Miss(Threshold("f1", 0.5, "number"), 0.25))
    f1 of kind number is 0.2500, at least 0.5000 is needed
    """

    threshold: Threshold
    measured: float | None

    def __str__(self) -> str:
        subject = self.threshold.metric
        if self.threshold.kind is not None:
            subject += f" of kind {self.threshold.kind}"
        found = "could not be measured" if self.measured is None else f"is {self.measured:.4f}"
        return f"{subject} {found}, at least {self.threshold.floor:.4f} is needed"


def load_thresholds(path: Path) -> list[Threshold]:
    """The thresholds of a TOML file: `[overall]` and `[kind.<name>]`, metric names as keys.

    Raises `InputError` for a file that cannot be read, a table or metric that is unknown, and a
    value that is no number in [0, 1].
    """
    try:
        tables = tomllib.loads(read_text(path))
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{path}: not valid TOML: {error}") from error
    if unknown := sorted(tables.keys() - {"overall", "kind"}):
        raise InputError(f"{path}: unknown table {unknown[0]!r}", hint="use [overall], [kind.NAME]")
    thresholds = _of_table(path, "overall", tables.get("overall", {}), None)
    kinds = tables.get("kind", {})
    if not isinstance(kinds, dict):
        raise InputError(f"{path}: 'kind' must be tables", hint="write [kind.NAME]")
    for kind, table in kinds.items():
        thresholds += _of_table(path, f"kind.{kind}", table, kind)
    return thresholds


def _of_table(path: Path, name: str, table: object, kind: str | None) -> list[Threshold]:
    if not isinstance(table, Mapping):
        raise InputError(f"{path}: {name!r} must be a table", hint=f"write [{name}]")
    thresholds = []
    for metric, floor in table.items():
        if metric not in METRICS:
            raise InputError(
                f"{path}: [{name}] has an unknown metric {metric!r}",
                hint=f"metrics: {', '.join(METRICS)}",
            )
        # A bool is an int to Python; `not 0 <= floor <= 1` also turns nan away.
        if isinstance(floor, bool) or not isinstance(floor, int | float) or not 0 <= floor <= 1:
            raise InputError(
                f"{path}: {metric} in [{name}] must be a number from 0 to 1, not {floor!r}",
                hint="1.0 is all of them",
            )
        thresholds.append(Threshold(metric, float(floor), kind))
    return thresholds


def missed(thresholds: list[Threshold], report: Report) -> list[Miss]:
    """The thresholds that the report does not reach; those with nothing to measure among them."""
    overall, kinds = report.overall, report.kinds
    misses = []
    for threshold in thresholds:
        summary = overall if threshold.kind is None else kinds.get(threshold.kind)
        measured = None if summary is None else summary.metrics[threshold.metric]
        # Means of floats: 0.7 may come out as 0.6999999999999999.
        if measured is None or measured < threshold.floor - 1e-9:
            misses.append(Miss(threshold, measured))
    return misses
