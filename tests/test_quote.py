"""Is a passage in the articles? What matters is a difference, what does not is none."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import qa
from qa.errors import InputError
from qa.index import build_index
from qa.normalised import normalise
from qa.quote import COUNTED, GIVEN, QuoteCheck, QuoteFinder, quote_check_to_dict
from qa.types import Document, Settings
from tests.fakes import WordEncoder
from tests.readers import OverlapReader
from tests.texts import articles

WARRANTY = Document(
    "warranty.txt",
    "Warranty",
    "Robots are sold here.\n\nThe warranty of “every” robot ends\nafter 24 months – not before. "
    "It costs $1.5 million.\n",
    date="2021-08-31",
)
OTHER = Document(
    "other.txt", "Other", "Page one.\fRobots are sold  there. A café opened.", page_starts=(0, 10)
)


def finder(*documents: Document) -> QuoteFinder:
    return QuoteFinder(build_index(documents, WordEncoder(), Settings()))


BOTH = finder(WARRANTY, OTHER)


def words(check: QuoteCheck) -> list[tuple[str, str]]:
    """The document and the words of every place."""
    return [(place.citation.doc_id, place.citation.answer) for place in check.places]


def test_a_passage_that_stands_word_for_word() -> None:
    check = BOTH.verify("The warranty of “every” robot ends")
    assert (check.match, check.count, check.found) == ("exact", 1, True)
    [place] = check.places
    citation = place.citation
    assert (place.match, place.similarity, place.differences) == ("exact", 1.0, ())
    assert WARRANTY.text[citation.answer_start : citation.answer_end] == citation.answer
    assert WARRANTY.text[citation.start : citation.end] == citation.quote
    assert citation.quote.endswith("not before.")
    assert (citation.title, citation.date, citation.page) == ("Warranty", "2021-08-31", None)


@pytest.mark.parametrize(
    "quote",
    [
        'the warranty of "every" robot ends after 24 months - not before',
        "THE WARRANTY OF “EVERY” ROBOT ENDS\r\n AFTER 24 MONTHS",
        "every”\u00a0robot  ends",
        "costs $1.5\tmillion",
    ],
)
def test_a_passage_in_another_spelling(quote: str) -> None:
    check = BOTH.verify(quote)
    assert (check.match, check.count) == ("normalised", 1)
    citation = check.places[0].citation
    found = WARRANTY.text[citation.answer_start : citation.answer_end]
    assert found == citation.answer
    assert normalise(found) == normalise(quote)


def test_all_places_are_given_exact_ones_first() -> None:
    check = BOTH.verify("Robots are sold")
    assert words(check) == [("other.txt", "Robots are sold"), ("warranty.txt", "Robots are sold")]
    check = BOTH.verify("Robots are sold  there")
    assert (check.match, check.count) == ("exact", 1)
    mixed = finder(replace(WARRANTY, text="a robot, A Robot, a  robot, A ROBOT"))
    check = mixed.verify("a  robot")
    assert [(p.match, p.citation.answer) for p in check.places] == [
        ("exact", "a  robot"),
        ("normalised", "a robot"),
        ("normalised", "A Robot"),
        ("normalised", "A ROBOT"),
    ]


def test_a_page_is_named() -> None:
    assert BOTH.verify("Page one").places[0].citation.page == 1
    assert BOTH.verify("a café opened").places[0].citation.page == 2


def test_only_one_document_is_looked_at_where_it_is_named() -> None:
    assert words(BOTH.verify("Robots are sold", "warranty.txt")) == [
        ("warranty.txt", "Robots are sold")
    ]
    check = BOTH.verify("Robots are sold there", "warranty.txt")
    assert (check.match, words(check)) == ("nearest", [("warranty.txt", "Robots are sold here")])


@pytest.mark.parametrize("doc_id", ["", "../../etc/passwd", "Warranty", "warranty.txt\n"])
def test_a_document_that_is_not_there(doc_id: str) -> None:
    with pytest.raises(InputError, match="there is no document") as raised:
        BOTH.verify("Robots", doc_id)
    assert raised.value.hint


@pytest.mark.parametrize(
    ("quote", "differences"),
    [
        ("robot ends after 36 months", [("36", "24")]),
        ("ends after 24,000 months", [("24,000", "24")]),
        ("ends after 24% months", [("%", "")]),
        ("It costs $1.5 billion.", [("billion", "million")]),
        ("It costs $1.5", [("", "million")]),
        ("It costs €1.5 million", [("€", "$")]),
        ("It costs $15 million", [("15", "1.5")]),
    ],
)
def test_another_figure_is_never_a_match(quote: str, differences: list[tuple[str, str]]) -> None:
    check = BOTH.verify(quote)
    assert (check.match, check.found, check.count) == ("nearest", False, 0)
    assert [(d.quoted, d.written) for d in check.different_figures] == differences
    for one in check.different_figures:
        assert WARRANTY.text[one.start : one.end] == one.written


@pytest.mark.parametrize("quote", ["4 months", "5 million", ".5 million", "1.5", "obots are sold"])
def test_a_part_of_a_figure_or_word_is_no_match(quote: str) -> None:
    assert not BOTH.verify(quote).found


def test_other_words_are_differences_but_no_figures() -> None:
    check = BOTH.verify("Robots are rented here.")
    assert check.match == "nearest"
    assert check.different_figures == ()
    [one] = check.places[0].differences
    assert (one.quoted, one.written, one.figures) == ("rented", "sold", False)


def test_what_nothing_is_near_to_is_absent() -> None:
    for quote in ("Elephants sang in Reykjavik.", "the of and", "机器人", "cafe"):
        check = BOTH.verify(quote)
        assert (check.match, check.places, check.count) == ("absent", (), 0)


def test_a_passage_over_several_passages_is_found() -> None:
    text = " ".join(f"Sentence number {n} tells of robot {n} at length." for n in range(200))
    check = finder(Document("long.txt", "Long", text)).verify(text[1000:6000].split(" ", 1)[1])
    assert check.match == "exact"
    near = text[1009:3000].replace("robot 40 ", "robot 41 ")
    assert finder(Document("long.txt", "Long", text)).verify(near).match == "nearest"


def test_what_no_passage_holds_is_found_too() -> None:
    front = Document("a.md", "A", "---\ndate: 2021-08-31\n---\nRobots.", body_start=25)
    assert finder(front).verify("date: 2021-08-31").match == "exact"


@pytest.mark.parametrize(
    ("quote", "message"),
    [
        ("", "no letter and no digit"),
        (" \n", "no letter and no digit"),
        ("“…”", "no letter and no digit"),
        ("a\ud800", "half a character"),
        ("x" * 20_001, "20,001 characters"),
        (7, "a quote is text, not int"),
    ],
)
def test_what_is_no_quote(quote: str, message: str) -> None:
    with pytest.raises(InputError, match=message) as raised:
        BOTH.verify(quote)
    assert raised.value.hint


def test_many_places_are_counted_up_to_a_bound_and_some_given() -> None:
    few = finder(Document("a.txt", "A", "robot, " * (GIVEN + 5))).verify("robot")
    assert (few.count, len(few.places)) == (GIVEN + 5, GIVEN)
    many = finder(Document("a.txt", "A", "robot, " * (COUNTED + 5))).verify("robot")
    assert (many.count, len(many.places)) == (COUNTED, GIVEN)


def test_no_documents_hold_nothing() -> None:
    assert finder().verify("Robots").match == "absent"


def test_findings_come_as_plain_values() -> None:
    for quote in ("Robots are sold", "after 36 months", "Elephants"):
        written = quote_check_to_dict(BOTH.verify(quote))
        assert json.loads(json.dumps(written, allow_nan=False))["quote"] == quote


def test_a_bot_looks_in_the_index_that_it_has_now(tmp_path: Path) -> None:
    def build(text: str) -> qa.Bot:
        return qa.build([text], tmp_path, encoder=WordEncoder(), reader=OverlapReader())

    bot = build("The warranty ends after 24 months.")
    assert bot.verify_quote("ends after 24 months").match == "exact"
    answer = bot.ask("When does the warranty end?")
    assert bot.verify(answer).ok
    build("The warranty ends after 36 months.")
    assert bot.verify_quote("ends after 24 months").match == "exact"
    assert bot.reload()
    check = bot.verify_quote("ends after 24 months")
    assert [(d.quoted, d.written) for d in check.different_figures] == [("24", "36")]
    assert [check.verdict for check in bot.verify(answer).checks] == ["edited"]


@given(articles, st.data())
def test_what_is_found_is_the_quote_and_where_it_says(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    quote = text[start : data.draw(st.integers(start, min(len(text), start + 80)))]
    if not any(character.isalnum() for character in quote):
        return
    document = Document("a.txt", "A", text)
    check = finder(document).verify(quote)
    assert len(check.places) == min(check.count, GIVEN) or not check.found
    for place in check.places:
        citation = place.citation
        stretch = text[citation.answer_start : citation.answer_end]
        assert stretch == citation.answer
        assert text[citation.start : citation.end] == citation.quote
        if place.match == "exact":
            assert stretch == quote.strip()
        elif place.match == "normalised":
            assert normalise(stretch).strip() == normalise(quote).strip()


def sentences(count: int) -> Sequence[Document]:
    text = (
        "In {0} the hall of robot {0} was opened by number {1} of Chongqing’s “makers” – at last. "
    )
    return [Document(f"{n}.txt", "", (text * 5).format(n, n * 7)) for n in range(count)]


def test_it_takes_no_long_time_over_many_documents() -> None:
    many = finder(*sentences(2_000))
    began = time.process_time()
    assert many.verify('opened by number 7007 of Chongqing\'s "makers"').match == "normalised"
    assert many.verify("opened by number 7008 of Chongqing").match == "nearest"
    assert time.process_time() - began < 5
