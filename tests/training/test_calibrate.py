"""From what a reader found to its constants: fitted, and chosen, on questions apart."""

import json
from pathlib import Path

import numpy as np
import pytest

from qa.confidence import Constants
from qa.errors import InputError
from qa.evaluation.abstention import risk_bound
from training.calibrate import RISK, fit, lowest_threshold
from training.candidates import Candidates, load_candidates, load_corpus, save_candidates


def found(count: int, right: float, seed: int = 0) -> list[Candidates]:
    """Three spans a question; where the first is right it usually exceeds "no answer" by more."""
    chooser = np.random.default_rng(seed)
    questions = []
    for _ in range(count):
        is_right = chooser.random() < right
        logits = chooser.normal([5.0 if is_right else -3.0, -4.0, -5.0], 3.0)
        # A right span stands in a passage that tells of more of the question.
        covered = chooser.uniform([0.4 if is_right else 0.0, 0.0, 0.0], [1.0, 0.6, 0.6])
        f1 = np.array([1.0 if is_right else 0.0, 0.0, 0.2])
        signs = np.stack([logits, covered], axis=1)
        questions.append(Candidates(signs, f1, ["23 August", "five halls", "Ada Lovelace"]))
    return questions


def squad(path: Path, title: str, question: str) -> None:
    answer = {"text": "north", "answer_start": 4}
    qas = [{"id": f"{path.stem}-1", "question": question, "answers": [answer]}]
    paragraph = {"context": "The north is wide.", "qas": qas}
    path.write_text(json.dumps({"data": [{"title": title, "paragraphs": [paragraph]}]}))


def test_each_corpus_is_reported_at_the_one_threshold() -> None:
    record = fit({"easy": found(900, 0.9), "hard": found(600, 0.4, seed=1)})
    told = record["provenance"]
    assert told["fitted_on"] == 500  # type: ignore[index]
    assert told["threshold_chosen_on"]["asked"] == 1000  # type: ignore[index]
    easy, hard = told["of_these"]["easy"], told["of_these"]["hard"]  # type: ignore[index]
    assert (easy["asked"], hard["asked"]) == (600, 400)
    assert easy["answered"] / easy["asked"] > hard["answered"] / hard["asked"]
    both = told["threshold_chosen_on"]  # type: ignore[index]
    assert both["answered"] == easy["answered"] + hard["answered"]
    assert both["wrong_bound_95"] <= RISK


def test_a_span_that_answers_scores_above_no_answer_and_a_wrong_one_below() -> None:
    fitted = fit({"one": found(600, 0.6)})["constants"]
    constants = Constants(**fitted)  # type: ignore[arg-type]
    assert constants.weight > 0
    assert constants.coverage > 0
    assert constants.score(5.0, coverage=0.7) > 0 > constants.score(-3.0, coverage=0.3)


@pytest.mark.parametrize("seed", range(3))
def test_the_bound_holds_at_the_threshold_and_at_every_higher_one(seed: int) -> None:
    chooser = np.random.default_rng(seed)
    confidence = chooser.random(2000)
    wrong = chooser.random(2000) > confidence
    lowest = lowest_threshold(confidence, wrong)
    assert 0.5 < lowest < 1
    for hundredths in range(round(lowest * 100), 100):
        answered = confidence >= hundredths / 100
        if answered.sum() >= 100:
            assert risk_bound(int((answered & wrong).sum()), int(answered.sum())) <= RISK
    below = confidence >= lowest - 0.01
    assert risk_bound(int((below & wrong).sum()), int(below.sum())) > RISK


def test_a_reader_that_is_never_sure_enough_answers_nothing() -> None:
    assert lowest_threshold(np.full(500, 0.9), np.ones(500, bool)) == 1.0


def test_what_was_found_is_kept_and_loaded(tmp_path: Path) -> None:
    kept = found(5, 0.5)
    save_candidates(tmp_path / "new" / "found.jsonl", kept)
    for one, other in zip(kept, load_candidates(tmp_path / "new" / "found.jsonl"), strict=True):
        assert one.texts == other.texts
        assert np.array_equal(one.signs, other.signs)
        assert np.array_equal(one.f1, other.f1)


def test_a_folder_of_files_is_one_corpus(tmp_path: Path) -> None:
    squad(tmp_path / "b.json", "Bay", "Where is it wide?")
    squad(tmp_path / "a.json", "Ash", "What is wide?")
    corpus = load_corpus(tmp_path)
    assert [document.title for document in corpus.documents] == ["Ash", "Bay"]
    assert [question.doc_id for question in corpus.questions] == ["a/Ash/1", "b/Bay/1"]
    assert load_corpus(tmp_path / "a.json").questions == corpus.questions[:1]


def test_a_folder_without_files_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=tmp_path.name):
        load_corpus(tmp_path)
