"""What the page is told to show: the text as it is, marked by offsets, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.errors import QuestionError
from qa.surfaces.web import html
from qa.types import Answer, Candidate, Document
from tests.web.fakes import HOSTILE, SIGNING, answer_of, article, fake_bot, whole

TEXT = st.one_of(st.text(max_size=20), st.just(HOSTILE), st.sampled_from("&<>\"'`${}\\\r\n"))
PARTS = ("Before. ", "It was ", "530", " projects.", " After.")


class Reading(HTMLParser):
    """What a browser would find: the text of each element, by tag and by class."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[dict[str, str | None]] = []
        self._found: list[tuple[set[str], list[str]]] = []
        self._open: list[tuple[str, list[str]]] = []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        self.tags.append(tag)
        self._found.append(({tag, *(attributes.get("class") or "").split()}, []))
        self._open.append((tag, self._found[-1][1]))
        if tag == "a":
            self.links.append(attributes)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        for _, text in self._open:
            text.append(data)

    def of(self, name: str) -> list[str]:
        return ["".join(text) for names, text in self._found if name in names]


def read(answer: Answer, *documents: Document) -> Reading:
    turn = html.Turn("What?", answer)
    return Reading(html.conversation([turn], {document.id: document for document in documents}))


@given(st.text())
def test_escaped_text_reads_back_exactly(text: str) -> None:
    reading = Reading(f'<p class="x">{html.escape(text)}</p><a href="{html.escape(text)}"></a>')
    assert (reading.of("x"), reading.links[0]["href"]) == ([text], text)


@given(st.text())
def test_escaped_text_holds_nothing_that_html_or_a_template_reads(text: str) -> None:
    assert not set("<>\"'`${}\\\r") & set(html.escape(text))


def test_half_a_character_is_replaced_as_it_cannot_be_sent() -> None:
    assert Reading(f"<p>{html.escape(chr(0xD800))}</p>").of("p") == ["\N{REPLACEMENT CHARACTER}"]


@given(st.tuples(TEXT, TEXT, TEXT, TEXT, TEXT), TEXT, TEXT, TEXT)
def test_any_article_shows_as_it_is(
    parts: tuple[str, ...], title: str, doc_id: str, question: str
) -> None:
    document = article(*parts, doc_id=doc_id, title=title)
    turn = html.Turn(f"Q {question}", answer_of(document, *parts))
    reading = Reading(html.conversation([turn], {doc_id: document}))
    assert reading.of("qa-question") == [f"Q {question}"]
    assert reading.of("mark") == [parts[2], parts[2]]
    assert reading.of("qa-quote") == ["".join(parts[1:4]) + "1"]
    assert reading.of("qa-passage") == ["".join(parts)]
    assert (reading.of("cite"), reading.of("code")) == ([title], [doc_id])
    harmless = article(*PARTS)
    known = {*read(answer_of(harmless, *PARTS), harmless).tags}
    assert {*reading.tags} <= known


def test_the_mark_is_where_the_offsets_say_and_not_where_the_words_first_stand() -> None:
    parts = ("530 before. ", "Of 530 offers ", "530", " were taken.", " 530 after.")
    document = article(*parts)
    page = html.conversation(
        [html.Turn("?", answer_of(document, *parts))], {"article.md": document}
    )
    assert "Of 530 offers <mark>530</mark> were taken.<sup>" in page
    assert "530 before. Of 530 offers <mark>530</mark> were taken. 530 after." in page


def test_an_answer_that_is_the_whole_sentence_is_shown_once() -> None:
    parts = ("Before. ", "", "Robots danced.", "", "")
    document = article(*parts)
    reading = read(answer_of(document, *parts), document)
    assert (reading.of("qa-words"), reading.of("qa-quote")) == ([], ["Robots danced.1"])


def test_a_source_is_numbered_by_its_place_and_says_where_it_is() -> None:
    document = article(*PARTS, title="Signings")
    answer = answer_of(document, *PARTS)
    citation = replace(answer.citations[0], page=3, date="31 August 2021")
    reading = read(replace(answer, citations=(citation, answer.citations[0])), document)
    facts = ["31 August 2021page 3article.md", "undatedarticle.md"]
    assert (reading.of("qa-facts"), reading.of("cite")) == (facts, ["Signings", "Signings"])
    assert reading.tags.count("ol") == 1


def with_others(answer: Answer, *others: Answer) -> Answer:
    """An answer to which the others are alternatives, with the passages of all of them."""
    candidates = tuple(Candidate(o.text or "", o.confidence, o.citations) for o in others)
    hits = tuple(hit for one in (answer, *others) for hit in one.hits)
    return replace(answer, alternatives=candidates, hits=hits)


def test_other_answers_are_listed_after_the_sources_with_their_own() -> None:
    expo, fair = article(*PARTS), article(*PARTS, doc_id="fair.md", title="The fair")
    others = [answer_of(fair, *PARTS, confidence=share) for share in (0.3, 0.055)]
    reading = read(with_others(answer_of(expo, *PARTS), *others), expo, fair)
    assert reading.of("h3") == ["Sources", "Other possible answers"]
    assert reading.of("qa-other") == ["53030%", "5306%"]
    assert reading.of("cite") == ["An article", "The fair", "The fair"]
    assert reading.of("qa-facts")[1:] == ["undatedfair.md"] * 2
    assert reading.of("mark") == ["530"] * 4  # in the quote, and in each passage
    assert len(reading.of("qa-sources")) == len(reading.of("qa-others")) == 1
    assert read(answer_of(expo, *PARTS), expo).of("h3") == ["Sources"]


@given(st.tuples(TEXT, TEXT, TEXT, TEXT, TEXT), TEXT, TEXT)
def test_any_other_answer_shows_as_it_is(parts: tuple[str, ...], title: str, doc_id: str) -> None:
    expo, fair = article(*PARTS), article(*parts, doc_id=f"2{doc_id}", title=title)
    reading = read(with_others(answer_of(expo, *PARTS), answer_of(fair, *parts)), expo, fair)
    assert reading.of("qa-other") == [f"{parts[2]}90%"]
    assert reading.of("mark") == ["530", "530", parts[2]]
    assert reading.of("qa-passage") == ["".join(PARTS), "".join(parts)]
    assert (reading.of("cite")[1], reading.of("code")[1]) == (title, f"2{doc_id}")
    harmless = with_others(answer_of(expo, *PARTS), answer_of(expo, *PARTS))
    assert {*reading.tags} <= {*read(harmless, expo).tags}


def test_an_other_answer_s_address_is_linked_only_where_it_is_one_of_the_web() -> None:
    expo = article(*PARTS)
    bad, good = (replace(expo, url=url) for url in ("javascript:alert(1)", "https://example.org"))
    others = [answer_of(document, *PARTS) for document in (bad, good)]
    links = read(with_others(answer_of(expo, *PARTS), *others), expo).links
    assert [link["href"] for link in links] == ["https://example.org"]


@pytest.mark.parametrize(
    ("url", "is_linked"),
    [
        ("https://example.org/a?b=1&c='2'", True),
        ("HTTP://example.org", True),
        ("javascript:alert(1)", False),
        (" https://example.org", False),
        ("data:text/html,x", False),
        ("//example.org", False),
        ("file:///etc/passwd", False),
        (None, False),
    ],
)
def test_only_web_addresses_become_links(url: str | None, is_linked: bool) -> None:
    document = replace(article(*PARTS), url=url)
    links = read(answer_of(document, *PARTS), document).links
    assert links == ([{"href": url, "rel": "noopener noreferrer"}] if is_linked else [])


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
    page = html.conversation([html.Turn("?", answer)], {document.id: document})
    assert Reading(page).of("qa-confidence") == [words]
    assert f"width:{confidence:.0%}" in page


def test_where_nothing_is_answered_passages_are_related_and_never_sources() -> None:
    documents = [article(f"Text {n}.", doc_id=f"{n}.md", title=f"Title {n}") for n in range(5)]
    hits = tuple(whole(document) for document in documents)
    reading = read(Answer("?", "?", None, 0.1, reason="Nothing <is> near.", hits=hits), *documents)
    assert "The articles do not say." in reading.of("qa-refusal")
    assert reading.of("qa-reason") == ["Nothing <is> near."]
    assert reading.of("h3") == ["Related, but no answer"]
    assert reading.of("qa-passage") == ["Text 0.", "Text 1.", "Text 2."]
    assert (reading.of("qa-sources"), reading.of("mark")) == ([], [])


def test_an_error_is_a_sentence_with_its_hint() -> None:
    error = QuestionError("the question is <empty>", hint="ask & be told")
    reading = Reading(html.conversation([html.Turn(" ", error)], {}))
    assert reading.of("qa-error") == ["the question is <empty>"]
    assert reading.of("qa-reason") == ["ask & be told"]
    assert reading.of("qa-question") == []


def test_the_page_starts_with_what_it_is_and_how_much_it_has_read() -> None:
    start = Reading(html.conversation([], fake_bot().documents))
    assert start.of("h1") == ["Footnote"]
    assert "the 2 articles here" in start.of("qa-welcome")[0]
    assert "the 1 article here" in Reading(html.welcome("T", 1)).of("p")[0]


def test_the_question_being_answered_comes_last() -> None:
    document = article(*PARTS)
    turn = html.Turn("First?", answer_of(document, *PARTS))
    page = html.conversation([turn], {document.id: document}, pending=SIGNING)
    assert Reading(page).of("qa-question") == ["First?", SIGNING]
    assert len(Reading(page).of("qa-working")) == 1
