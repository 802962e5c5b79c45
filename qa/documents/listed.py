"""Articles handed over as a list: texts, mappings and documents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from qa.documents.titles import title_from_first_line
from qa.errors import InputError, Problem, SourceError
from qa.types import Document

Article = str | Mapping[str, object] | Document
_KEYS = ("id", "title", "text", "date", "url")


def documents_of(articles: Iterable[Article]) -> list[Document]:
    """A document for each article, in order: a text, a mapping with a "text", or a document.

    A mapping may also have "id", "title", "date" and "url". An article without an id gets its
    position in the list, from 0; without a title its first line, where that is no sentence.

    >>> [document.id for document in documents_of(["Robots danced.", {"id": "a", "text": "Yes."}])]
    ['0', 'a']

    Raises one SourceError that holds every problem found, with the article's position and key, and
    InputError where `articles` is a single article.
    """
    if isinstance(articles, Mapping | Document | bytes):
        raise InputError(
            f"articles come in a list, and this is one {type(articles).__name__}",
            hint="put it into a list: qa.build([article])",
        )
    documents, problems = [], []
    for position, article in enumerate(articles):
        try:
            documents.append(_document(article, position))
        except ValueError as error:
            problems.append(Problem(f"article {position}", str(error)))
    if problems:
        raise SourceError(problems, hint="positions count from 0; repair these articles")
    return documents


def _document(article: Article, position: int) -> Document:
    if isinstance(article, Document):
        return article
    if isinstance(article, str):
        article = {"text": article}
    elif not isinstance(article, Mapping):
        kind = type(article).__name__
        raise ValueError(f"must be a text, a mapping or a Document, not {kind}")
    unknown = [repr(key) for key in article if key not in _KEYS]
    if unknown:
        raise ValueError(f"unknown key {', '.join(unknown)}; known are {', '.join(_KEYS)}")
    text = _string(article, "text")
    if text is None:
        raise ValueError("'text' must be a string that is not blank")
    doc_id = _string(article, "id") or str(position)
    title = _string(article, "title") or title_from_first_line(text) or doc_id
    return Document(doc_id, title, text, _string(article, "url"), _string(article, "date"))


def _string(article: Mapping[str, object], key: str) -> str | None:
    """The value of `key`, None where it is missing, None or blank."""
    value = article.get(key)
    if value is not None and not isinstance(value, str):
        raise ValueError(f"{key!r} must be a string, not {type(value).__name__}")
    return value if value and not value.isspace() else None
