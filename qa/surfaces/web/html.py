"""Answers as HTML: pure functions from the nouns to strings, each of which escapes what it shows.

Text of articles and questions is hostile and is shown as it is. It is marked by offsets alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qa.errors import QAError
from qa.types import Answer, Candidate, Citation, Document, Hit, Passage

RELATED = 3  # passages shown where nothing is answered
SHORT = 60  # characters up to which an answer is set in the largest type

# Beside HTML's own five: gr.HTML renders its value with `${value}`, which its JavaScript compiles
# with Handlebars and then evaluates as a template literal. The value goes in once, after both, so
# braces in it are only text. Written as entities they stay so if a template ever quotes a value.
# A carriage return would be read as a newline, and a lone surrogate cannot be sent at all.
_ENTITIES: dict[int, str] = {
    **{ord(character): f"&#{ord(character)};" for character in "&<>\"'`${}\\\r"},
    **dict.fromkeys(range(0xD800, 0xE000), "&#65533;"),
}


@dataclass(frozen=True, slots=True, eq=False)
class Turn:
    """A question as typed, and what came of it."""

    question: str
    outcome: Answer | QAError


def escape(text: str) -> str:
    """`text` as HTML that shows exactly `text`, in an element or in a quoted attribute.

    >>> escape("<b>${x}</b>")
    '&#60;b&#62;&#36;&#123;x&#125;&#60;/b&#62;'
    """
    return text.translate(_ENTITIES)


def marked(text: str, start: int, end: int) -> str:
    """`text` with its characters `start`..`end` in a `<mark>`.

    >>> marked("All 530 projects", 4, 7)
    'All <mark>530</mark> projects'
    """
    return f"{escape(text[:start])}<mark>{escape(text[start:end])}</mark>{escape(text[end:])}"


def conversation(
    turns: Sequence[Turn],
    documents: Mapping[str, Document],
    *,
    title: str = "Footnote",
    pending: str | None = None,
) -> str:
    """All turns, oldest first, then the question being answered; a welcome where there are none."""
    parts = [_turn(turn, documents) for turn in turns]
    if pending is not None:
        parts.append(_section(pending, '<p class="qa-working">Looking through the articles…</p>'))
    masthead = f'<header class="qa-masthead">{escape(title)}</header>'
    body = masthead + "".join(parts) if parts else welcome(title, len(documents))
    return f'<div class="qa-conversation" role="log" aria-label="Conversation">{body}</div>'


def welcome(title: str, articles: int) -> str:
    """What this is and what to ask, for a page on which nothing has been asked yet."""
    count = "1 article" if articles == 1 else f"{articles:,} articles"
    return (
        f'<div class="qa-welcome"><h1>{escape(title)}</h1>'
        f"<p>Ask about the {count} here. Answers are in the articles’ own words, marked where they "
        f"stand. Where the articles do not say, neither does {escape(title)}.</p></div>"
    )


def answered(answer: Answer) -> str:
    """The answer, the sentence it stands in, how sure that is, the sources, and other answers."""
    first = answer.citations[0]
    size = "short" if len(first.answer) <= SHORT else "long"
    quote = marked(first.quote, first.answer_start - first.start, first.answer_end - first.start)
    quote += "<sup>1</sup>"
    # An answer that is a whole sentence would be read twice: its marked quote says it once.
    if (first.answer_start, first.answer_end) == (first.start, first.end):
        words = f'<blockquote class="qa-quote qa-whole">{quote}</blockquote>'
    else:
        words = (
            f'<p class="qa-words qa-{size}">{escape(answer.text or "")}</p>'
            f'<blockquote class="qa-quote">{quote}</blockquote>'
        )
    sources = "".join(
        f"<li>{_source(citation, answer.hits, opened=citation is first)}</li>"
        for citation in answer.citations
    )
    return (
        f"{words}{_confidence(answer.confidence)}"
        f'<h3>Sources</h3><ol class="qa-sources">{sources}</ol>'
        f"{_others(answer.alternatives, answer.hits)}"
    )


def unanswered(answer: Answer, documents: Mapping[str, Document]) -> str:
    """That the articles do not say, why, and the nearest passages, which are not sources."""
    hits = answer.hits[:RELATED]
    reason = f'<p class="qa-reason">{escape(answer.reason)}</p>' if answer.reason else ""
    related = "".join(_related(hit.passage, documents) for hit in hits)
    nearest = f'<h3>Related, but no answer</h3><ul class="qa-related">{related}</ul>'
    refusal = f'<p class="qa-refusal">The articles do not say.</p>{reason}'
    return refusal + nearest if hits else refusal


def _turn(turn: Turn, documents: Mapping[str, Document]) -> str:
    outcome = turn.outcome
    if isinstance(outcome, QAError):
        hint = f'<p class="qa-reason">{escape(outcome.hint)}</p>' if outcome.hint else ""
        body = f'<p class="qa-error">{escape(str(outcome))}</p>{hint}'
    else:
        body = unanswered(outcome, documents) if outcome.text is None else answered(outcome)
    return _section(turn.question, body)


def _section(question: str, body: str) -> str:
    asked = f'<h2 class="qa-question">{escape(question)}</h2>' if question.strip() else ""
    return f'<section class="qa-turn">{asked}{body}</section>'


def _confidence(confidence: float) -> str:
    word = "High" if confidence >= 0.8 else "Fair" if confidence >= 0.5 else "Low"
    return (
        '<p class="qa-confidence"><span class="qa-bar" aria-hidden="true">'
        f'<span style="width:{confidence:.0%}"></span></span>{word} confidence, '
        f"{confidence:.0%}</p>"
    )


def _source(citation: Citation, hits: Sequence[Hit], *, opened: bool) -> str:
    title = escape(citation.title)
    # Only these two: a browser runs what a `javascript:` link holds.
    if citation.url and citation.url.lower().startswith(("http://", "https://")):
        title = f'<a href="{escape(citation.url)}" rel="noopener noreferrer">{title}</a>'
    page = "" if citation.page is None else f"<span>page {citation.page}</span>"
    return (
        f"<cite>{title}</cite>"
        f'<p class="qa-facts"><span>{escape(citation.date or "undated")}</span>{page}'
        f"<code>{escape(citation.doc_id)}</code></p>{_passage(citation, hits, opened=opened)}"
    )


def _others(candidates: Sequence[Candidate], hits: Sequence[Hit]) -> str:
    """The answers that may be meant instead, each with its confidence and where it stands."""
    items = "".join(
        f'<li><p class="qa-other"><span>{escape(candidate.text)}</span>'
        f"<small>{candidate.confidence:.0%}</small></p>"
        + "".join(_source(citation, hits, opened=False) for citation in candidate.citations)
        + "</li>"
        for candidate in candidates
    )
    return f'<h3>Other possible answers</h3><ul class="qa-others">{items}</ul>' if items else ""


def _passage(citation: Citation, hits: Sequence[Hit], *, opened: bool) -> str:
    for passage in (hit.passage for hit in hits):
        inside = passage.start <= citation.start and citation.end <= passage.end
        if passage.doc_id == citation.doc_id and inside:
            start, end = citation.answer_start - passage.start, citation.answer_end - passage.start
            opening = "<details open>" if opened else "<details>"
            return (
                f"{opening}<summary>The passage</summary>"
                f'<p class="qa-passage">{marked(passage.text, start, end)}</p></details>'
            )
    return ""


def _related(passage: Passage, documents: Mapping[str, Document]) -> str:
    return (
        f"<li><cite>{escape(documents[passage.doc_id].title)}</cite>"
        f'<p class="qa-facts"><code>{escape(passage.doc_id)}</code></p>'
        f'<p class="qa-passage">{escape(passage.text)}</p></li>'
    )
