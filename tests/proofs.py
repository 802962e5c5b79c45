"""Answers to prove: documents, and citations of them made by cutting."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

from qa.types import Answer, Candidate, Citation, Document


def article(text: str, doc_id: str = "warranty.txt", title: str = "warranty") -> Document:
    """A document as a plain file would give it."""
    return Document(doc_id, title, text, source_sha256=sha256(text.encode()).hexdigest())


def cited(document: Document, before: str, answer: str, after: str, above: str = "") -> Citation:
    """The citation of `answer` in the quote `before + answer + after`, which follows `above`."""
    start = len(above)
    first = start + len(before)
    quote = before + answer + after
    return Citation(
        doc_id=document.id,
        title=document.title,
        url=document.url,
        date=document.date,
        page=None,
        start=start,
        end=start + len(quote),
        quote=document.text[start : start + len(quote)],
        answer=document.text[first : first + len(answer)],
        answer_start=first,
        answer_end=first + len(answer),
        text_sha256=sha256(document.text.encode()).hexdigest(),
        source_sha256=document.source_sha256,
    )


ABOVE = "Robots are sold in Chongqing.\n\n"
QUOTE = "The warranty of a robot ends after ", "24 months", "."
BELOW = "\n\nIt can be made longer for 1,200 yuan. Batteries are left out.\n"
WARRANTY = article(ABOVE + "".join(QUOTE) + BELOW)
OTHER = article("Others say that it ends after 36 months.", "other.txt", "other")
CITATION = cited(WARRANTY, *QUOTE, ABOVE)
OTHER_CITATION = cited(OTHER, "Others say that it ends after ", "36 months", ".")

ANSWER = Answer(
    "When does the warranty end?",
    "When does the warranty of a robot end?",
    "24 months",
    0.9,
    agreement=1,
    citations=(CITATION,),
    alternatives=(Candidate("36 months", 0.1, (OTHER_CITATION,)),),
)
REFUSAL = Answer(
    "Who sells it?",
    "Who sells it?",
    None,
    0.1,
    "Nothing convinces.",
    "no-convincing-span",
    Candidate("24 months", 0.1, (CITATION,)),
)
DOCUMENTS = {document.id: document for document in (WARRANTY, OTHER)}


def rewritten(text: str, *, extracted: bool = False) -> dict[str, Document]:
    """The documents, of which the first holds another text; `extracted` from the same bytes."""
    other = article(text)
    if extracted:
        other = replace(other, source_sha256=WARRANTY.source_sha256)
    return {**DOCUMENTS, other.id: other}


def tampered(**changes: object) -> Answer:
    """The answer, whose citation was tampered with."""
    return replace(ANSWER, citations=(replace(CITATION, **changes),))  # type: ignore[arg-type]
