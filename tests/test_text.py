"""The analyser: which words two texts have in common."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.text import STOP_WORDS, sha256, terms


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,200 projects", ["1,200", "project"]),
        ("94.47 billion", ["94.47", "billion"]),
        ("up 31.9%.", ["up", "31.9%"]),
        ("1,234,567.89%", ["1,234,567.89%"]),
        ("In 2018, 530.", ["2018", "530"]),
        ("３１．９％", ["31.9%"]),
        ("Signed SIGNS signing", ["sign", "sign", "sign"]),
        ("China's robots\u2019 and Li\u2019s", ["china", "robot", "li"]),
        ("the of who IT'S", []),
        ("not first, more", ["not", "first", "more"]),
        ("AI-powered 5G_network", ["ai", "power", "5g", "network"]),
        ("机器人 dance", ["机", "器", "人", "danc"]),
        ("2018年", ["2018", "年"]),
        ("robots🤖dance 👍🏽", ["robot", "danc"]),
        ("Müller Straße", ["müller", "straße"]),
        ("", []),
        (" \n\t\u3000", []),
        ("... --- '' ’", []),
    ],
)
def test_terms(text: str, expected: list[str]) -> None:
    assert terms(text) == expected


@pytest.mark.parametrize("text", ["café résumé", "한국어", "Ångström"])
def test_one_word_spelt_with_other_code_points_is_one_term(text: str) -> None:
    assert terms(unicodedata.normalize("NFD", text)) == terms(unicodedata.normalize("NFC", text))


def test_ligatures_of_a_pdf_are_letters() -> None:
    assert terms("the \ufb01nal \ufb02ight") == terms("the final flight")


def test_stop_words_are_written_as_the_analyser_sees_them() -> None:
    assert {word for word in STOP_WORDS if terms(word)} == set()


@given(st.text())
def test_any_text_has_terms(text: str) -> None:
    found = terms(text)
    assert all(term and not any(c.isspace() for c in term) for term in found)
    assert terms(text.replace("\n", "\r\n")) == found
    assert terms(f"{text} {text}") == found + found


@given(st.text(st.characters(categories=["Lu", "Ll", "Nd", "Zs"], max_codepoint=0x24F)))
def test_capitals_make_no_difference(text: str) -> None:
    # "ı", "İ" and the like are left out: they come back from upper case as another letter.
    if text.upper().lower() == text.lower():
        assert terms(text.upper()) == terms(text)


def test_terms_do_not_depend_on_what_was_analysed_before() -> None:
    before = terms("Robots danced at 1,200 fairs")
    terms("dance danced dances " * 20_000)
    assert terms("Robots danced at 1,200 fairs") == before


def test_long_words_are_terms_too() -> None:
    assert len(terms("x" * 100_000)) == 1


def test_sha256_is_of_utf8() -> None:
    assert sha256("机") == "145676361e978970aae9fd4987737486744f00b4d74ddad384478625fa345af9"
