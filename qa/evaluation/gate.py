"""What a run is held against, and where its report goes."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from qa.evaluation.compare import check_common, compare
from qa.evaluation.compare_table import print_comparison
from qa.evaluation.questions import Question
from qa.evaluation.report import Report, load_report
from qa.evaluation.table import print_report
from qa.evaluation.thresholds import Miss, Threshold, load_thresholds, missed
from qa.evaluation.writing import check_place, write_text


def report_json(report: Report, misses: Sequence[Miss] | None = None) -> str:
    """The report as JSON, which `load_report` reads.

    The same outcomes give the same bytes but for what stands under "timing".
    """
    record = {
        **report.to_dict(),
        "missed_thresholds": None if misses is None else [str(miss) for miss in misses],
        "timing": report.timing(),
    }
    return json.dumps(record, ensure_ascii=False, indent=1, allow_nan=False)


def _junit(report: Report, misses: Sequence[Miss] | None) -> str:
    from qa.evaluation.junit import junit_xml

    return junit_xml(report)


def _page(report: Report, misses: Sequence[Miss] | None) -> str:
    from qa.evaluation.page import report_page

    return report_page(report)


Written = Callable[[Report, Sequence[Miss] | None], str]
FORMATS: Mapping[str, Written] = {"json": report_json, "junit": _junit, "html": _page}
"""Every form in which a report is written, by name."""


@dataclass(frozen=True, slots=True)
class Gate:
    """Thresholds and an earlier report to be compared with, and a file for each form of output.

    `thresholds` is None where none were asked for, and so is `baseline`.
    """

    thresholds: list[Threshold] | None = None
    baseline: Report | None = None
    outputs: Mapping[str, Path] = field(default_factory=dict)

    @classmethod
    def load(
        cls,
        thresholds: Path | None = None,
        baseline: Path | None = None,
        **outputs: Path | None,
    ) -> Gate:
        """The gate that these files make; `outputs` are named as in `FORMATS`.

        Raises `InputError` for a file that cannot be read, and for a place where none can be
        written: before any question is asked.
        """
        places = {name: path for name, path in outputs.items() if path is not None}
        for path in places.values():
            check_place(path)
        return cls(
            None if thresholds is None else load_thresholds(thresholds),
            None if baseline is None else load_report(baseline),
            places,
        )

    def check(self, questions: Sequence[Question]) -> None:
        """Raise `InputError` where the earlier report knows none of these questions."""
        if self.baseline is not None:
            before = [outcome.question.id for outcome in self.baseline.outcomes]
            check_common(before, [question.id for question in questions])

    def conclude(self, report: Report) -> int:
        """Print the report and what it is held against, write it, and return the exit code.

        1 where a threshold is missed or the drop is significant, else 0.
        """
        misses = None if self.thresholds is None else missed(self.thresholds, report)
        print_report(report, misses)
        for name, path in self.outputs.items():
            text = FORMATS[name](report, misses)
            write_text(path, text if text.endswith("\n") else text + "\n")
        if self.baseline is None:
            return int(bool(misses))
        comparison = compare(self.baseline, report)
        print("\nCompared with the baseline:")
        print_comparison(comparison)
        return int(bool(misses) or comparison.significant_drop)
