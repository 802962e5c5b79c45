"""The measure of follow-up questions: what is read of a CANARD file, and what is counted."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from eval.conversation import Lookup, articles, half, load_turns, look_up, print_recalls
from qa.errors import QuestionError

QUESTIONS = [
    ("What band did he lead?", "What band did Frank Zappa lead?", "the Mothers of Invention"),
    ("Who left?", "Who left the Mothers of Invention?", "I don't know."),
    ("When did they disband?", "When did the Mothers of Invention disband?", "In late 1969."),
    ("Why?", "Why did the Mothers of Invention disband?", None),
]


def lines(dialogue: str = "C_1") -> list[dict[str, Any]]:
    history = ["Frank Zappa", "Disbandment"]
    found = []
    for number, (question, rewrite, answer) in enumerate(QUESTIONS, start=1):
        found.append(
            {
                "dialog": dialogue,
                "turn": number,
                "history": list(history),
                "question": question,
                "rewrite": rewrite,
            }
        )
        history += [question, answer or ""]
    return found


def write(path: Path, *records: object) -> Path:
    text = "".join(json.dumps(record) + "\n" for record in records)
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())
    return path


@pytest.mark.parametrize("name", ["canard.jsonl", "canard.jsonl.gz"])
def test_a_turn_has_the_answer_that_stands_in_the_next_one_s_history(
    tmp_path: Path, name: str
) -> None:
    turns = load_turns(write(tmp_path / name, *lines()))
    assert [turn.id for turn in turns] == ["C_1/1", "C_1/3"]  # no answer to 2, none known to 4
    assert [turn.answer for turn in turns] == ["the Mothers of Invention", "In late 1969."]
    assert turns[1].topic == ("Frank Zappa", "Disbandment")
    assert turns[1].history == (
        ("What band did he lead?", "the Mothers of Invention"),
        ("Who left?", None),
    )
    documents = articles(turns)
    assert [document.id for document in documents] == [turn.id for turn in turns]
    assert {document.title for document in documents} == {"Frank Zappa: Disbandment"}


def test_a_file_is_read_as_it_is_published(tmp_path: Path) -> None:
    names = {
        "dialog": "QuAC_dialog_id",
        "turn": "Question_no",
        **{name: name.capitalize() for name in ("history", "question", "rewrite")},
    }
    published = [{names[key]: value for key, value in line.items()} for line in lines()]
    path = tmp_path / "dev.json"
    path.write_text(json.dumps(published, indent=1), encoding="utf-8")
    assert load_turns(path) == load_turns(write(tmp_path / "canard.jsonl", *lines()))
    path.write_text("[{", encoding="utf-8")
    with pytest.raises(QuestionError, match=r"dev\.json: not valid JSON"):
        load_turns(path)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"turn": 3}, "'history' must hold a title, a section and two items a turn"),
        ({"turn": "1"}, "'turn' must be a whole number"),
        ({"question": None}, "'question' must be a string"),
        ({"history": "x"}, "'history' must be a list"),
    ],
)
def test_an_ill_formed_line_is_named(
    tmp_path: Path, change: dict[str, object], message: str
) -> None:
    first, second = lines()[:2]
    path = write(tmp_path / "canard.jsonl", first, {**second, **change})
    with pytest.raises(QuestionError, match="line 2: ") as error:
        load_turns(path)
    assert message in str(error.value)


def test_every_question_is_looked_up_three_ways(tmp_path: Path) -> None:
    turn = load_turns(write(tmp_path / "canard.jsonl", *lines()))[0]
    asked: list[str] = []

    def search(query: str) -> list[str]:
        asked.append(query)
        return [turn.id] if "Zappa" in query else ["other"]

    found = look_up(turn, search)
    assert asked == [turn.question, "What band did Frank Zappa lead?", turn.rewrite]
    assert (found.resolved, found.lost) == ("What band did Frank Zappa lead?", False)
    without = look_up(turn, search, topic=False)
    assert (without.resolved, without.lost) == (turn.question, True)


def test_what_is_closed_is_a_share_of_the_distance(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    turn = load_turns(write(tmp_path / "canard.jsonl", *lines()))[0]
    right, wrong = [turn.id], ["other"]
    print_recalls(
        [
            Lookup(turn, "resolved", right, right, right),
            Lookup(turn, "resolved", wrong, right, right),
            Lookup(turn, turn.question, wrong, wrong, right),
            Lookup(turn, turn.question, wrong, wrong, wrong),
        ]
    )
    printed = capsys.readouterr().out.splitlines()
    assert printed[2].split() == ["recall@5", "25.0", "50.0", "75.0", "50.0"]
    assert printed[-1] == "2 of 4 questions were changed"


def test_a_dialogue_is_of_one_half_only() -> None:
    halves = [half(f"C_{number}") for number in range(400)]
    assert 150 < halves.count("tune") < 250
    assert set(halves) == {"tune", "report"}
