"""Citations: verbatim, whatever a reader points at; and silence below the threshold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.decide import cite, decide
from qa.text import terms
from qa.types import Answer, Candidate, Document, Hit, Passage, Span

TEXT = "# Expo\n\nRobots danced in 2018. Robots danced again. 机器人跳舞。\r\nThe end\u2028came."
DOCUMENT = Document("a.md", "Expo", TEXT, "https://example.org/a", "2018-08-23")


def passage_of(document: Document, start: int = 0, end: int | None = None) -> Passage:
    end = len(document.text) if end is None else end
    return Passage(document.id, "", start, end, document.text[start:end], document.title)


def span_of(passage: Passage, words: str, *, after: int = 0) -> Span:
    """A span over `words`: tests may search, citations may not."""
    start = passage.start + passage.text.index(words, after)
    return Span(passage, start, start + len(words), words, 1.0)


def decided(span: Span, confidence: float, threshold: float) -> Answer:
    hit = Hit(span.passage, 1.0, {"lexical": 1, "dense": 1}, {"lexical": 1.0, "dense": 1.0})
    documents = {DOCUMENT.id: DOCUMENT}
    return decide("?", "? resolved", [hit], [span], documents, lambda _: confidence, threshold)


def test_the_quote_is_the_sentence_around_the_answer() -> None:
    citation = cite(span_of(passage_of(DOCUMENT), "2018"), DOCUMENT)
    assert citation.quote == "Robots danced in 2018."
    assert (citation.answer, citation.answer_start) == ("2018", TEXT.index("2018"))
    assert (citation.doc_id, citation.title) == ("a.md", "Expo")
    assert (citation.url, citation.date) == ("https://example.org/a", "2018-08-23")
    assert citation.text_sha256 == sha256(TEXT.encode()).hexdigest()
    assert citation.source_sha256 is None


def test_of_repeated_words_the_ones_pointed_at_are_cited() -> None:
    second = TEXT.index("Robots", TEXT.index("Robots") + 1)
    citation = cite(span_of(passage_of(DOCUMENT), "Robots danced", after=second), DOCUMENT)
    assert citation.answer_start == second
    assert citation.quote == "Robots danced again."


def test_a_span_over_two_sentences_is_quoted_with_both() -> None:
    citation = cite(span_of(passage_of(DOCUMENT), "in 2018. Robots"), DOCUMENT)
    assert citation.quote == "Robots danced in 2018. Robots danced again."


def test_the_quote_does_not_leave_its_passage() -> None:
    start = TEXT.index("danced")
    passage = passage_of(DOCUMENT, start, start + len("danced in 2018"))
    citation = cite(span_of(passage, "2018"), DOCUMENT)
    assert citation.quote == "danced in 2018"


def test_a_span_of_white_space_between_sentences_is_quoted_as_it_is() -> None:
    gap = TEXT.index("\n\n")
    citation = cite(Span(passage_of(DOCUMENT), gap, gap + 2, "\n\n", 1.0), DOCUMENT)
    assert (citation.quote, citation.answer) == ("\n\n", "\n\n")


@pytest.mark.parametrize(
    ("words", "page"), [("One", 1), ("Two", 2), ("Four", 4), ("One\fTwo", 1), ("\f\fF", 2)]
)
def test_the_page_is_the_one_on_which_the_answer_begins(words: str, page: int) -> None:
    # The third page is empty: it begins where the fourth's form feed stands.
    document = Document("a.pdf", "A", "One\fTwo\f\fFour", page_starts=(0, 4, 8, 9))
    assert cite(span_of(passage_of(document), words), document).page == page


def test_a_document_without_pages_has_none() -> None:
    assert cite(span_of(passage_of(DOCUMENT), "2018"), DOCUMENT).page is None


def test_confidence_decides_and_the_threshold_itself_is_enough() -> None:
    span = span_of(passage_of(DOCUMENT), "2018")
    said = decided(span, 0.5, 0.5)
    assert (said.text, said.reason, said.confidence, said.agreement) == ("2018", None, 0.5, 1)
    assert (said.question, said.resolved_question) == ("?", "? resolved")
    silent = decided(span, 0.49, 0.5)
    assert (silent.text, silent.citations, silent.confidence) == (None, (), 0.49)
    assert len(said.hits) == len(silent.hits) == 1


@pytest.mark.parametrize(
    ("confidence", "threshold", "words"),
    [(0.2, 0.5, "20%"), (0.4999, 0.5, "49%"), (0.0, 0.01, "0%"), (0.999, 1.0, "99%")],
)
def test_the_reason_never_reads_as_if_it_had_been_enough(
    confidence: float, threshold: float, words: str
) -> None:
    reason = decided(span_of(passage_of(DOCUMENT), "2018"), confidence, threshold).reason
    assert reason is not None
    assert reason.endswith(
        f"the best reaches a confidence of {words}, and answers start at {threshold:.0%}."
    )


def test_nothing_to_point_at_is_silence_even_at_a_threshold_of_0() -> None:
    silent = decide("?", "?", [], [], {}, lambda _: 1.0, 0.0)
    assert (silent.text, silent.confidence, silent.hits) == (None, 0.0, ())
    assert silent.reason == "No passage of the articles has anything to do with this question."


def test_an_answer_is_the_document_s_words_not_the_reader_s() -> None:
    span = span_of(passage_of(DOCUMENT), "2018")
    misquoted = Span(span.passage, span.start, span.end, "2019", 1.0)
    answer = decided(misquoted, 1.0, 0.5)
    assert answer.text == answer.citations[0].answer == "2018"


GUESTS = Document("b.md", "Guests", "Li of Tencent spoke first. Ma spoke, and Li again. Bo left.")


def alternatives(
    *said: tuple[str, float], threshold: float = 0.0, document: Document = GUESTS
) -> tuple[Candidate, ...]:
    """The other answers where a reader points at these words, as sure of each as it says."""
    spans = [
        replace(span_of(passage_of(document), words), score=confidence)
        for words, confidence in said
    ]
    hit = Hit(spans[0].passage, 1.0, {"lexical": 1, "dense": 1}, {"lexical": 1.0, "dense": 1.0})
    documents = {document.id: document}
    return decide("?", "?", [hit], spans, documents, surest, threshold).alternatives


def surest(spans: Sequence[Span]) -> float:
    return spans[0].score


def test_alternatives_are_the_next_answers_with_citations_of_their_own() -> None:
    first, second = alternatives(("Tencent", 0.5), ("Ma", 0.3), ("Bo", 0.2))
    assert (first.text, first.confidence, len(first.citations)) == ("Ma", 0.3, 1)
    assert first.citations[0].quote == "Ma spoke, and Li again."
    assert first.citations[0].answer_start == GUESTS.text.index("Ma")
    assert (second.text, second.confidence) == ("Bo", 0.2)
    assert second.citations == (cite(span_of(passage_of(GUESTS), "Bo"), GUESTS),)


def test_the_same_answer_in_other_words_is_no_alternative() -> None:
    said = (("Li of Tencent", 0.4), ("Li", 0.3), ("Tencent", 0.2), ("Li again", 0.2))
    assert [other.text for other in alternatives(*said)] == ["Li", "Tencent", "Li again"]
    text = "It opened in 2018. In 2018! The 2018. On OPENING. Opened."
    years = [("2018", 0.4), ("In 2018", 0.3), ("The 2018", 0.3), ("OPENING", 0.2), ("Opened", 0.2)]
    found = alternatives(*years, document=Document("c.md", "", text))
    assert [other.text for other in found] == ["OPENING"]


def test_there_are_at_most_3_alternatives_in_the_reader_s_order() -> None:
    names = ["Li", "Tencent", "spoke", "first", "Ma", "again", "Bo"]
    found = alternatives(*((name, 0.2) for name in names))
    assert [other.text for other in found] == names[1:4]


def test_what_is_hardly_likely_is_no_alternative() -> None:
    found = alternatives(("Li", 0.5), ("Tencent", 0.05), ("Ma", 0.0499), ("Bo", 0.0))
    assert [other.text for other in found] == ["Tencent"]
    assert alternatives(("Li", 0.96), ("Tencent", 0.9)) == ()


def test_an_alternative_is_no_likelier_than_what_the_answer_leaves() -> None:
    (other,) = alternatives(("Li", 0.7), ("Tencent", 0.7))
    assert other.confidence == pytest.approx(0.3)


def test_silence_has_no_alternatives() -> None:
    assert alternatives(("Li", 0.5), ("Tencent", 0.4), threshold=0.6) == ()
    assert alternatives(("Li", 0.5)) == ()


def test_the_confidence_in_an_alternative_is_that_against_all_others() -> None:
    heard: list[list[str]] = []

    def confidence(spans: Sequence[Span]) -> float:
        heard.append([span.text for span in spans])
        return 0.4

    passage = passage_of(GUESTS)
    again = span_of(passage, "Li", after=GUESTS.text.index("Li again"))
    spans = [
        *(span_of(passage, "Li"), span_of(passage, "Tencent")),
        *(again, span_of(passage, "Ma"), span_of(passage, "Bo")),
    ]
    decide("?", "?", [], spans, {GUESTS.id: GUESTS}, confidence, 0.4)
    several = [texts for texts in heard if len(texts) > 1]
    assert several == [
        ["Li", "Tencent", "Li", "Ma", "Bo"],
        ["Tencent", "Li", "Li", "Ma", "Bo"],
        ["Ma", "Li", "Tencent", "Li", "Bo"],
        ["Bo", "Li", "Tencent", "Li", "Ma"],
    ]


ASKED = "How many guests did the Lantern Fair of 2022 have?"
HERALD = Document(
    *("herald.md", "Lantern Fair", "The Lantern Fair of 2022 had 1,200 guests. It rained."),
    date="2022-11-15",
)
GAZETTE = Document("gazette.md", "Fairs", "In 2022 the Lantern Fair had 1.2 thousand guests.")
COUNCIL = Document(
    *("council.md", "Tickets", "By its tickets the Lantern Fair of 2022 had 900 guests."),
    date="2023-01-09",
)
FAIR = {document.id: document for document in (HERALD, GAZETTE, COUNCIL)}


def share(spans: Sequence[Span]) -> float:
    """Of everything that was said, how much the first says; and a tenth for nobody."""
    told = [span for span in spans if span.text == spans[0].text]
    weights = [span.score for span in spans]
    return sum(span.score for span in told) / (sum(weights) + 0.1)


def fair(*said: tuple[Document, str, float], threshold: float = 0.6) -> Answer:
    spans = [
        replace(span_of(passage_of(document), words), score=score)
        for document, words, score in said
    ]
    return decide(ASKED, ASKED, [], spans, FAIR, share, threshold)


def test_all_documents_that_say_so_are_cited_one_by_one() -> None:
    answer = fair((HERALD, "1,200", 2.0), (GAZETTE, "1.2 thousand", 0.9), (HERALD, "2022", 0.1))
    assert (answer.text, answer.agreement, answer.conflict) == ("1,200", 2, False)
    assert [citation.answer for citation in answer.citations] == ["1,200", "1.2 thousand"]
    assert [citation.doc_id for citation in answer.citations] == ["herald.md", "gazette.md"]
    assert "1.2 thousand" not in [other.text for other in answer.alternatives]


def test_documents_that_agree_do_not_compete() -> None:
    said = (HERALD, "1,200", 0.5), (GAZETTE, "1.2 thousand", 0.4)
    assert fair(*said, (GAZETTE, "2022", 0.2)).confidence == pytest.approx(0.9 / 1.2)


def test_a_part_of_a_phrase_is_cited_but_not_counted() -> None:
    full = Document("a.md", "Theatre", "The Quarry Theatre was designed by Jonas Orre.")
    short = Document("b.md", "Theatre", "For the Quarry Theatre, Orre designed a second stage.")
    spans = [
        replace(span_of(passage_of(full), "Jonas Orre"), score=0.5),
        replace(span_of(passage_of(short), "Orre"), score=0.4),
    ]
    question = "Who designed the Quarry Theatre?"
    documents = {full.id: full, short.id: short}
    answer = decide(question, question, [], spans, documents, share, 0.3)
    assert answer.confidence == pytest.approx(0.5)
    assert answer.agreement == 2


def test_copies_are_cited_and_count_once() -> None:
    copy = Document("copy.md", "Lantern Fair", HERALD.text.replace("rained", "snowed"))
    spans = [span_of(passage_of(document), "1,200") for document in (HERALD, copy)]
    answer = decide(ASKED, ASKED, [], spans, FAIR | {copy.id: copy}, share, 0.5)
    assert (answer.agreement, len(answer.citations)) == (1, 2)


def test_no_more_than_five_are_cited() -> None:
    many = {
        f"{number}.md": Document(f"{number}.md", f"Fair {number}", f"{word} fair 2022: 900 guests.")
        for number, word in enumerate("Lantern Lanterns Fairs Guests 2022 Many Fair's".split())
    }
    spans = [span_of(passage_of(document), "900") for document in many.values()]
    answer = decide("How many guests?", "How many guests?", [], spans, many, share, 0.5)
    assert (len(answer.citations), answer.agreement) == (5, 7)


def test_where_documents_differ_both_sides_are_shown() -> None:
    answer = fair((HERALD, "1,200", 2.0), (COUNCIL, "900", 1.9), (GAZETTE, "1.2 thousand", 0.9))
    assert answer.conflict
    assert answer.text == "1,200"
    assert [citation.doc_id for citation in answer.citations] == ["herald.md", "gazette.md"]
    (other,) = answer.alternatives
    assert (other.text, len(other.citations)) == ("900", 1)
    assert (other.citations[0].doc_id, other.citations[0].date) == ("council.md", "2023-01-09")


def test_a_conflict_is_answered_where_either_side_alone_would_be() -> None:
    answer = fair((HERALD, "1,200", 2.0), (COUNCIL, "900", 1.9))
    # Together in one share neither has half; each has nearly all without the other.
    assert share([*_fair_spans()]) < 0.6
    assert answer.alternatives[0].confidence == pytest.approx(1.9 / 2.0)
    weak = fair((HERALD, "1,200", 0.04), (COUNCIL, "900", 0.03))
    assert (weak.text, weak.conflict) == (None, False)


def test_what_all_sides_say_together_may_be_likely_enough_where_no_side_is() -> None:
    said = (HERALD, "1,200", 0.7), (COUNCIL, "900", 0.6)
    answer = fair(*said, (GAZETTE, "In 2022", 0.5), (GAZETTE, "Fair", 0.1))
    assert 0.7 / 1.4 < answer.confidence == pytest.approx(1.3 / 2.0)
    assert (answer.conflict, answer.alternatives[0].text) == (True, "900")
    assert fair(*said, (GAZETTE, "In 2022", 0.5), (GAZETTE, "Fair", 0.1), threshold=0.66).text is (
        None
    )


def test_the_other_words_of_a_document_on_another_side_do_not_count_against_a_side() -> None:
    answer = fair((HERALD, "1,200", 0.7), (COUNCIL, "900", 0.6), (COUNCIL, "tickets", 0.6))
    assert answer.conflict
    assert answer.confidence == pytest.approx(0.7 / 0.8)


def _fair_spans() -> list[Span]:
    return [
        replace(span_of(passage_of(HERALD), "1,200"), score=2.0),
        replace(span_of(passage_of(COUNCIL), "900"), score=1.9),
    ]


def test_a_newer_document_is_not_preferred() -> None:
    answer = fair((HERALD, "1,200", 2.0), (COUNCIL, "900", 1.9))
    newer = replace(COUNCIL, date="2024-01-01")
    again = decide(ASKED, ASKED, [], _fair_spans(), FAIR | {newer.id: newer}, share, 0.6)
    assert (again.text, again.confidence) == (answer.text, answer.confidence)


def test_a_threshold_of_0_does_not_make_doubts_a_conflict() -> None:
    answer = fair((HERALD, "1,200", 2.0), (COUNCIL, "900", 0.05), threshold=0.0)
    assert not answer.conflict


@given(st.data())
def test_whatever_is_said_citations_are_verbatim_and_deciding_twice_is_the_same(
    data: st.DataObject,
) -> None:
    spans = []
    for _ in range(data.draw(st.integers(1, 8))):
        document = data.draw(st.sampled_from(list(FAIR.values())))
        start = data.draw(st.integers(0, len(document.text) - 1))
        end = data.draw(st.integers(start + 1, len(document.text)))
        score = data.draw(st.floats(0, 3))
        spans.append(Span(passage_of(document), start, end, document.text[start:end], score))
    spans.sort(key=lambda span: -span.score)
    threshold = data.draw(st.sampled_from([0.0, 0.5, 0.9]))
    answer = decide(ASKED, ASKED, [], spans, FAIR, share, threshold)
    assert answer == decide(ASKED, ASKED, [], spans, FAIR, share, threshold)
    rejected = (answer.rejected,) if answer.rejected else ()
    shown = [
        *answer.citations,
        *(c for o in (*answer.alternatives, *rejected) for c in o.citations),
    ]
    for citation in shown:
        text = FAIR[citation.doc_id].text
        assert text[citation.start : citation.end] == citation.quote
        assert text[citation.answer_start : citation.answer_end] == citation.answer
    for group in (answer.citations, *(other.citations for other in answer.alternatives)):
        assert len({citation.doc_id for citation in group}) == len(group)
    assert not answer.conflict or answer.alternatives
    assert (answer.agreement >= 1) == (answer.text is not None)
    assert 0 <= answer.confidence <= 1


PARTS = st.sampled_from(
    [
        *("Robots danced. ", "机器人跳舞。", "Mr. Li said: “No.” ", "3.5%", "e\u0301"),
        *("# Expo\n", "- one\n", "| a | b |\n", "```\n", "👩‍🚀🏳️‍🌈"),
        *("\r\n", "\n\n", "\f", "\u2028", "\t", " ", "\x00", "\x1b[31m"),
    ]
)
TEXTS = st.lists(PARTS | st.text(max_size=12), min_size=1, max_size=25).map("".join).filter(bool)


@given(TEXTS, st.data())
def test_a_citation_is_verbatim_wherever_it_points(text: str, data: st.DataObject) -> None:
    def stretch(start: int, end: int) -> tuple[int, int]:
        first = data.draw(st.integers(start, end - 1))
        return first, data.draw(st.integers(first + 1, end))

    later = data.draw(st.sets(st.integers(1, len(text)), max_size=4))
    pages = tuple(sorted(later | {0})) if data.draw(st.booleans()) else ()
    document = Document("a.pdf", "A", text, page_starts=pages, source_sha256="0" * 64)
    passage = passage_of(document, *stretch(0, len(text)))
    start, end = stretch(passage.start, passage.end)
    citation = cite(Span(passage, start, end, text[start:end], 1.0), document)
    assert text[citation.start : citation.end] == citation.quote
    assert text[citation.answer_start : citation.answer_end] == citation.answer
    assert (citation.answer_start, citation.answer_end) == (start, end)
    assert passage.start <= citation.start <= start < end <= citation.end <= passage.end
    if pages:
        assert citation.page is not None
        assert pages[citation.page - 1] <= start
        assert citation.page == len(pages) or start < pages[citation.page]
    else:
        assert citation.page is None
    assert citation.text_sha256 == sha256(text.encode()).hexdigest()
    assert citation.source_sha256 == "0" * 64


@given(st.data())
def test_alternatives_are_distinct_ordered_and_possible(data: st.DataObject) -> None:
    passage = passage_of(GUESTS)
    spans = []
    for _ in range(data.draw(st.integers(1, 8))):
        first = data.draw(st.integers(0, len(GUESTS.text) - 1))
        last = data.draw(st.integers(first + 1, len(GUESTS.text)))
        score = data.draw(st.floats(0, 1))
        spans.append(Span(passage, first, last, GUESTS.text[first:last], score))
    spans.sort(key=lambda span: -span.score)
    answer = decide("?", "?", [], spans, {GUESTS.id: GUESTS}, surest, 0.0)
    shown = [terms(answer.text or ""), *(terms(other.text) for other in answer.alternatives)]
    assert len({tuple(words) for words in shown}) == len(shown) <= 4
    likely = [other.confidence for other in answer.alternatives]
    assert likely == sorted(likely, reverse=True)
    assert all(0.05 <= confidence <= 1 - answer.confidence for confidence in likely)
    for other in answer.alternatives:
        (citation,) = other.citations
        assert GUESTS.text[citation.answer_start : citation.answer_end] == other.text
        assert GUESTS.text[citation.start : citation.end] == citation.quote
