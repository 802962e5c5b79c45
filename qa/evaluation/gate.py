"""What a run is held against, and where its report goes."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from qa.evaluation.compare import Comparison, check_common, compare
from qa.evaluation.compare_table import print_comparison
from qa.evaluation.questions import Question
from qa.evaluation.record import brief, outcome_to_dict
from qa.evaluation.report import FORMAT, VERSION, Report, load_report
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


def baseline_json(report: Report) -> str:
    """What a later `--baseline` needs of the report, which `load_report` reads: a line a question.

    The same outcomes give the same bytes, so that a file that is kept changes where answers did.
    """
    head = {"format": FORMAT, "version": VERSION, "run": dict(report.run)}
    lines = [
        json.dumps(outcome_to_dict(brief(outcome)), ensure_ascii=False, allow_nan=False)
        for outcome in report.outcomes
    ]
    opened = json.dumps(head, ensure_ascii=False, allow_nan=False).removesuffix("}")
    return f'{opened}, "outcomes": [\n' + ",\n".join(lines) + "\n]}\n"


def _junit(report: Report, misses: Sequence[Miss] | None, comparison: Comparison | None) -> str:
    from qa.evaluation.junit import junit_xml

    return junit_xml(report)


def _page(report: Report, misses: Sequence[Miss] | None, comparison: Comparison | None) -> str:
    from qa.evaluation.page import report_page

    return report_page(report, misses=misses, comparison=comparison)


Written = Callable[[Report, Sequence[Miss] | None, Comparison | None], str]
FORMATS: Mapping[str, Written] = {
    "json": lambda report, misses, comparison: report_json(report, misses),
    "junit": _junit,
    "html": _page,
    "save_baseline": lambda report, misses, comparison: baseline_json(report),
}
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
        comparison = None if self.baseline is None else compare(self.baseline, report)
        print_report(report, misses)
        if comparison is not None:
            print("\nCompared with the baseline:")
            print_comparison(comparison)
        for name, path in self.outputs.items():
            text = FORMATS[name](report, misses, comparison)
            write_text(path, text if text.endswith("\n") else text + "\n")
        return int(bool(misses) or (comparison is not None and comparison.significant_drop))
