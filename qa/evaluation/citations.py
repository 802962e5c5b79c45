"""Judging citations: are the words where the citation says, and is it the right document?"""

from __future__ import annotations

from collections.abc import Mapping

from qa.evaluation.metrics import contains_answer
from qa.evaluation.questions import Question
from qa.types import Answer, Citation, Document


def is_verbatim(citation: Citation, documents: Mapping[str, Document]) -> bool:
    """Whether quote and answer stand in the document at their offsets, answer within quote.

    >>> cited = Citation("a", "A", None, None, None, 0, 10, "Ada spoke.", "Ada", 0, 3, "", None)
    >>> is_verbatim(cited, {"a": Document("a", "A", "Ada spoke.")})
    True
    """
    document = documents.get(citation.doc_id)
    if document is None:
        return False
    # Negative offsets would slice, from the wrong end; the order below rules them out.
    ordered = (
        0
        <= citation.start
        <= citation.answer_start
        < citation.answer_end
        <= citation.end
        <= len(document.text)
    )
    return (
        ordered
        and document.text[citation.start : citation.end] == citation.quote
        and document.text[citation.answer_start : citation.answer_end] == citation.answer
    )


def shown_citations(answer: Answer) -> list[Citation]:
    """Every citation that a user could see: the answer's and those of its alternatives."""
    others = [citation for other in answer.alternatives for citation in other.citations]
    return [*answer.citations, *others]


def citations_correct(
    question: Question, answer: Answer, documents: Mapping[str, Document]
) -> bool:
    """Whether every citation is verbatim and names a document that holds the answer.

    One of them must be of the very words that are given as the answer. Silence is correct exactly
    where the documents do not answer.
    """
    if answer.text is None or not question.answerable:
        return answer.text is None and not question.answerable
    return citation_fault(question, answer, documents) is None


def citation_fault(
    question: Question, answer: Answer, documents: Mapping[str, Document]
) -> str | None:
    """What is wrong with the citations of an answer, in a sentence; None if nothing is."""
    for citation in answer.citations:
        if not is_verbatim(citation, documents):
            return f"The quote from {citation.doc_id!r} does not stand where its citation says."
        if citation.doc_id not in question.doc_ids:
            return f"{citation.doc_id!r} is cited, which is not known to hold the answer."
    if all(citation.answer != answer.text for citation in answer.citations):
        return "No citation is of the very words of the answer."
    return None


def answer_in_quote(question: Question, answer: Answer) -> bool:
    """Whether any quote holds a gold answer: was the reader shown the right words at all?

    Silence is correct exactly where the documents do not answer.
    """
    if answer.text is None or not question.answerable:
        return answer.text is None and not question.answerable
    return any(contains_answer(question.answers, citation.quote) for citation in answer.citations)
