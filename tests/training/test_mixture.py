"""The mixture of a run: shares, retrieved negatives, and nothing of the benchmark."""

from __future__ import annotations

import gzip
import json
from dataclasses import asdict
from pathlib import Path

import pytest

from tests.fakes import SubwordEncoder
from training.examples import Example
from training.mixture import mixture, share
from training.split import is_held_aside

QUESTIONS = 400
TITLES = [title for title in ("Normans", "Oxygen", "Parks", "Expo") if not is_held_aside(title)]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Questions about articles of these titles, each with a year and a name."""
    text = "Robots danced in Chongqing in 2019, and many guests looked on."
    articles = [
        {
            "title": title,
            "paragraphs": [
                {
                    "context": text,
                    "qas": [
                        {
                            "id": f"{title}-{number}",
                            "question": f"Where did robots dance in 2019, guest {number}?",
                            "answers": [{"text": "Chongqing", "answer_start": 17}],
                        }
                        for number in range(QUESTIONS)
                    ],
                }
            ],
        }
        for title in TITLES
    ]
    path = tmp_path_factory.mktemp("data") / "train.json"
    path.write_text(json.dumps({"data": articles}), encoding="utf-8")
    return path


@pytest.fixture
def negatives(tmp_path: Path) -> Path:
    path = tmp_path / "negatives.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as file:
        for number, title in enumerate(TITLES[:2]):
            question = f"Where did robots dance in 2019, guest {number}?"
            record = asdict(Example(question, title, "", "Nobody danced."))
            file.write(json.dumps(record) + "\n")
    return path


def parts_of(
    data: Path, *negatives: Path, benchmark: frozenset[str] = frozenset(), part: float = 1.0
) -> dict[str, list[Example]]:
    return mixture([data], negatives, benchmark, SubwordEncoder(), 0, {data.name: part})


def test_a_share_is_taken_and_what_has_negatives_always(data: Path, negatives: Path) -> None:
    part = parts_of(data, part=0.25)[data.name]
    assert abs(len(part) / (QUESTIONS * len(TITLES)) - 0.25) < 0.05
    asked = {example.question for example in parts_of(data, negatives, part=0.0)[data.name]}
    assert asked == {f"Where did robots dance in 2019, guest {number}?" for number in (0, 1)}


def test_nothing_is_about_an_article_of_the_benchmark(data: Path, negatives: Path) -> None:
    parts = parts_of(data, negatives, benchmark=frozenset(TITLES[:1]))
    # A contrast takes the title of another article of the same data.
    assert all(TITLES[0] != example.title for part in parts.values() for example in part)
    assert len(parts["retrieved negatives"]) == 1
    assert parts["contrasts"]


def test_a_share_is_a_number_after_the_last_equals_sign() -> None:
    assert share("a=b.json=0.5") == ("a=b.json", 0.5)
    with pytest.raises(ValueError, match="could not convert"):
        share("train.json")
