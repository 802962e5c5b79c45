"""What the conversation shows: the text as it is, marked by offsets, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.errors import QuestionError
from qa.surfaces.web.conversation import conversation
from qa.surfaces.web.refusal import key_words
from qa.surfaces.web.turn import Turn, places
from qa.types import Answer, Candidate, Document
from tests.web.fakes import HOSTILE, SIGNING, answer_of, article, whole
from tests.web.reading import Reading

TEXT = st.one_of(st.text(max_size=20), st.just(HOSTILE), st.sampled_from("&<>\"'`${}\\\r\n"))
WORDS = TEXT.filter(lambda text: bool(text.strip()) and "\0" not in text)
PARTS = ("Before. ", "It was ", "530", " projects.", " After.")


def turn_of(answer: Answer, *documents: Document, question: str = "What?") -> Turn:
    return Turn(question, answer, "bundled", documents={d.id: d for d in documents})


def read(answer: Answer, *documents: Document) -> Reading:
    return Reading(conversation([turn_of(answer, *documents)], feedback=True))


def with_others(answer: Answer, *others: Answer) -> Answer:
    """An answer to which the others are alternatives, with the passages of all of them."""
    candidates = tuple(Candidate(o.text or "", o.confidence, o.citations) for o in others)
    hits = tuple(hit for one in (answer, *others) for hit in one.hits)
    return replace(answer, alternatives=candidates, hits=hits)


@given(st.tuples(TEXT, TEXT, WORDS, TEXT, TEXT), WORDS, TEXT, WORDS)
def test_any_article_shows_as_it_is(
    parts: tuple[str, ...], title: str, doc_id: str, question: str
) -> None:
    document = article(*(part.replace("\0", "") for part in parts), doc_id=doc_id, title=title)
    parts = tuple(part.replace("\0", "") for part in parts)
    turn = turn_of(answer_of(document, *parts), document, question=question)
    reading = Reading(conversation([turn]))
    assert reading.of("qa-question") == [question]
    assert "".join(reading.of("mark")) == parts[2]
    assert reading.of("qa-quote") == ["".join(parts[1:4])]
    assert reading.of("cite") == [title]
    harmless = article(*PARTS)
    assert reading.tags <= read(answer_of(harmless, *PARTS), harmless).tags | {"div"}


def test_the_mark_is_where_the_offsets_say_and_not_where_the_words_first_stand() -> None:
    parts = ("530 before. ", "Of 530 offers ", "530", " were taken.", " 530 after.")
    document = article(*parts, doc_id="a.txt")
    page = conversation([turn_of(answer_of(document, *parts), document)])
    assert '<span data-at="12">Of 530 offers </span><mark><span data-at="26">530</span>' in page


def test_an_answer_that_is_the_whole_sentence_is_shown_once() -> None:
    parts = ("Before. ", "", "Robots danced.", "", "")
    document = article(*parts)
    reading = read(answer_of(document, *parts), document)
    assert (reading.of("qa-words"), reading.of("qa-quote")) == ([], ["Robots danced."])


def test_marks_of_markdown_do_not_disturb_a_quote() -> None:
    parts = ("", "## Robots\n\n- They ", "danced", ".", "")
    document = article(*parts)
    reading = read(answer_of(document, *parts), document)
    assert reading.of("qa-quote") == ["## Robots\n\n- They danced."]
    assert (reading.of("qa-syntax"), reading.of("qa-bullet")) == (["## "], ["- "])


def test_sources_are_numbered_chips_with_title_date_and_page() -> None:
    document = article(*PARTS, title="Signings")
    answer = answer_of(document, *PARTS)
    dated = replace(document, date="31 August 2021")
    paged = replace(answer.citations[0], page=3)
    turn = turn_of(replace(answer, citations=(paged, *answer.citations)), dated)
    reading = Reading(conversation([turn]))
    assert reading.of("qa-chip") == [
        "1Signings31 August 2021page 3",
        "2Signings31 August 2021",
    ]
    assert reading.values("data-number") == ["1", "2"]


def test_other_answers_go_on_counting() -> None:
    expo, fair = article(*PARTS), article(*PARTS, doc_id="fair.md", title="The fair")
    others = [answer_of(fair, *PARTS, confidence=share) for share in (0.3, 0.055)]
    answer = with_others(answer_of(expo, *PARTS), *others)
    reading = read(answer, expo, fair)
    assert reading.of("summary") == ["2 other possible answers"]
    assert reading.of("qa-other") == ["53030%", "5306%"]
    assert [chip[0] for chip in reading.of("qa-chip")] == ["1", "2", "3"]
    assert [place.document.id for place in places(turn_of(answer, expo, fair))] == [
        *("article.md", "fair.md", "fair.md"),
    ]


def test_sides_of_a_conflict_stand_alike_and_no_one_wins() -> None:
    expo, fair = article(*PARTS), article(*PARTS, doc_id="fair.md", title="The fair")
    answer = with_others(answer_of(expo, *PARTS), answer_of(fair, *PARTS, confidence=0.3))
    reading = read(replace(answer, conflict=True), expo, fair)
    assert reading.of("qa-refusal") == ["Sources give different figures."]
    assert (reading.of("qa-words"), reading.of("qa-confidence")) == ([], [])
    assert reading.of("qa-other") == ["530", "530"]
    inside = reading.of("qa-conflict")[0]
    assert "An article" in inside
    assert "The fair" in inside
    assert "30%" not in inside


def test_agreement_is_told() -> None:
    document = article(*PARTS)
    answer = answer_of(document, *PARTS)
    assert read(answer, document).of("qa-agreement") == []
    told = read(replace(answer, agreement=3), document).of("qa-agreement")
    assert told == ["3 independent articles say so"]


@pytest.mark.parametrize(
    ("confidence", "words"),
    [
        (1.0, "High confidence, 100%"),
        (0.8, "High confidence, 80%"),
        (0.6, "Fair confidence, 60%"),
        (0.2, "Low confidence, 20%"),
    ],
)
def test_confidence_is_in_words_and_as_a_bar(confidence: float, words: str) -> None:
    document = article(*PARTS)
    answer = answer_of(document, *PARTS, confidence=confidence)
    page = conversation([turn_of(answer, document)])
    assert Reading(page).of("qa-confidence") == [words]
    assert f"width:{confidence:.0%}" in page


def test_where_nothing_is_answered_passages_are_related_and_never_sources() -> None:
    documents = [article(f"Text {n}.", doc_id=f"{n}.md", title=f"Title {n}") for n in range(5)]
    hits = tuple(whole(document) for document in documents)
    nothing = Answer(
        "?", "?", None, 0.1, reason="Nothing <is> near.", signal="off-topic", hits=hits
    )
    reading = read(nothing, *documents)
    assert reading.of("qa-refusal") == ["The articles are not about this."]
    assert reading.of("qa-reason") == ["Nothing <is> near."]
    assert reading.of("qa-passage") == ["Text 0.", "Text 1.", "Text 2."]
    assert (reading.of("qa-chips"), reading.of("mark")) == ([], [])


def test_the_words_that_did_not_convince_are_named_and_can_be_looked_at() -> None:
    document = article(*PARTS)
    near = answer_of(document, *PARTS, confidence=0.42)
    rejected = Candidate("530", 0.429, near.citations)
    nothing = Answer("?", "?", None, 0.4, "Unsure.", "no-convincing-span", rejected, hits=near.hits)
    reading = read(nothing, document)
    assert reading.of("q") == ["530"]
    assert "too uncertain" in reading.of("qa-rejected")[0]
    assert [place.citation is None for place in places(turn_of(nothing, document))] == [False, True]


def test_words_of_the_question_are_offered_to_search_for() -> None:
    assert key_words("Who painted the Mona Lisa, and who “saw” Lisa?") == [
        *("painted", "Mona Lisa", "saw", "Lisa"),
    ]
    assert key_words("Who is he?") == []
    assert len(key_words("one two three four five six seven eight")) == 6


def test_an_error_is_a_sentence_with_its_hint() -> None:
    error = QuestionError("the question is <empty>", hint="ask & be told")
    reading = Reading(conversation([Turn(" ", error)]))
    assert reading.of("qa-error") == ["the question is <empty>"]
    assert reading.of("qa-reason") == ["ask & be told"]
    assert reading.of("qa-question") == []


def test_how_a_follow_up_was_understood_is_shown_and_can_be_changed() -> None:
    document = article(*PARTS)
    answer = replace(answer_of(document, *PARTS), resolved_question=f"What of {HOSTILE}?")
    reading = read(answer, document)
    assert f"Understood as: What of {HOSTILE}?" in reading.of("qa-understood")[0]
    assert reading.values("value") == [f"What of {HOSTILE}?"]
    assert read(answer_of(document, *PARTS), document).of("qa-understood") == []


def test_questions_being_answered_come_last_and_nothing_can_be_taken_back_yet() -> None:
    document = article(*PARTS)
    turn = turn_of(answer_of(document, *PARTS), document, question="First?")
    reading = Reading(conversation([turn], waiting=[SIGNING, "Third?"]))
    assert reading.of("qa-question") == ["First?", SIGNING, "Third?"]
    assert len(reading.of("qa-working")) == 2
    assert not {"undo", "retry"} & {*reading.values("data-do")}


def test_without_feedback_there_are_no_thumbs() -> None:
    document = article(*PARTS)
    turn = turn_of(answer_of(document, *PARTS), document)
    assert "right" not in Reading(conversation([turn])).values("data-do")
    thanked = Reading(conversation([replace(turn, verdict="right")], feedback=True))
    assert "right" not in thanked.values("data-do")
    assert thanked.of("qa-thanks") == ["Thank you. Noted as right."]
