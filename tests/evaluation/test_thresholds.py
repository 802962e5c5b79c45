"""Floors: what is read, what is refused, what counts as missed."""

from pathlib import Path

import pytest

from qa.errors import InputError
from qa.evaluation.questions import Question
from qa.evaluation.report import Report
from qa.evaluation.runner import evaluate
from qa.evaluation.summary import METRICS
from qa.evaluation.thresholds import Threshold, load_thresholds, missed
from tests.evaluation.fakes import DictionaryBot, cite, say

ROOT = Path(__file__).parents[2]
DATE = Question("q1", "When?", ("August 2018",), ("expo.md",), "date")
PLACE = Question("q2", "Where?", ("Lijia",), ("park.md",), "place")


def write(folder: Path, content: str) -> Path:
    path = folder / "thresholds.toml"
    path.write_text(content, encoding="utf-8")
    return path


@pytest.fixture
def report() -> Report:
    """Two questions; the date is answered, the place is not."""
    return evaluate(DictionaryBot({"When?": say(cite("expo.md", "August 2018"))}), [DATE, PLACE])


def test_reads_overall_and_kinds(tmp_path: Path) -> None:
    path = write(tmp_path, "[overall]\nf1 = 0.5\nright = 1\n[kind.several-documents]\nf1 = 0.25\n")
    assert load_thresholds(path) == [
        Threshold("f1", 0.5),
        Threshold("right", 1.0),
        Threshold("f1", 0.25, "several-documents"),
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("[overall", "not valid TOML"),
        ("[overal]\nf1 = 0.5", "unknown table 'overal'"),
        ("overall = 1", "'overall' must be a table"),
        ("kind = 1", "'kind' must be tables"),
        ("[kind]\nf1 = 0.5", r"'kind\.f1' must be a table"),
        ("[overall]\naccuracy = 0.5", "unknown metric 'accuracy'"),
        ("[kind.date]\naccuracy = 0.5", r"\[kind\.date\] has an unknown metric"),
        ("[overall]\nf1 = 50", "f1 in .* must be a number from 0 to 1, not 50"),
        ("[overall]\nf1 = -0.1", "must be a number"),
        ("[overall]\nf1 = nan", "must be a number"),
        ("[overall]\nf1 = true", "must be a number"),
        ('[overall]\nf1 = "0.5"', "must be a number"),
    ],
)
def test_what_is_refused(tmp_path: Path, content: str, reason: str) -> None:
    path = write(tmp_path, content)
    with pytest.raises(InputError, match=reason) as caught:
        load_thresholds(path)
    assert str(path) in str(caught.value)


def test_the_bundled_file_promises_that_quotes_are_verbatim() -> None:
    assert Threshold("citation_verbatim", 1.0) in load_thresholds(ROOT / "eval/thresholds.toml")


def test_only_what_is_below_is_missed(report: Report) -> None:
    reached = [Threshold("right", 0.5), Threshold("right", 1.0, "date"), Threshold("f1", 0.0)]
    low, kind = Threshold("right", 0.51), Threshold("right", 0.01, "place")
    assert missed(reached, report) == []
    misses = missed([*reached, low, kind], report)
    assert [(miss.threshold, miss.measured) for miss in misses] == [(low, 0.5), (kind, 0.0)]


def test_what_could_not_be_measured_is_missed(report: Report) -> None:
    no_such = [
        Threshold("abstention_recall", 0.0),  # every question has an answer
        Threshold("citation_verbatim", 0.0, "place"),  # nothing was cited
        Threshold("right", 0.0, "person"),  # nobody was asked for
    ]
    misses = missed(no_such, report)
    assert [miss.measured for miss in misses] == [None, None, None]
    assert str(misses[2]) == (
        "right of kind person could not be measured, at least 0.0000 is needed"
    )


def test_the_readme_tells_of_every_metric() -> None:
    readme = (ROOT / "eval/README.md").read_text(encoding="utf-8")
    assert [name for name in METRICS if f"`{name}`" not in readme] == []
