"""What retrievers of all frameworks hand on: a passage's text, and all that is known of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from qa.answerer import Bot
from qa.decide import cite
from qa.types import Hit, Span

# What people and language models may want to read; the rest is for programs.
TOLD = ("title", "heading", "date", "url", "page")


@dataclass(frozen=True, slots=True)
class Found:
    """A passage with its score, and `metadata` that is flat and plain: text, numbers and None."""

    id: str
    doc_id: str
    text: str
    score: float
    metadata: dict[str, Any]


def found(bot: Bot, query: str, count: int) -> list[Found]:
    """The passages nearest to `query`, best first.

    `metadata` has the document's id, title, URL, date and SHA-256 sums, the place of the passage
    (`start`, `end` in code points of the document's text, `page`, `heading`), and what each
    retriever thought of it. Raises QuestionError as `Bot.retrieve` does.

    >>> import qa
    >>> bot = qa.build([qa.Document("expo.txt", "Expo", "Robots danced at the expo.")])
    >>> [passage] = found(bot, "dancing robots", 3)
    >>> passage.id, passage.metadata["title"], passage.metadata["end"]
    ('expo.txt#0-26', 'Expo', 26)
    """
    bot = bot.with_policy(bot.policy)  # one index for hits and documents, whatever is reloaded
    return [_found(hit, bot) for hit in bot.retrieve(query, passages=count)]


def _found(hit: Hit, bot: Bot) -> Found:
    passage = hit.passage
    span = Span(passage, passage.start, passage.end, passage.text, hit.score)
    place = cite(span, bot.documents[passage.doc_id])
    metadata = {
        "doc_id": place.doc_id,
        "title": place.title,
        "heading": passage.heading,
        "url": place.url,
        "date": place.date,
        "page": place.page,
        "start": place.start,
        "end": place.end,
        **{f"{name}_rank": rank for name, rank in hit.ranks.items()},
        **{f"{name}_score": score for name, score in hit.scores.items()},
        "text_sha256": place.text_sha256,
        "source_sha256": place.source_sha256,
    }
    return Found(passage.id, passage.doc_id, passage.text, hit.score, metadata)
