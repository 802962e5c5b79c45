"""What web pages repeat around their articles is left out; what articles repeat is not."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qa.chrome import chrome_lines, content_range, title_of
from qa.types import Document

NOTICE = "By using this site you agree to our cookies."
MENU = "Home | News"


def pages(*texts: str) -> list[Document]:
    return [Document(f"{n}.txt", f"Page {n}", text) for n, text in enumerate(texts)]


def contents(documents: list[Document]) -> list[str]:
    chrome = chrome_lines(documents)
    ranges = [content_range(document, chrome) for document in documents]
    return [d.text[start:end] for d, (start, end) in zip(documents, ranges, strict=True)]


def page(body: str) -> str:
    return f"Menu\n\n  Search  \r\n{body}\n\nLeaving a message\n{NOTICE}\n"


def test_lines_that_three_documents_repeat_at_their_edges_are_left_out() -> None:
    documents = pages(page("Robots danced."), page("Crowds came.\n\nAnd left."), page("It ended."))
    assert chrome_lines(documents) == dict.fromkeys(
        sorted(["Menu", "Search", "Leaving a message", NOTICE]), 3
    )
    assert [c.strip() for c in contents(documents)] == [
        "Robots danced.",
        "Crowds came.\n\nAnd left.",
        "It ended.",
    ]


def test_two_documents_prove_nothing() -> None:
    documents = pages(page("Robots danced."), page("Crowds came."))
    assert chrome_lines(documents) == {}
    assert contents(documents) == [document.text for document in documents]


def test_a_line_twice_in_a_document_counts_once() -> None:
    twice = "Menu\nMenu\n{}\nMenu"
    assert (
        chrome_lines(pages(twice.format("One."), twice.format("Two."), "Three.\nMenu\nEnd.")) == {}
    )


def test_a_chrome_line_in_the_middle_of_a_document_stays() -> None:
    documents = pages(*(f"Menu\nArticle {n}." for n in range(3)), "Article 3.\nMenu\nMore of it.")
    assert chrome_lines(documents) == {"Menu": 3}
    assert contents(documents)[3] == "Article 3.\nMenu\nMore of it."


def test_a_line_that_recurs_in_the_middle_only_is_no_chrome() -> None:
    assert chrome_lines(pages(*(f"Start {n}.\nRobots danced.\nEnd {n}." for n in range(5)))) == {}


def test_headings_and_table_rows_are_never_chrome() -> None:
    table = "| year | projects |\nHome | News"
    documents = pages(*(f"# Expo\n{table}\nArticle {n}.\n{table}" for n in range(4)))
    assert chrome_lines(documents) == {}
    assert contents(documents) == [document.text for document in documents]


def test_front_matter_is_neither_chrome_nor_content() -> None:
    front = "---\ntitle: Same\n---\n"
    documents = [
        Document(f"{n}.md", "T", f"{front}Menu\nArticle {n}.", body_start=len(front))
        for n in range(3)
    ]
    assert chrome_lines(documents) == {"Menu": 3}
    assert contents(documents) == ["Article 0.", "Article 1.", "Article 2."]
    start, _ = content_range(documents[0], {})
    assert start == len(front)


def test_a_document_made_of_chrome_alone_has_no_content() -> None:
    documents = pages(*(page(f"Article {n}.") for n in range(3)), f"Menu\n{NOTICE}\n", "", " \n")
    assert [content.strip() for content in contents(documents)[3:]] == ["", "", ""]


def test_copies_of_an_article_are_not_chrome() -> None:
    body = "\n\n".join(f"Paragraph {n} of the article tells of robots." for n in range(20))
    copies = [f"# Robots\n\n{body}", f"{body}\n", body, f"Posted on 3 May\n{body}", f"{body}\nEnd."]
    documents = pages(*copies)
    assert chrome_lines(documents) == {}
    around = pages(*(page(text) for text in copies), *(page(f"Article {n}.") for n in range(3)))
    assert [content.strip() for content in contents(around)][:5] == [c.strip() for c in copies]


def test_a_title_that_is_chrome_is_replaced_by_the_first_line_that_is_not() -> None:
    chrome = {"Menu": 3}
    titled = Document("a.txt", "Robots", "Menu\nText.")
    assert title_of(titled, chrome) == "Robots"
    assert title_of(Document("a.txt", "Menu", "Menu\n\n Robots danced \nText."), chrome) == (
        "Robots danced"
    )
    assert title_of(Document("a.txt", "Menu", "Menu\n"), chrome) == "a.txt"
    assert title_of(Document("a.txt", "Menu", "Menu\n" + "long " * 40), chrome) == "a.txt"
    assert title_of(Document("a.txt", "Menu", "Menu\nText."), {}) == "Menu"


_lines = st.lists(
    st.sampled_from(["Menu", "A", "B", "C", NOTICE, MENU, "# H", "", " "]), max_size=8
)


@given(st.lists(_lines, max_size=6))
def test_content_is_a_range_with_no_chrome_at_its_edges(every: list[list[str]]) -> None:
    documents = pages(*("\n".join(each) for each in every))
    chrome = chrome_lines(documents)
    assert all(count >= 3 for count in chrome.values())
    for document in documents:
        start, end = content_range(document, chrome)
        assert 0 <= start <= end <= len(document.text)
        inside = [line for line in document.text[start:end].split("\n") if line.strip()]
        outside = document.text[:start] + "\n" + document.text[end:]
        assert all(line.strip() in chrome for line in outside.split("\n") if line.strip())
        assert not inside or {inside[0].strip(), inside[-1].strip()}.isdisjoint(chrome)
