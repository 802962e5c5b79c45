"""The official measures of spans, and the programs that print them, with a reader done by hand."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval import open_reading, quantised, reading
from qa.evaluation.metrics import exact_match, token_f1
from qa.evaluation.reading import Reading, Risk, Score, score, scores
from qa.evaluation.squad import Squad, SquadQuestion
from qa.types import Document, Hit, Passage, Retriever, Span
from tests.evaluation.pointing import NextWordReader

EXPO = Document("d/1", "Expo", "Visitors 400,000 came. Signed 530 deals.")
PARK = Document("d/2", "Park", "Covering 21 hectares, visitors walk.")
SQUAD = Squad(
    (EXPO, PARK),
    (
        SquadQuestion("q1", "How many visitors?", ("400,000",), (9,), "d/1"),
        SquadQuestion("q2", "How many were signed?", ("530 deals",), (30,), "d/1"),
        SquadQuestion("q3", "How much is it covering?", (), (), "d/2"),
        SquadQuestion("q4", "Who walk?", (), (), "d/2"),
        SquadQuestion("q5", "Why?", ("Ada",), (0,), "d/2"),
    ),
)


def official(readings: list[Reading], threshold: float, measure: str) -> float:
    """As evaluate-v2.0.py applies a threshold: silence is the empty string, and so is no gold."""
    total = 0.0
    for one in readings:
        given_text = "" if one.text is None or one.score < threshold else one.text
        golds = list(one.golds) or [""]
        total += (exact_match if measure == "EM" else token_f1)(given_text, golds)
    return total / len(readings)


words = st.sampled_from(["Ada", "Ada Lovelace", "Lovelace", "Babbage"])
found = st.builds(
    Reading,
    st.one_of(st.just(()), st.tuples(words), st.tuples(words, words)),
    st.one_of(words, st.none()),
    st.integers(-3, 3).map(float),
)


@given(st.lists(found, min_size=1, max_size=10), st.integers(-4, 4))
def test_every_question_counts_as_in_the_official_script(
    readings: list[Reading], threshold: int
) -> None:
    measured = score(readings, "all", threshold)
    assert measured.exact_match == pytest.approx(official(readings, threshold, "EM"))
    assert measured.f1 == pytest.approx(official(readings, threshold, "F1"))


@given(st.lists(found, min_size=1, max_size=10))
def test_the_thresholds_said_to_be_best_are(readings: list[Reading]) -> None:
    by_name = {line.name: line for line in scores(readings)}
    if all(one.golds for one in readings):
        assert len(by_name) == 1
        return
    thresholds = [math.inf, *(one.score for one in readings)]
    best = by_name["all, threshold best for F1"]
    assert best.f1 == pytest.approx(max(official(readings, t, "F1") for t in thresholds))
    best = by_name["all, threshold best for EM"]
    assert best.exact_match == pytest.approx(max(official(readings, t, "EM") for t in thresholds))


def test_each_question_is_read_in_its_paragraph_with_and_without_widening() -> None:
    readings = reading.measure(NextWordReader(), SQUAD, SQUAD.questions)
    widened = readings["widened"]
    assert [one.text for one in widened] == ["400,000", "530", "21", None, None]
    assert [one.score for one in widened] == [3.0, 1.0, 3.0, -math.inf, -math.inf]
    assert [one.text for one in readings["as pointed"]] == ["400,", "53", "2", None, None]


def test_the_measures_of_both_versions() -> None:
    widened = reading.measure(NextWordReader(), SQUAD, SQUAD.questions)["widened"]
    # q1 is right, q2 has F1 2/3, q3 is answered in vain, q4 is silence in its place, q5 is lost.
    always, everything, having, lacking, best_em, best_f1 = scores(widened)
    assert always.questions == 3
    assert always.exact_match == pytest.approx(1 / 3)
    assert always.f1 == pytest.approx(5 / 9)
    assert (everything.questions, everything.exact_match, everything.threshold) == (5, 0.4, 0.0)
    assert having == Score("answerable, given from 0", 3, always.exact_match, always.f1, 0.0)
    assert lacking == Score("unanswerable, given from 0", 2, 0.5, 0.5, 0.0)
    # q1 and q3 score the same, so no threshold gives the one without the other: silence is as good.
    assert (best_em.threshold, best_em.exact_match) == (math.inf, 0.4)
    assert best_em.to_dict()["threshold"] == "inf"
    assert best_f1.threshold == best_f1.to_dict()["threshold"] == 1.0
    assert best_f1.f1 == pytest.approx((1 + 2 / 3 + 1) / 5)


def test_a_file_without_unanswerable_questions_has_the_first_version_only() -> None:
    readings = [Reading(("Ada",), "Ada", -9.0)]
    assert [(line.exact_match, line.threshold) for line in scores(readings)] == [(1.0, None)]


def test_wrong_is_counted_among_the_answered() -> None:
    readings = [
        Reading(("Ada Lovelace",), "Ada", 0.9),  # F1 2/3
        Reading(("Ada",), "Babbage", 0.8),
        Reading(("Ada",), "Babbage", 0.1),
        Reading(("Ada",), None, 0.9),
    ]
    risk = Risk.of(readings, 0.5)
    assert (risk.questions, risk.answered, risk.wrong) == (4, 2, 1)
    # One of two: (1 - bound)^2 + 2 bound (1 - bound) = 1 - bound^2 is 0.05.
    assert risk.bound == pytest.approx(math.sqrt(0.95))


def hits(question: str) -> list[Hit]:
    """Three passages, those of the park first."""
    scores: dict[Retriever, float] = {"lexical": 0.0, "dense": 0.0}
    places = [(PARK, 0, 21), (PARK, 22, 36), (EXPO, 23, 40)]
    return [
        Hit(Passage(d.id, "", start, end, d.text[start:end]), 0.5, {}, scores)
        for d, start, end in places
    ]


def test_open_questions_are_read_as_deep_as_asked() -> None:
    reader = NextWordReader()
    asked = SQUAD.questions[:2]
    measured = open_reading.measure(reader, hits, asked, [1, 3])
    assert reader.read_counts == [1, 3, 1, 3]
    assert [one.text for one in measured.readings[1]] == [None, None]
    assert [one.text for one in measured.readings[3]] == ["walk", "530"]
    assert [one.score for one in measured.readings[3]] == [0.3, 0.1]
    assert Risk.of(measured.readings[3], 0.2).wrong == 1


def test_a_paragraph_ranks_where_its_best_passage_does() -> None:
    measured = open_reading.measure(NextWordReader(), hits, SQUAD.questions[:3], [1])
    assert measured.ranked[0] == ["d/2", "d/1"]
    assert measured.recall(1) == pytest.approx(1 / 3)
    assert measured.recall(2) == 1.0


def test_open_reading_prints_dashes_where_nothing_was_answered(
    capsys: pytest.CaptureFixture[str],
) -> None:
    measured = open_reading.measure(NextWordReader(), hits, SQUAD.questions[:2], [1, 3])
    open_reading.print_open(measured, threshold=0.2)
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["1", "0.0", "0.0", "0.0", "-", "-", "100.0"] in lines
    # "530" shares one of two words with "530 deals"; what was answered, "walk", is wrong.
    assert ["3", "0.0", "33.3", "50.0", "0.0", "100.0", "100.0"] in lines


class HalfReader(NextWordReader):
    """The same reader, but it never widens."""

    def point(
        self, question: str, passages: Sequence[Passage], *, widened: bool = True
    ) -> list[list[Span]]:
        return super().point(question, passages, widened=False)


def test_two_readers_are_compared_span_by_span() -> None:
    pairs = quantised.measure(NextWordReader(), NextWordReader(), SQUAD, SQUAD.questions)
    assert [pair.identical for pair in pairs] == [True] * 5
    assert [pair.apart for pair in pairs] == [0.0, 0.0, 0.0, None, None]
    pairs = quantised.measure(NextWordReader(), HalfReader(), SQUAD, SQUAD.questions)
    assert [pair.identical for pair in pairs] == [False, False, False, True, True]
