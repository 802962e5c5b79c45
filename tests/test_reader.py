"""The reader: exact words, by offsets, from each passage alone and from many together."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import qa
from qa.confidence import Constants
from qa.coverage import coverage
from qa.layout import units
from qa.reader import BUNDLED, SpanReader
from qa.types import Document, Hit, Passage, Policy, Settings, Span
from qa.windows import Tokenizer
from tests.fakes import WordEncoder
from tests.texts import articles

SIGNING = "How many projects were signed?"
SIGNED = "The 2019 expo signed 530 projects."


@pytest.fixture(scope="module")
def reader() -> SpanReader:
    return SpanReader()


def hit_of(text: str, *, start: int = 0, doc_id: str = "a.txt", dense: float = 0.5) -> Hit:
    passage = Passage(doc_id, "", start, start + len(text), text, "Expo")
    return Hit(passage, 1.0, {"lexical": 1, "dense": 1}, {"lexical": 1.0, "dense": dense})


def check_spans(passage: Passage, spans: Sequence[Span]) -> None:
    """What every passage's spans are: verbatim, within one sentence, apart, best first, few."""
    bounds = [(passage.start + u.start, passage.start + u.end) for u in units(passage.text)]
    for span in spans:
        assert span.passage == passage
        assert passage.start <= span.start < span.end <= passage.end
        assert span.text == passage.text[span.start - passage.start : span.end - passage.start]
        assert any(first <= span.start and span.end <= last for first, last in bounds)
        assert any(map(str.isalnum, span.text))
        assert math.isfinite(span.score)
    in_order = sorted(spans, key=lambda span: span.start)
    assert all(a.end <= b.start for a, b in pairwise(in_order))
    assert [span.score for span in spans] == sorted((s.score for s in spans), reverse=True)
    assert len(spans) <= 5


# --- Pointing at words.


@pytest.mark.real
@pytest.mark.parametrize(
    ("question", "text", "answer"),
    [
        (SIGNING, SIGNED, "530"),
        ("When did the park open?", "The park in Lijia opened in August 2018.", "August 2018"),
        ("Who opened the expo?", "🤖👩‍👩‍👧 The expo was opened by Li Wei.\r\nIt rained.", "Li Wei"),
    ],
)
def test_it_points_at_the_exact_words(
    reader: SpanReader, question: str, text: str, answer: str
) -> None:
    hit = hit_of(text, start=100)
    best = reader.read(question, [hit])[0]
    assert best.text == answer
    assert best.start == 100 + text.index(answer)
    assert reader.point(question, [hit.passage])[0][0].text == answer


@pytest.mark.real
def test_the_same_words_are_found_where_they_answer(reader: SpanReader) -> None:
    text = "The 530 guests slept. In the end 530 projects were signed."
    best = reader.read(SIGNING, [hit_of(text)])[0]
    assert (best.text, best.start) == ("530", text.index("530", 10))


@pytest.mark.real
def test_a_passage_that_answers_comes_before_one_that_does_not(reader: SpanReader) -> None:
    hits = [hit_of("It rained on the park.", doc_id="b.txt"), hit_of(SIGNED)]
    spans = reader.read(SIGNING, hits)
    assert spans[0].passage.doc_id == "a.txt"
    assert reader.confidence(spans) > reader.confidence(reader.read(SIGNING, hits[:1]))


@pytest.mark.real
@pytest.mark.parametrize(
    "text",
    ["", "?!", "...", " \n\t", "---\n***\n|", "\u200b", "机器人跳舞。", "x" * 5000, "\x00\x1b"],
)
@pytest.mark.parametrize("question", [SIGNING, "?", "\u200b", "机器人", "why " * 500])
def test_no_question_and_no_passage_is_too_odd(
    reader: SpanReader, question: str, text: str
) -> None:
    (spans,) = reader.point(question, [hit_of(text).passage])
    check_spans(hit_of(text).passage, spans)
    confidence = reader.confidence(reader.read(question, [hit_of(text)]))
    assert 0 <= confidence <= 1


@pytest.mark.real
def test_a_question_of_2000_characters_is_cut_and_read(reader: SpanReader) -> None:
    question = (SIGNING + " ") * 70
    assert 2000 < len(question) < 2400
    assert reader.read(question[:2000], [hit_of(SIGNED)])[0].text == "530"


@pytest.mark.real
def test_nothing_to_read_has_no_spans_and_no_confidence(reader: SpanReader) -> None:
    assert reader.read(SIGNING, []) == []
    assert reader.point(SIGNING, []) == []
    assert reader.confidence([]) == 0.0


@pytest.mark.real
def test_words_beyond_the_first_window_are_found_with_their_offsets(reader: SpanReader) -> None:
    text = "It rained on the park all day. " * 90 + SIGNED + " It rained on." * 60
    best = reader.point(SIGNING, [hit_of(text, start=7).passage])[0][0]
    assert (best.text, best.start) == ("530", 7 + text.index("530"))


@pytest.mark.real
def test_as_pointed_or_widened_no_word_is_cut_by_widening(reader: SpanReader) -> None:
    text = "Robots sold cafe\u0301s for 94.47 billion U.S. dollars (up 31.9%) on 26 August 2019."
    passage = hit_of(text).passage
    for question in ("How much did robots sell?", "What was sold?", "When?", "Up by how much?"):
        (pointed,) = reader.point(question, [passage], widened=False)
        (widened,) = reader.point(question, [passage])
        check_spans(passage, pointed)
        check_spans(passage, widened)
        for span in widened:
            assert not text[span.end : span.end + 1].isalnum()
            assert text[span.end : span.end + 1] != "\u0301"
            assert not text[max(span.start - 1, 0) : span.start].isalnum()
        best = pointed[0]
        assert any(span.start <= best.start and best.end <= span.end for span in widened)


BLOCKS = [
    "# Signings of 2019",
    "- 530 projects were signed",
    "1. Contracts worth 94.47 billion yuan",
    "| projects | 530 | 501 |",
    "The 2019 expo signed 530 projects.",
    "Robots danced 🤖 on 26 August 2019.",
    "机器人在2019年签了530个项目。",
    "```",
]


@pytest.mark.real
@given(st.lists(st.sampled_from(BLOCKS), min_size=1, max_size=6), st.sampled_from(["\n\n", "\r\n"]))
@settings(max_examples=25)
def test_no_span_runs_across_headings_items_rows_or_paragraphs(
    reader: SpanReader, blocks: list[str], between: str
) -> None:
    text = between.join(blocks)
    passage = hit_of(text).passage
    for widened in (True, False):
        (spans,) = reader.point("How many projects were signed?", [passage], widened=widened)
        check_spans(passage, spans)
        assert not any(mark in span.text for span in spans for mark in "\r\n")


@pytest.mark.real
@given(st.lists(articles, min_size=1, max_size=3), articles.filter(str.strip))
@settings(max_examples=40)
def test_spans_are_verbatim_in_any_text(
    reader: SpanReader, texts: list[str], question: str
) -> None:
    hits = [hit_of(t, start=7 * n, doc_id=f"{n}.txt") for n, t in enumerate(texts)]
    for hit, spans in zip(hits, reader.point(question, [hit.passage for hit in hits]), strict=True):
        check_spans(hit.passage, spans)
    read = reader.read(question, hits)
    assert 0 <= reader.confidence(read) <= 1
    assert read == reader.read(question, hits[::-1])


# --- Reading several passages together.

HITS = [
    hit_of(SIGNED),
    hit_of("The 2018 expo signed 501 projects.", doc_id="b.txt", dense=0.4),
    hit_of("It rained. " * 60 + "Then 530 projects were signed.", doc_id="c.txt", dense=0.3),
    hit_of("机器人签了530个项目。", doc_id="d.txt", dense=0.2),
    hit_of("?!", doc_id="e.txt", dense=0.1),
]


@pytest.mark.real
def test_a_passage_is_read_the_same_alone_and_among_others(reader: SpanReader) -> None:
    passages = [hit.passage for hit in HITS]
    together = reader.point(SIGNING, passages)
    assert [reader.point(SIGNING, [passage])[0] for passage in passages] == together
    read = reader.read(SIGNING, HITS)
    for hit in HITS:
        alone = reader.read(SIGNING, [hit])
        assert alone == [span for span in read if span.passage == hit.passage]
    assert {span.passage.doc_id for span in read} == {"a.txt", "b.txt", "c.txt", "d.txt"}


@pytest.mark.real
def test_the_order_of_hits_does_not_matter(reader: SpanReader) -> None:
    expected = reader.read(SIGNING, HITS)
    for seed in range(5):
        assert reader.read(SIGNING, random.Random(seed).sample(HITS, len(HITS))) == expected
    assert [s.score for s in expected] == sorted((s.score for s in expected), reverse=True)


@pytest.mark.real
def test_words_in_two_overlapping_passages_are_one_span_with_its_better_score(
    reader: SpanReader,
) -> None:
    text = f"Crowds came. {SIGNED} It rained."
    first, second = hit_of(text[:47]), hit_of(text[13:], start=13, dense=0.9)
    assert first.passage.text.endswith(SIGNED)
    spans = reader.read(SIGNING, [first, second])
    places = [(span.start, span.end) for span in spans]
    assert len(set(places)) == len(places)
    apart = [reader.read(SIGNING, [hit])[0] for hit in (first, second)]
    assert apart[0].start == apart[1].start == text.index("530")
    assert spans[0] == max(apart, key=lambda span: span.score)
    elsewhere = replace(second, passage=replace(second.passage, doc_id="b.txt"))
    assert len(reader.read(SIGNING, [first, elsewhere])) > len(spans)


@pytest.mark.real
def test_logits_become_log_odds_and_these_a_probability() -> None:
    constants = Constants(0.5, coverage=3, bias=0.25, slope=2, shift=-1, threshold=0.6)
    reader = SpanReader(constants=constants)
    hit = hit_of(SIGNED)
    pointed = reader.point(SIGNING, [hit.passage])[0][0]
    best = reader.read(SIGNING, [hit])[0]
    weighed = 0.5 * pointed.score + 3 * coverage(SIGNING, hit.passage) + 0.25
    assert best.score == pytest.approx(weighed)
    assert replace(best, score=0) == replace(pointed, score=0)
    assert reader.threshold == 0.6
    assert reader.confidence([best]) == pytest.approx(1 / (1 + math.exp(1 - 2 * best.score)))


@pytest.mark.real
def test_confidence_is_in_all_spans_of_the_same_words(reader: SpanReader) -> None:
    passage = hit_of("530 projects; 530; the 530; 501").passage
    same, alike = Span(passage, 0, 3, "530", 1.0), Span(passage, 19, 26, "the 530", 0.5)
    other = Span(passage, 28, 31, "501", 0.5)
    alone = reader.confidence([same])
    assert reader.confidence([same, other]) < alone < reader.confidence([same, alike])


# --- In a bot.


def odd_documents() -> list[Document]:
    long = "Crowds came to see what was there; " * 300
    return [
        Document("emoji.txt", "🤖", "👩‍👩‍👧 Bots 🤖 signed 530 projects.\r\n\r\nIt\u2028rained."),
        Document("table.md", "表", "# 2019\n\n| year | signed |\n|---|---|\n| 2019 | 530 |\n"),
        Document("chinese.txt", "项目", "机器人在2019年签了530个项目。机器人跳舞。" * 30),
        Document("long.txt", "Long", f"{long} and 530 projects were signed. {long}"),
        Document("list.md", "List", "- projects signed: 530\n- e\u0301 signed\n1. Signed\n"),
        Document("marks.txt", "?!", "?!" * 300),
    ]


@pytest.mark.real
@pytest.mark.parametrize(
    ("budget", "reads"), [(16, 256), (120, 256), (700, 1000)], ids=["short", "usual", "long"]
)
def test_spans_of_odd_documents_are_their_own_words(
    reader: SpanReader, budget: int, reads: int
) -> None:
    documents = {document.id: document for document in odd_documents()}
    bot = qa.build(
        list(documents.values()),
        encoder=WordEncoder(max_tokens=reads),
        reader=reader,
        settings=Settings(passage_tokens=budget),
        policy=Policy(threshold=0.0),
    )
    passages = [
        passage
        for doc_id in documents
        for passage in [p for p in bot.index.passages if p.doc_id == doc_id][:4]
    ]
    for passage, spans in zip(passages, reader.point(SIGNING, passages), strict=True):
        check_spans(passage, spans)
        assert all(documents[passage.doc_id].text[s.start : s.end] == s.text for s in spans)
    tokens = Tokenizer(BUNDLED / "tokenizer.json").tokens
    assert (max(len(tokens(p.text).ids) for p in passages) > 384) == (budget == 700)
    answer = bot.ask(SIGNING)
    for citation in (*answer.citations, *(c for a in answer.alternatives for c in a.citations)):
        text = documents[citation.doc_id].text
        assert text[citation.answer_start : citation.answer_end] == citation.answer
        assert text[citation.start : citation.end] == citation.quote


@pytest.mark.real
def test_asked_one_by_one_together_or_at_once_the_answers_are_the_same(
    reader: SpanReader,
) -> None:
    always = Policy(threshold=0.0)
    bot = qa.build(odd_documents(), encoder=WordEncoder(), reader=reader, policy=always)
    questions = [SIGNING, "What came?", "机器人跳舞?", "???"]
    alone = [bot.ask(question) for question in questions]
    assert any(answer.citations for answer in alone)
    assert bot.ask_many(questions) == alone
    with ThreadPoolExecutor(8) as threads:
        single = [threads.submit(bot.ask, question) for question in questions]
        many = threads.submit(bot.ask_many, questions[::-1])
        assert [one.result() for one in single] == alone
        assert many.result() == alone[::-1]
