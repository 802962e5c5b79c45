"""SQuAD files: paragraphs become documents, and offsets must hold."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from qa.errors import InputError
from qa.evaluation.squad import load_squad

TEXT = "Robots danced. Robots sang."


def answer(text: str, start: int) -> dict[str, object]:
    return {"text": text, "answer_start": start}


def paragraph(*questions: dict[str, Any], text: str = TEXT) -> dict[str, Any]:
    return {"context": text, "qas": list(questions)}


def asked(identity: str = "q1", **changes: object) -> dict[str, Any]:
    answers = [answer("Robots", 15), answer("Robots sang", 15), answer("Robots", 0)]
    return {"id": identity, "question": "Who sang?", "answers": answers, **changes}


def write(path: Path, *articles: tuple[str, list[dict[str, Any]]]) -> Path:
    data = [{"title": title, "paragraphs": paragraphs} for title, paragraphs in articles]
    content = json.dumps({"version": "v2.0", "data": data}).encode()
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)
    return path


@pytest.mark.parametrize("name", ["dev-v1.1.json", "dev-v1.1.json.gz"])
def test_paragraphs_and_questions(tmp_path: Path, name: str) -> None:
    impossible = asked("q2", answers=[], is_impossible=True)
    squad = load_squad(
        write(
            tmp_path / name,
            ("Dancing_robots", [paragraph(asked(), impossible), paragraph()]),
            ("Parks", [paragraph(text="Grass.")]),
            ("Dancing_robots", [paragraph()]),
        )
    )
    assert [(document.id, document.title, document.text) for document in squad.documents] == [
        ("dev-v1.1/Dancing_robots/1", "Dancing robots", TEXT),
        ("dev-v1.1/Dancing_robots/2", "Dancing robots", TEXT),
        ("dev-v1.1/Parks/1", "Parks", "Grass."),
        ("dev-v1.1/Dancing_robots/3", "Dancing robots", TEXT),
    ]
    first, second = squad.questions
    assert (first.answers, first.answer_starts) == (("Robots", "Robots sang"), (15, 15))
    assert (second.answers, second.answer_starts) == ((), ())
    assert first.doc_id == second.doc_id == "dev-v1.1/Dancing_robots/1"


def test_questions_in_the_shape_that_the_runner_takes(tmp_path: Path) -> None:
    impossible = asked("q2", answers=[], is_impossible=True)
    squad = load_squad(write(tmp_path / "a.json", ("T", [paragraph(asked(), impossible)])))
    answerable, unanswerable = (question.to_question() for question in squad.questions)
    assert (answerable.kind, answerable.doc_ids) == ("fact", ("a/T/1",))
    assert (unanswerable.kind, unanswerable.doc_ids) == ("unanswerable", ())


def test_questions_of_one_file_among_the_paragraphs_of_two(tmp_path: Path) -> None:
    dev = load_squad(write(tmp_path / "dev.json", ("T", [paragraph(asked())])))
    train = load_squad(write(tmp_path / "train.json", ("T", [paragraph(asked("q9"))])))
    both = dev.among(train)
    assert [document.id for document in both.documents] == ["dev/T/1", "train/T/1"]
    assert both.questions == dev.questions
    with pytest.raises(InputError, match="one is dev/T/1"):
        dev.among(dev)


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        (asked(answers=[answer("Robots", 14)]), "'Robots' does not stand at offset 14"),
        (asked(answers=[answer("Robots", -12)]), "does not stand at offset -12"),
        (asked(answers=[answer("", 3)]), "does not stand at offset 3"),
        (asked(answers=[answer("Robots", True)]), "'answer_start' must be a whole number"),
        (asked(answers=[]), "must either have answers or be impossible"),
        (asked(is_impossible=True), "must either have answers or be impossible"),
        (asked(answers=["Robots"]), "not a JSON object"),
        (asked(question=None), "'question' must be a string"),
        (asked("q0"), "'q0' is used twice"),
    ],
)
def test_an_ill_formed_question_is_named(
    tmp_path: Path, question: dict[str, Any], reason: str
) -> None:
    path = write(tmp_path / "a.json", ("T", [paragraph(asked("q0")), paragraph(question)]))
    with pytest.raises(InputError, match="article 'T', paragraph 2: ") as caught:
        load_squad(path)
    assert str(path) in str(caught.value)
    assert reason in str(caught.value)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("{", "not valid JSON"),
        ("[]", "not a JSON object"),
        ("{}", "'data' is missing"),
        ('{"data": [{"title": "T"}]}', "'paragraphs' is missing"),
        ('{"data": [{"paragraphs": []}]}', "'title' is missing"),
    ],
)
def test_an_ill_formed_file_is_named(tmp_path: Path, content: str, reason: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=reason) as caught:
        load_squad(path)
    assert str(path) in str(caught.value)
