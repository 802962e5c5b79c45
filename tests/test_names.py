"""Names: runs of words with capitals."""

from __future__ import annotations

import pytest

from qa.names import is_name, names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        *(("Maren Falk", True), ("the Ministry of Trade", True), ("in Chongqing", True)),
        *(("held online", False), ("", False), ("2018", False)),
        *(("the priest Anton Reber", True), ("iFlytek", True), ("the beds", False)),
        *(("Huawei, Tencent", False), ("Ada and Bo", False), ("Trade and Industry", False)),
    ],
)
def test_names(text: str, name: bool) -> None:
    assert is_name(text) is name


def test_what_stands_first_in_a_sentence_is_no_name_by_its_capital() -> None:
    said = "Building it was hard, says Falk. Maren Falk stayed."
    assert names(said) == ["Falk", "Maren Falk"]


def test_a_word_may_have_its_capital_further_in() -> None:
    assert names("In 2021 iChongqing wrote about eBay, and iFlytek did.") == [
        "iChongqing",
        "eBay",
        "iFlytek",
    ]
