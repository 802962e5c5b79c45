"""The baseline: every sentence, the one nearest to the question first."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

import qa
from qa.evaluation.best_sentence import BestSentenceReader
from qa.layout import units
from qa.types import Hit, Passage, Span
from tests.fakes import WordEncoder
from tests.texts import articles

QUESTION = "Where did robots dance?"
READER = BestSentenceReader(WordEncoder())


def hit_of(
    text: str, *, start: int = 0, title: str = "", heading: str = "", dense: float = 0
) -> Hit:
    passage = Passage(f"{title}.txt", heading, start, start + len(text), text, title)
    return Hit(passage, 1.0, {"lexical": 1, "dense": 1}, {"lexical": 1.0, "dense": dense})


def test_the_sentence_that_shares_most_words_with_the_question_is_first() -> None:
    hits = [hit_of("Crowds came. Robots danced in Lijia. Drones flew."), hit_of("Robots slept.")]
    spans = READER.read(QUESTION, hits)
    assert [span.text for span in spans[:2]] == ["Robots danced in Lijia.", "Robots slept."]
    assert len(spans) == 4
    assert [span.score for span in spans] == sorted((s.score for s in spans), reverse=True)


def test_title_and_heading_count_and_headings_are_no_answers() -> None:
    apart = [hit_of("It rained.", title="Other"), hit_of("It rained.", title="Robots that dance")]
    assert READER.read(QUESTION, apart)[0].passage.title == "Robots that dance"
    below = [hit_of("It rained."), hit_of("It rained.", heading="Robots > Dance", title="b")]
    assert READER.read(QUESTION, below)[0].passage.heading == "Robots > Dance"
    spans = READER.read(QUESTION, [hit_of("# Where robots dance\n\nIn Lijia.")])
    assert [span.text for span in spans] == ["In Lijia."]


def test_a_score_is_the_weighed_sum_of_what_a_sentence_is_judged_by() -> None:
    ((span, features),) = READER.sentences(QUESTION, [hit_of("Robots slept.", dense=0.25)])
    # One of two terms each; "where" and "did" are function words.
    assert features == pytest.approx((0.5, 0.5, 0.25))
    expected = 5.46 * 0.5 + 5.71 * 0.5 + 1.88 * 0.25 - 9.88
    assert span.score == pytest.approx(expected)
    assert READER.confidence([span]) == pytest.approx(1 / (1 + math.exp(-0.76 * expected - 1.09)))


def test_confidence_is_in_the_first_span_alone_and_0_in_none() -> None:
    first, second = READER.read(QUESTION, [hit_of("Robots danced in Lijia. Crowds came.")])
    assert READER.confidence([]) == 0.0
    assert READER.confidence([first, second]) == READER.confidence([first])
    assert READER.confidence([first]) > READER.confidence([second])


def test_a_sentence_is_judged_alike_alone_and_among_others() -> None:
    hits = [hit_of(f"Robot {n} danced in Lijia. Crowds came.", title=f"{n}") for n in range(9)]
    together = READER.read(QUESTION, hits)
    for hit in hits:
        assert all(span in together for span in READER.read(QUESTION, [hit]))
    shuffled = random.Random(3).sample(hits, len(hits))
    assert READER.read(QUESTION, shuffled) == together


@given(articles, st.integers(0, 50))
def test_its_spans_are_the_text_s_own_sentences(text: str, start: int) -> None:
    spans = READER.read(QUESTION, [hit_of(text, start=start)] if text else [])
    offsets = {
        (unit.start + start, unit.end + start) for unit in units(text) if unit.kind != "heading"
    }
    assert {(span.start, span.end) for span in spans} == offsets
    assert all(text[span.start - start : span.end - start] == span.text for span in spans)


def test_it_answers_where_a_bot_is_given_it() -> None:
    document = qa.Document("expo.txt", "Expo", "Crowds came.\n\nRobots danced in Lijia.\n")
    encoder = WordEncoder()
    bot = qa.build([document], encoder=encoder, reader=BestSentenceReader(encoder))
    answer = bot.ask(QUESTION)
    assert answer.text == "Robots danced in Lijia."
    assert isinstance(READER.read(QUESTION, answer.hits)[0], Span)
