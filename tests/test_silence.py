"""Why there is no answer, for programs and for people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from qa.decide import decide
from qa.silence import off_topic, silence, too_close
from qa.types import Answer, Document, Hit, Passage, Span

TEXT = "Li of Tencent spoke first. Ma spoke, and Li again. The hall had 900 seats in 2018."
PASSAGE = Passage("b.md", "", 0, len(TEXT), TEXT, "Guests")
QUESTION = "Who spoke first in the hall?"


def hit(cosine: float, passage: Passage = PASSAGE) -> Hit:
    return Hit(passage, 0.5, {"lexical": 1, "dense": 1}, {"lexical": 1.0, "dense": cosine})


def span(words: str, score: float) -> Span:
    start = TEXT.index(words)
    return Span(PASSAGE, start, start + len(words), words, score)


def share(spans: Sequence[Span]) -> float:
    """Of all that was pointed at, how much at the first; and 1 at nothing."""
    return spans[0].score / (1 + sum(each.score for each in spans))


def test_what_no_passage_is_near_to_is_off_topic() -> None:
    assert off_topic("symptoms of the common cold", [hit(0.02), hit(0.1)])
    assert off_topic("symptoms of the common cold", [])


def test_near_in_meaning_or_in_words_is_on_topic() -> None:
    assert not off_topic("symptoms of the common cold", [hit(0.02), hit(0.6)])
    assert not off_topic(QUESTION, [hit(0.0)])
    titled = replace(PASSAGE, title="The common cold and its symptoms")
    assert not off_topic("symptoms of the common cold", [hit(0.0, titled)])


def test_off_topic_is_said_before_anything_about_spans() -> None:
    signal, reason = silence("symptoms of a cold", [hit(0.0)], [span("Li", 1.0)], 0.5, share, 0.9)
    assert signal == "off-topic"
    assert reason == "No passage of the articles has anything to do with this question."
    assert silence(QUESTION, [], [], 0.0, share, 0.9)[0] == "off-topic"


def test_where_a_passage_is_near_and_nothing_can_be_pointed_at_no_span_convinces() -> None:
    signal, reason = silence(QUESTION, [hit(0.9)], [], 0.0, share, 0.9)
    assert signal == "no-convincing-span"
    assert "reaches a confidence of 0%" in reason


def test_two_level_readings_are_too_close() -> None:
    spans = [span("Li of Tencent", 5.0), span("Ma", 4.0), span("900", 0.1)]
    assert share(spans) < 0.6
    signal, reason = silence(QUESTION, [hit(0.9)], spans, 0.5, share, 0.6)
    assert signal == "readings-too-close"
    assert reason == (
        "Two readings of the articles are about as likely, “Li of Tencent” and “Ma”, and neither "
        "is likely enough for an answer."
    )


@pytest.mark.parametrize(
    ("first", "second"),
    [(5.0, 1.0), (1.0, 0.9), (0.2, 0.1)],
)
def test_readings_are_not_close_where_one_leads_or_neither_would_do(
    first: float, second: float
) -> None:
    spans = [span("Li of Tencent", first), span("Ma", second)]
    assert too_close(spans, share, 0.6) is None


def test_the_same_reading_in_other_words_is_no_rival() -> None:
    spans = [span("Li of Tencent", 5.0), span("Li", 4.0)]
    assert too_close(spans, share, 0.6) is None


def test_a_long_reading_is_named_by_its_beginning() -> None:
    long = replace(span("Ma", 4.0), text="word " * 200)
    rival = replace(span("Li", 5.0), text="Li")
    _, reason = silence(QUESTION, [hit(0.9)], [rival, long], 0.5, share, 0.6)
    assert len(reason) < 300


def test_a_topic_without_an_answer_is_told_with_both_figures() -> None:
    signal, reason = silence(QUESTION, [hit(0.9)], [span("Li", 0.5)], 0.339, share, 0.755)
    assert signal == "no-convincing-span"
    assert reason == (
        "Some passages are on this topic, but none answers the question clearly: the best reaches "
        "a confidence of 33%, and answers start at 76%."
    )


def decided(spans: Sequence[Span], cosine: float) -> Answer:
    documents = {"b.md": Document("b.md", "Guests", TEXT)}
    return decide(QUESTION, QUESTION, [hit(cosine)], spans, documents, share, 0.6)


def test_an_answer_that_is_none_shows_its_work() -> None:
    answer = decided([span("Li of Tencent", 1.0), span("Ma", 0.9)], 0.9)
    assert (answer.text, answer.signal) == (None, "no-convincing-span")
    assert answer.rejected is not None
    assert (answer.rejected.text, answer.rejected.confidence) == (
        "Li of Tencent",
        answer.confidence,
    )
    assert answer.rejected.citations[0].quote == "Li of Tencent spoke first."
    assert len(answer.hits) == 1


def test_an_answer_has_no_signal() -> None:
    answer = decided([span("Li of Tencent", 5.0)], 0.0)
    assert (answer.text, answer.signal, answer.reason, answer.rejected) == (
        *("Li of Tencent", None),
        *(None, None),
    )
