"""Examples: an answer stands at its offsets in the passage that goes with it."""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from qa.evaluation.squad import Squad, SquadQuestion
from qa.types import Document
from tests.fakes import SubwordEncoder
from tests.training.invented import squad_of, squads
from training.examples import UNTITLED, WHOLE, Example, from_negatives, from_squad, without

ENCODER = SubwordEncoder()
SENTENCE = "Robots danced on stage while guests from many towns looked on and clapped. "


def examples(squad: Squad, seed: int = 0) -> list[Example]:
    return list(from_squad(squad, ENCODER.token_starts, ENCODER.max_tokens, random.Random(seed)))


@given(squads(), st.integers(0, 9))
def test_the_answer_stands_at_its_offsets(squad: Squad, seed: int) -> None:
    texts = {document.id: document.text for document in squad.documents}
    for question, example in zip(squad.questions, examples(squad, seed), strict=True):
        assert example.question == question.question
        assert example.text in texts[question.doc_id]
        if question.answers:
            assert example.text[example.start : example.end] == question.answers[0]
        else:
            assert example.start is example.end is None


def test_an_answer_that_stands_twice_is_taken_where_it_was_annotated() -> None:
    text = "It cost 5 yuan. Robots sang. It cost 5 yuan."
    document = Document("s/Expo/0", "Expo", text)
    question = SquadQuestion("q", "What did it cost?", ("5 yuan",), (37,), document.id)
    [example] = examples(Squad((document,), (question,)))
    assert (example.text, example.start, example.end) == (text, 37, 43)


def test_a_quarter_is_read_in_the_whole_paragraph_and_the_rest_as_the_index_cuts_it() -> None:
    text = SENTENCE * 40 + "A park opened in Lijia. " + SENTENCE * 40
    squad = squad_of(("Parks", text, [("Where did a park open?", "Lijia")] * 400))
    made = examples(squad)
    whole = [example for example in made if example.text == text]
    assert abs(len(whole) / len(made) - WHOLE) < 0.06
    assert all(len(example.text) < len(text) / 5 for example in made if example.text != text)
    untitled = [example for example in made if not example.title]
    assert abs(len(untitled) / len(made) - UNTITLED) < 0.03
    assert {example.title for example in made} == {"", "Parks"}


def test_the_same_seed_makes_the_same_examples() -> None:
    squad = squad_of(("Parks", SENTENCE * 60, [("What?", None)] * 30))
    assert examples(squad, 1) == examples(squad, 1)
    assert examples(squad, 1) != examples(squad, 2)


def test_articles_of_the_benchmark_are_left_out_with_their_questions() -> None:
    squad = squad_of(
        ("Parks", "Grass.", [("What grows?", "Grass")]),
        ("Expo", "Robots.", [("Who?", "Robots")]),
        ("Parks", "Trees.", [("What else grows?", "Trees")]),
    )
    left = without(squad, frozenset({"Parks"}))
    assert [document.title for document in left.documents] == ["Expo"]
    assert [question.question for question in left.questions] == ["Who?"]


def test_negatives_are_read_as_examples_without_an_answer(tmp_path: Path) -> None:
    path = tmp_path / "negatives.jsonl.gz"
    record = {"question": "Wer?", "title": "Ü", "heading": "H", "text": "Robots 🤖."}
    path.write_bytes(gzip.compress((json.dumps(record) + "\n").encode()))
    assert list(from_negatives(path)) == [Example("Wer?", "Ü", "H", "Robots 🤖.")]
