"""The metrics against worked examples and against a second, plain way to compute them."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.evaluation.metrics import (
    contains_answer,
    exact_match,
    is_right,
    normalise,
    recall_at,
    token_f1,
)

# Few words, so that they meet often; with all that the normalisation treats in its own way.
PIECES = ["the", "The", "a", "an", "than", "expo", "Expo", "2018", "5.3", "–", "’s", ".", "-", " "]
near_words = st.lists(st.sampled_from(PIECES), max_size=8).map("".join)
wordings = st.one_of(near_words, st.text(max_size=20))


def plainly_normalised(text: str) -> str:
    """As the official script describes it, one character at a time and without expressions."""
    kept = "".join(c for c in text.lower() if c not in string.punctuation)
    runs: list[str] = []
    for character in kept:
        if runs and runs[-1][-1].isalnum() and character.isalnum():
            runs[-1] += character
        else:
            runs.append(character)
    return " ".join("".join(" " if run in ("a", "an", "the") else run for run in runs).split())


def plain_f1(answer: str, gold: str) -> float:
    given_words, gold_words = plainly_normalised(answer).split(), plainly_normalised(gold).split()
    if given_words == [] or gold_words == []:
        return 1.0 if given_words == gold_words else 0.0
    left, shared = list(gold_words), 0
    for word in given_words:
        if word in left:
            left.remove(word)
            shared += 1
    if shared == 0:
        return 0.0
    precision, recall = shared / len(given_words), shared / len(gold_words)
    return 2 * precision * recall / (precision + recall)


@given(wordings)
def test_normalise_is_that_of_the_official_script(text: str) -> None:
    assert normalise(text) == plainly_normalised(text)


@given(wordings, st.lists(wordings, min_size=1, max_size=3))
def test_exact_match_and_f1_are_those_of_the_official_script(answer: str, golds: list[str]) -> None:
    equal = any(plainly_normalised(answer) == plainly_normalised(gold) for gold in golds)
    assert exact_match(answer, golds) == float(equal)
    assert token_f1(answer, golds) == pytest.approx(max(plain_f1(answer, g) for g in golds))


# Pieces of text and the words that count in them.
COUNTED = {
    "expo": "expo",
    "Expo,": "expo",
    "the": "",
    "53": "53",
    "5.3": "5.3",
    "530": "530",
    "1,200.": "1,200",
    "31.9%": "31.9 %",
    "Yao’s": "yao s",
    "city-wide": "city wide",
}
pieces = st.lists(st.sampled_from(sorted(COUNTED)), max_size=6)


@given(pieces, pieces)
def test_containment_is_that_of_padded_strings(gold: list[str], text: list[str]) -> None:
    wanted, words = (" ".join(filter(None, map(COUNTED.get, held))) for held in (gold, text))
    expected = wanted != "" and f" {wanted} " in f" {words} "
    assert contains_answer([" ".join(gold)], " ".join(text)) == expected


@pytest.mark.parametrize(
    ("answer", "golds", "em", "f1"),
    [
        # From the documentation of public implementations of the SQuAD metric.
        ("1976", ["1976"], 1.0, 1.0),
        ("Beyonce", ["Beyoncé and Bruno Mars"], 0.0, 0.0),
        # Super Bowl 50 has more than one gold wording; the best one counts.
        ("Super Bowl L", ["L", "Super Bowl L"], 1.0, 1.0),
        ("the Denver Broncos.", ["Denver Broncos"], 1.0, 1.0),
        ("Levi's Stadium", ["Levis stadium"], 1.0, 1.0),
        # One of two words is shared: precision 1/2, recall 1/1.
        ("Denver Broncos", ["Broncos"], 0.0, 2 / 3),
        # A word said three times counts as often as the gold says it: P 2/3, R 2/2.
        ("no no no", ["no no"], 0.0, 0.8),
        ("anthem", ["them"], 0.0, 0.0),
        ("$5.3 billion", ["53 billion"], 1.0, 1.0),
        (None, [], 1.0, 1.0),
        (None, ["1976"], 0.0, 0.0),
        ("1976", [], 0.0, 0.0),
        ("the", [], 0.0, 0.0),
        (None, ["the"], 0.0, 0.0),
    ],
)
def test_worked_examples(answer: str | None, golds: list[str], em: float, f1: float) -> None:
    assert exact_match(answer, golds) == em
    assert token_f1(answer, golds) == pytest.approx(f1)


@pytest.mark.parametrize(
    ("answer", "golds", "right"),
    [
        ("530 projects", ["530"], True),
        ("5300 projects", ["530"], False),
        ("projects worth 612 billion", ["612 projects"], False),
        (" ".join(["word"] * 11 + ["530"]), ["530"], True),
        (" ".join(["word"] * 12 + ["530"]), ["530"], False),
        # Long, but exactly what was wanted.
        (" ".join(["word"] * 13), [" ".join(["word"] * 13)], True),
        ("530", [], False),
        (None, [], True),
        (None, ["530"], False),
    ],
)
def test_right_is_exact_or_short_and_around_it(
    answer: str | None, golds: list[str], right: bool
) -> None:
    assert is_right(answer, golds) is right


def test_rankings() -> None:
    ranked = ["d", "c", "b", "a"]
    assert [recall_at(k, ranked, {"b", "a"}) for k in (1, 2, 3, 4)] == [0, 0, 1, 1]
    assert recall_at(5, [], {"a"}) == 0
    assert recall_at(5, ranked, set()) == 0
