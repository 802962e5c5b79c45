"""Building: the same index however often it is built, and only new text is encoded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.errors import IndexMismatchError, SourceError
from qa.index import Index, build_index
from qa.retriever import retrieve
from qa.types import Document, Policy, Settings
from tests.fakes import WordEncoder
from tests.texts import articles

SETTINGS = Settings(passage_tokens=20, overlap_sentences=0)


def document(doc_id: str, text: str, title: str = "Expo") -> Document:
    return Document(doc_id, title, text)


DOCUMENTS = [
    document("a.md", "# Robots\n\nRobots danced at the expo. Crowds came to see them. They left."),
    document("b.md", "The park opened in 2018.\r\n\r\nDrones fly 🤖 there. 机器人跳舞。"),
    document("c.md", "A total of 530 projects were signed. They are worth 1,200 yuan."),
]


def texts_of(index: Index) -> set[str]:
    """What the retrievers see of the passages."""
    return {p.indexed_text for p in index.passages}


def same(one: Index, other: Index) -> None:
    assert dict(one.documents) == dict(other.documents)
    assert list(one.documents) == list(other.documents)
    assert list(one.passages) == list(other.passages)
    assert dict(one.lexical.vocabulary) == dict(other.lexical.vocabulary)
    for name in ("pointers", "passages", "scores"):
        assert np.array_equal(getattr(one.lexical, name), getattr(other.lexical, name))
    assert one.vectors.dtype == other.vectors.dtype == np.float32
    assert one.vectors.shape == other.vectors.shape
    assert np.abs(one.vectors - other.vectors).max(initial=0) <= 1e-5
    assert one.settings == other.settings
    vector = WordEncoder().encode_question("robots danced in the park")
    for policy in (Policy(), Policy(fusion="reciprocal-rank", depth=2)):
        assert retrieve(one, "robots in the park", vector, policy) == retrieve(
            other, "robots in the park", vector, policy
        )


def test_rows_are_those_of_the_passages() -> None:
    index = build_index(DOCUMENTS, WordEncoder(), SETTINGS)
    assert index.vectors.shape == (len(index.passages), 256)
    for passage, vector in zip(index.passages, index.vectors, strict=True):
        text = passage.indexed_text
        assert np.array_equal(vector, WordEncoder().encode_question(text))
    order = [(passage.doc_id, passage.start) for passage in index.passages]
    assert order == sorted(order)
    assert index.lexical.size == len(index.passages)


def test_the_order_of_documents_does_not_matter() -> None:
    same(
        build_index(DOCUMENTS, WordEncoder(), SETTINGS),
        build_index(DOCUMENTS[::-1], WordEncoder(), SETTINGS),
    )


def test_titles_and_headings_can_be_found() -> None:
    index = build_index(
        [document("a", "# Robots\n\nThey danced.", "Piano")], WordEncoder(), SETTINGS
    )
    assert {"piano", "robot", "danc"} <= set(index.lexical.vocabulary)


def test_only_new_text_is_encoded() -> None:
    before = build_index(DOCUMENTS, WordEncoder(), SETTINGS)
    changed = [
        DOCUMENTS[0],
        replace(DOCUMENTS[1], text=DOCUMENTS[1].text.replace("2018", "2019")),
        document("d.md", "Pianos were new there."),
    ]
    encoder = WordEncoder()
    after = build_index(changed, encoder, SETTINGS, previous=before)
    assert set(encoder.encoded) == texts_of(after) - texts_of(before)
    assert len(encoder.encoded) == len(set(encoder.encoded))
    assert encoder.encoded
    assert list(after.documents) == ["a.md", "b.md", "d.md"]
    assert {passage.doc_id for passage in after.passages} == {"a.md", "b.md", "d.md"}
    same(after, build_index(changed, WordEncoder(), SETTINGS))


@pytest.mark.parametrize(
    "change",
    [
        lambda document: replace(document, id=f"sub/{document.id}"),
        lambda document: replace(document, text=f"\n\n{document.text}"),
        lambda document: replace(document, url="https://example.org", date="2018"),
    ],
)
def test_moving_text_encodes_nothing(change: Callable[[Document], Document]) -> None:
    before = build_index(DOCUMENTS, WordEncoder(), SETTINGS)
    encoder = WordEncoder()
    moved = [change(each) for each in DOCUMENTS]
    after = build_index(moved, encoder, SETTINGS, previous=before)
    assert encoder.encoded == []
    same(after, build_index(moved, WordEncoder(), SETTINGS))


def test_a_new_title_is_encoded() -> None:
    before = build_index(DOCUMENTS, WordEncoder(), SETTINGS)
    encoder = WordEncoder()
    renamed = [replace(DOCUMENTS[0], title="Fair"), *DOCUMENTS[1:]]
    build_index(renamed, encoder, SETTINGS, previous=before)
    assert encoder.encoded
    assert all(text.startswith("Fair\n") for text in encoder.encoded)


def test_vectors_of_another_encoder_are_not_reused() -> None:
    before = build_index(DOCUMENTS, WordEncoder(), SETTINGS)
    other = WordEncoder(sha256="1" * 64)
    after = build_index(DOCUMENTS, other, SETTINGS, previous=before)
    assert len(other.encoded) == len(after.passages)
    assert after.encoder_sha256 == "1" * 64


def test_equal_text_is_encoded_once() -> None:
    encoder = WordEncoder()
    index = build_index([document(name, "Robots danced.") for name in "abc"], encoder, SETTINGS)
    assert len(encoder.encoded) == 1
    assert len(index.passages) == 3


_corpora = st.dictionaries(st.sampled_from("abcd"), articles, max_size=4)


@given(_corpora, _corpora)
def test_building_upon_any_index_gives_what_a_full_build_gives(
    old: dict[str, str], new: dict[str, str]
) -> None:
    previous = build_index([document(*each) for each in old.items()], WordEncoder(), SETTINGS)
    documents = [document(*each) for each in new.items()]
    encoder = WordEncoder()
    same(
        build_index(documents, encoder, SETTINGS, previous=previous),
        build_index(documents, WordEncoder(), SETTINGS),
    )
    assert texts_of(previous).isdisjoint(encoder.encoded)


def test_chrome_is_in_no_passage_unless_it_is_kept() -> None:
    documents = [document(n, f"Cookie notice\nArticle {n}.\nCookie notice") for n in "abc"]
    without = build_index(documents, WordEncoder(), SETTINGS)
    assert [passage.text for passage in without.passages] == [f"Article {n}." for n in "abc"]
    kept = build_index(documents, WordEncoder(), replace(SETTINGS, keep_chrome=True))
    assert all("Cookie" in passage.text for passage in kept.passages)
    titled = [replace(each, title="Cookie notice") for each in documents]
    assert [
        each.title for each in build_index(titled, WordEncoder(), SETTINGS).documents.values()
    ] == [f"Article {n}." for n in "abc"]


def test_front_matter_is_in_no_passage() -> None:
    text = "---\ntitle: Expo\n---\nRobots danced."
    index = build_index(
        [Document("a.md", "Expo", text, body_start=len("---\ntitle: Expo\n---\n"))],
        WordEncoder(),
        SETTINGS,
    )
    assert [passage.text for passage in index.passages] == ["Robots danced."]
    assert index.documents["a.md"].text == text


def test_settings_are_bound_to_the_encoder_that_was_used() -> None:
    index = build_index(DOCUMENTS, WordEncoder("mine", sha256="2" * 64), SETTINGS)
    assert index.settings == replace(SETTINGS, encoder="mine")
    assert (index.encoder_name, index.encoder_sha256) == ("mine", "2" * 64)


def test_two_documents_of_one_id_are_refused() -> None:
    with pytest.raises(SourceError, match=r"a\.md.*b\.md") as error:
        build_index([*DOCUMENTS[:2], *DOCUMENTS], WordEncoder(), SETTINGS)
    assert [problem.path for problem in error.value.problems] == ["a.md", "b.md"]
    assert error.value.hint


def test_an_unknown_analyser_is_refused() -> None:
    with pytest.raises(IndexMismatchError, match="german-1") as error:
        build_index(DOCUMENTS, WordEncoder(), replace(SETTINGS, analyser="german-1"))
    assert "english-1" in error.value.hint


def test_progress_is_told_to_the_end() -> None:
    told: list[tuple[str, int, int]] = []
    build_index(DOCUMENTS, WordEncoder(), SETTINGS, progress=lambda *each: told.append(each))
    cutting = [each for each in told if each[0] == "cutting"]
    encoding = [each for each in told if each[0] == "encoding"]
    assert cutting == [("cutting", n, 3) for n in (1, 2, 3)]
    assert encoding[-1][1] == encoding[-1][2] == len(encoding)
    assert told == cutting + encoding


def test_nothing_to_index() -> None:
    index = build_index([], WordEncoder(), SETTINGS)
    assert (len(index.documents), len(index.passages), len(index.vectors)) == (0, 0, 0)
