"""What confidence is worth: both plots, each with its numbers in a table."""

from __future__ import annotations

from collections.abc import Sequence

from qa.evaluation.page import plots
from qa.evaluation.page.markup import counted, percent, table
from qa.evaluation.report import Report


def calibration(report: Report) -> str:
    """Both plots, each with its figures in a table."""
    found = report.calibration
    bins = [
        [percent(part.confidence), percent(part.right), f"{part.questions:,}"]
        for part in found.bins
    ]
    curve = [
        [percent(point.threshold), percent(point.coverage), percent(point.risk)]
        for point in found.curve
    ]
    error = f"On average they are {percent(found.error)} apart (expected calibration error)."
    given = "Nothing was answered."
    if found.answered:
        given = (
            f"The ring is where it stands: {found.wrong:,} of {counted(found.answered, 'answer')} "
            f"wrong; in truth below {percent(found.wrong_below)}, with 95% confidence."
        )
    return (
        '<section><h2 id="confidence">What confidence is worth</h2><div class="plots">'
        f"<figure>{plots.reliability(found)}<figcaption><b>Reliability.</b> On the dashed line, "
        f"confidence is as high as the share that is right. {error}"
        f"{_numbers(['confidence', 'right', 'questions'], bins)}</figcaption></figure>"
        f"<figure>{plots.risk_coverage(found)}<figcaption><b>Risk and coverage.</b> How many "
        f"answers would be wrong if fewer or more were given. {given}"
        f"{_numbers(['threshold', 'answered', 'wrong'], curve)}</figcaption></figure>"
        "</div></section>"
    )


def _numbers(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    return f"<details><summary>The numbers</summary>{table(headings, rows)}</details>"
