"""The whole run, as the command line calls it: files in, table and exit code out."""

import io
import json
import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from qa.answerer import Trace, Turn
from qa.errors import InputError
from qa.evaluation.command import run
from qa.evaluation.questions import Question
from qa.evaluation.runner import evaluate
from qa.evaluation.table import print_report
from tests.evaluation.fakes import DictionaryBot, cite, say

BOT = DictionaryBot({"When?": say(cite("expo.md", "August 2018"))})
LINES = [
    {"id": "q1", "question": "When?", "answers": ["August 2018"], "doc_ids": ["expo.md"]},
    {"id": "q2", "question": "Where?", "answers": ["Lijia"], "doc_ids": ["park.md"]},
    {"id": "q3", "question": "Why?", "answers": [], "split": "dev"},
]


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    path = tmp_path / "q.jsonl"
    path.write_text("\n".join(map(json.dumps, LINES)), encoding="utf-8")
    return path


def thresholds(folder: Path, content: str) -> Path:
    path = folder / "thresholds.toml"
    path.write_text(f"[overall]\n{content}\n", encoding="utf-8")
    return path


def test_reached_thresholds_exit_with_0(
    questions: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(BOT, questions, thresholds_path=thresholds(tmp_path, "right = 0.66")) == 0
    assert "Every threshold is reached." in capsys.readouterr().out


def test_missed_thresholds_exit_with_1_and_are_named(
    questions: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(BOT, questions, thresholds_path=thresholds(tmp_path, "right = 0.67")) == 1
    printed = capsys.readouterr().out
    assert "Below the threshold (1):" in printed
    assert "right is 0.6667, at least 0.6700 is needed" in printed


def test_thresholds_hold_for_the_split_that_is_asked(questions: Path, tmp_path: Path) -> None:
    path = thresholds(tmp_path, "right = 0.66")
    assert run(BOT, questions, split="dev", thresholds_path=path) == 0
    assert run(BOT, questions, split="test", thresholds_path=path) == 1


def test_without_thresholds_nothing_is_missed(
    questions: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(DictionaryBot({}), questions) == 0
    assert "hreshold" not in capsys.readouterr().out


def test_the_written_report_holds_everything(questions: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "1.json", tmp_path / "2.json"
    floors = thresholds(tmp_path, "right = 1.0")
    for path in (first, second):
        run(BOT, questions, thresholds_path=floors, json_path=path, details={"policy": "plain"})
    record, again = (json.loads(path.read_text(encoding="utf-8")) for path in (first, second))
    assert [outcome["id"] for outcome in record["outcomes"]] == ["q1", "q2", "q3"]
    assert record["outcomes"][0]["citations"][0]["doc_id"] == "expo.md"
    assert record["overall"]["metrics"]["citation_verbatim"] == 1.0
    assert record["run"]["policy"] == "plain"
    assert record["missed_thresholds"] == ["right is 0.6667, at least 1.0000 is needed"]
    assert record.pop("timing").keys() == again.pop("timing").keys()
    assert record == again


class Unasked(DictionaryBot):
    """A bot that must be neither loaded nor asked."""

    def warm(self) -> None:
        pytest.fail("loaded before the files were checked")

    def trace(self, question: str, history: Sequence[Turn] = ()) -> Trace:
        pytest.fail(f"asked {question!r} before the files were checked")


def test_files_at_fault_are_told_before_any_question_is_asked(
    questions: Path, tmp_path: Path
) -> None:
    bot = Unasked({})
    with pytest.raises(InputError, match="unknown metric"):
        run(bot, questions, thresholds_path=thresholds(tmp_path, "accuracy = 1"))
    with pytest.raises(InputError, match="no such folder"):
        run(bot, questions, json_path=tmp_path / "missing" / "report.json")


def test_a_report_that_cannot_be_written_is_told(questions: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be written"):
        run(BOT, questions, json_path=tmp_path)


def test_the_table_is_plain_and_fits_where_there_is_no_terminal(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    kinds = ("several-documents", "[red]mine[/red]")
    asked = [
        Question("q1", "When?", ("August 2018",), ("expo.md",), kinds[0]),
        Question("q2", "Where?", ("Lijia",), ("park.md",), kinds[1]),
        Question("q3", "Why?", (), (), "unanswerable"),
    ]
    stream = io.StringIO()
    print_report(evaluate(BOT, asked), file=stream)
    lines = stream.getvalue().splitlines()
    assert "\x1b" not in stream.getvalue()
    assert max(map(len, lines)) <= 100
    rows = {line.split()[0]: line.split()[1:] for line in lines if line.strip()}
    assert rows["kind"] == "n EM F1 right in quote citation refused recall@1 recall@5".split()
    assert rows["several-documents"] == "1 100.0 100.0 100.0 100.0 100.0 0/1 100.0 100.0".split()
    assert rows["[red]mine[/red]"] == "1 0.0 0.0 0.0 0.0 0.0 1/1 0.0 100.0".split()
    assert rows["unanswerable"] == "1 100.0 100.0 100.0 100.0 100.0 1/1 – –".split()
    assert rows["all"][:2] == ["3", "66.7"]
    assert rows["95%"] == "0–100 0–100 0–100 0–100 0–100 0–100".split()
    assert rows["ranked"] == "too low to be read 1 q2".split()
    assert rows["failed"] == "1 of 3".split()
    sentences = " ".join(stream.getvalue().split())
    assert "Abstention: precision 50.0 % (1 of 2 refusals had no answer to give)" in sentences
    assert "Answerable questions lost to silence: 1 of 2." in sentences
    assert "word for word where they say: 1 of 1." in sentences
    assert "recall@5 in percent: fused 100.0, lexical 100.0, dense 100.0." in sentences
    assert "expected calibration error 10.0 % over all questions" in sentences
    assert "Wrong among the answers given: 0 of 1; below 95.0 % in truth" in sentences
    assert "0.750 / 0.750 (retrieving 0.250 / 0.250, reading 0.500 / 0.500)." in sentences


def test_a_wide_terminal_has_an_interval_for_every_figure() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    asked = [Question(f"q{n}", "When?", ("August 2018",), ("expo.md",)) for n in range(4)]
    missed = [Question(f"p{n}", "Where?", ("Lijia",), ("park.md",), "place") for n in range(8)]
    stream = Terminal()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COLUMNS", "160")
        print_report(evaluate(BOT, asked + missed), file=stream)
    printed = re.sub(r"\x1b\[[0-9;]*m", "", stream.getvalue())
    (line,) = (line for line in printed.splitlines() if line.startswith("all "))
    assert line.split()[:4] == ["all", "12", "33.3", "8–58"]
    assert "p0, p1, p2, p3, p4, ..." in printed
