"""What becomes of citations when articles, files, extractors or the answer itself change."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.errors import InputError
from qa.present import answer_to_dict
from qa.types import Answer, Document
from qa.verify import Check, Verification, verification_to_dict, verify
from tests.proofs import (
    ABOVE,
    ANSWER,
    CITATION,
    DOCUMENTS,
    QUOTE,
    REFUSAL,
    WARRANTY,
    article,
    cited,
    rewritten,
    tampered,
)
from tests.texts import articles


def first(answer: Answer, documents: Mapping[str, Document]) -> Check:
    return verify(answer, documents).checks[0]


def test_every_citation_that_stands_is_ok() -> None:
    found = verify(ANSWER, DOCUMENTS)
    assert found.ok
    assert [(check.place, check.verdict, check.remarks) for check in found.checks] == [
        ("citations[0]", "ok", ()),
        ("alternatives[0].citations[0]", "ok", ()),
    ]
    assert found.checks[0].written == CITATION.quote


def test_what_was_printed_is_checked_like_the_answer() -> None:
    printed = json.loads(json.dumps(answer_to_dict(ANSWER)))
    assert verify(printed, DOCUMENTS) == verify(ANSWER, DOCUMENTS)
    assert verify({"id": "q1", **printed}, DOCUMENTS).ok


def test_what_was_rejected_is_checked_too() -> None:
    assert [(c.place, c.verdict) for c in verify(REFUSAL, DOCUMENTS).checks] == [
        ("rejected.citations[0]", "ok")
    ]
    assert not verify(REFUSAL, rewritten("Nothing of the kind.")).ok


def test_where_nothing_is_cited_nothing_is_wrong() -> None:
    assert verify(replace(REFUSAL, rejected=None), {}) == Verification(())
    assert Verification(()).ok


def test_a_quote_that_moved_is_found_where_it_stands_now() -> None:
    check = first(ANSWER, rewritten("A new first line.\n" + WARRANTY.text))
    assert check.verdict == "moved"
    assert (check.start, check.end) == (CITATION.start + 18, CITATION.end + 18)
    assert check.written == CITATION.quote
    assert "stands at 49-94, not at 31-76" in check.remarks[0]


def test_of_several_places_the_nearest_to_the_old_one_is_named() -> None:
    quote = "".join(QUOTE)
    text = f"{quote}\n{quote}\n{'x ' * 40}\n{quote}"
    check = first(ANSWER, rewritten(text))
    assert check.verdict == "moved"
    assert check.start == len(quote) + 1
    assert "of several places" in check.remarks[0]


def test_an_edit_is_shown_with_its_difference() -> None:
    check = first(ANSWER, rewritten(WARRANTY.text.replace("24", "36")))
    assert check.verdict == "edited"
    assert [(d.quoted, d.written, d.figures) for d in check.differences] == [("24", "36", True)]
    assert check.written == CITATION.quote.replace("24", "36")


def test_a_quote_that_is_gone_has_nothing_near_it() -> None:
    check = first(ANSWER, rewritten("Elephants sing."))
    assert (check.verdict, check.start, check.differences) == ("edited", None, ())


def test_the_quote_as_part_of_another_figure_is_not_the_quote() -> None:
    citation = cited(article("4 months"), "", "4 months", "")
    answer = replace(ANSWER, text="4 months", citations=(citation,), alternatives=())
    check = first(answer, rewritten("24 months"))
    assert check.verdict == "edited"
    assert [(d.quoted, d.written) for d in check.differences] == [("4", "24")]


def test_a_change_elsewhere_is_remarked_upon() -> None:
    check = first(ANSWER, rewritten(WARRANTY.text + "More."))
    assert (check.verdict, check.remarks) == ("ok", ("the document has changed elsewhere",))


def test_other_bytes_with_the_same_text_are_remarked_upon() -> None:
    marked = replace(WARRANTY, source_sha256="0" * 64)
    check = first(ANSWER, {**DOCUMENTS, marked.id: marked})
    assert check.verdict == "ok"
    assert "other bytes" in check.remarks[0]


def test_a_document_that_is_gone_is_missing() -> None:
    check = first(ANSWER, {"other.txt": DOCUMENTS["other.txt"]})
    assert (check.verdict, check.start) == ("missing", None)


@pytest.mark.parametrize("doc_id", ["../../etc/passwd", "/etc/passwd", "", "\x00", "a\nb"])
def test_an_id_is_looked_up_and_never_opened(doc_id: str) -> None:
    assert first(tampered(doc_id=doc_id), DOCUMENTS).verdict == "missing"


@pytest.mark.parametrize(
    "text", [WARRANTY.text + "\f", "x\n" + WARRANTY.text, "Another text altogether."]
)
def test_the_same_bytes_with_another_text_were_extracted_differently(text: str) -> None:
    check = first(ANSWER, rewritten(text, extracted=True))
    assert check.verdict == "extracted-differently"
    assert "another text is extracted" in check.remarks[0]


def test_a_sum_that_was_tampered_with_is_not_ok() -> None:
    assert first(tampered(text_sha256="0" * 64), DOCUMENTS).verdict == "extracted-differently"


def test_offsets_that_were_tampered_with() -> None:
    moved = {name: getattr(CITATION, name) + 3 for name in OFFSETS}
    check = first(tampered(**moved), DOCUMENTS)
    assert (check.verdict, check.start) == ("moved", CITATION.start)
    assert "the citation itself is wrong" in check.remarks[-1]


def test_a_quote_and_answer_that_were_tampered_with() -> None:
    quote = CITATION.quote.replace("24", "36")
    answer = tampered(quote=quote, answer="36 months")
    check = first(replace(answer, text="36 months"), DOCUMENTS)
    assert check.verdict == "edited"
    assert "the citation itself is wrong" in check.remarks[-1]


def test_a_page_that_was_tampered_with() -> None:
    paged = replace(WARRANTY, page_starts=(0, len(ABOVE)))
    documents = {**DOCUMENTS, paged.id: paged}
    assert first(tampered(page=2), documents).verdict == "ok"
    check = first(tampered(page=1), documents)
    assert (check.verdict, check.remarks[0]) == ("moved", "the answer is on page 2, not 1")


OFFSETS = ("start", "end", "answer_start", "answer_end")


@pytest.mark.parametrize(
    ("changes", "remark"),
    [
        ({"start": CITATION.start + 1}, "the offsets span 44 characters, the quote 45"),
        ({"end": 10**300}, "characters, the quote 45"),
        ({"start": 9, "end": 3}, "the offsets span -6 characters"),
        ({"answer_start": 0, "answer_end": 9}, "the answer does not lie within the quote"),
        ({"answer_start": 9, "answer_end": 9}, "the answer does not lie within the quote"),
        ({"answer_end": 10**300}, "the answer does not lie within the quote"),
        ({"answer_start": CITATION.answer_start - 1}, "the quote does not hold the answer"),
        ({"answer": "36 months"}, "the quote does not hold the answer"),
        ({"quote": CITATION.quote.replace("24", "36")}, "the quote does not hold the answer"),
    ],
)
@pytest.mark.parametrize("documents", [DOCUMENTS, {}], ids=["there", "gone"])
def test_a_citation_whose_parts_do_not_fit_is_contradictory(
    changes: dict[str, Any], remark: str, documents: Mapping[str, Document]
) -> None:
    check = first(tampered(**changes), documents)
    assert check.verdict == "contradictory"
    assert any(remark in one for one in check.remarks)


def test_words_that_are_not_the_answer_s_are_contradictory() -> None:
    assert first(replace(ANSWER, text="36 months"), DOCUMENTS).verdict == "contradictory"
    # Only the first citation has to be of the very words.
    both = replace(ANSWER, citations=(CITATION, ANSWER.alternatives[0].citations[0]))
    assert verify(both, DOCUMENTS).ok


def test_an_answer_that_is_part_of_a_figure_is_remarked_upon() -> None:
    document = article("It costs 1,200 yuan.")
    citation = cited(document, "It costs 1,", "200", " yuan.")
    check = first(replace(ANSWER, text="200", citations=(citation,)), {document.id: document})
    assert check.verdict == "ok"
    assert "only part of a word" in check.remarks[0]


def test_facts_about_the_document_that_changed_are_remarked_upon() -> None:
    dated = replace(WARRANTY, title="Warranties", date="2021-08-31")
    check = first(ANSWER, {**DOCUMENTS, dated.id: dated})
    assert check.verdict == "ok"
    assert len(check.remarks) == 2


def test_half_a_character_in_a_document_is_another_text() -> None:
    broken = replace(WARRANTY, text=WARRANTY.text + "\ud800", source_sha256=None)
    assert first(ANSWER, {**DOCUMENTS, broken.id: broken}).verdict == "ok"


def test_what_is_no_answer_is_refused() -> None:
    values: list[Any] = [{}, {**answer_to_dict(ANSWER), "version": 2}, [], None, "answer"]
    for value in values:
        with pytest.raises(InputError):
            verify(value, DOCUMENTS)
    with pytest.raises(InputError, match=r"citations\[0\]\.start"):
        verify(tampered(start=-1), DOCUMENTS)


def test_findings_come_as_plain_values() -> None:
    for documents in (DOCUMENTS, rewritten(WARRANTY.text.replace("24", "36")), {}):
        found = verification_to_dict(verify(ANSWER, documents))
        assert json.loads(json.dumps(found)) == json.loads(json.dumps(found, allow_nan=False))
        assert found["ok"] is (documents is DOCUMENTS)


@given(articles, articles, st.data())
def test_ok_means_that_the_words_stand_there_and_moved_that_they_stand_elsewhere(
    before: str, after: str, data: st.DataObject
) -> None:
    if not before:
        return
    start = data.draw(st.integers(0, len(before) - 1))
    end = data.draw(st.integers(start + 1, len(before)))
    cut = data.draw(st.integers(start, end - 1)), end
    document = article(before)
    citation = cited(
        document, before[start : cut[0]], before[slice(*cut)], "", above=before[:start]
    )
    answer = replace(ANSWER, text=citation.answer, citations=(citation,), alternatives=())
    assert first(answer, {document.id: document}).verdict == "ok"
    now = article(data.draw(st.sampled_from([after, after + before, before + after, before])))
    check = first(answer, {now.id: now})
    stands = now.text[start:end] == citation.quote
    assert (check.verdict == "ok") == stands
    if check.verdict in ("ok", "moved"):
        assert check.start is not None
        assert now.text[check.start : check.end] == citation.quote
    if check.start is not None:
        assert check.written == now.text[check.start : check.end]
