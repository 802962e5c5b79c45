"""Articles as they were published, where two of them give different figures.

They are not part of this repository: QA_PUBLISHED_ARTICLES names the folder that holds them.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import qa

ARTICLES = os.environ.get("QA_PUBLISHED_ARTICLES", "")
QUESTION = (
    "What was the added value of Liangjiang New Area's digital economy in the first half of 2021?"
)


@pytest.mark.real
@pytest.mark.skipif(not ARTICLES, reason="QA_PUBLISHED_ARTICLES names no folder")
def test_both_published_figures_are_shown_each_with_its_source() -> None:
    bot = qa.build(Path(ARTICLES))
    answer = bot.ask(QUESTION)
    assert answer.conflict
    (other,) = answer.alternatives
    figures = {"26 billion": "heads Chongqing", "33.628 billion yuan": "accounting for one third"}
    assert {answer.text, other.text} == set(figures)
    for text, citations in ((answer.text, answer.citations), (other.text, other.citations)):
        (citation,) = citations
        assert figures[text or ""] in citation.quote
    assert answer.citations[0].doc_id != other.citations[0].doc_id
    assert bot.ask(QUESTION) == answer
