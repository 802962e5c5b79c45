"""The conversation as HTML: a welcome, or all turns with what can be done about each."""

from __future__ import annotations

from collections.abc import Sequence

from qa.errors import QAError
from qa.surfaces.web.answer import answered
from qa.surfaces.web.html import escape
from qa.surfaces.web.refusal import unanswered
from qa.surfaces.web.turn import Turn
from qa.types import Answer

THANKS = {
    "right": "Thank you. Noted as right.",
    "wrong": "Noted as wrong. Mark the right words in the article, if you can see them.",
    "marked": "Thank you. The right words are noted.",
    "absent": "Thank you. Noted: it isn’t in the articles.",
}


def conversation(
    turns: Sequence[Turn],
    *,
    welcome: str = "",
    waiting: Sequence[str] = (),
    feedback: bool = False,
) -> str:
    """All turns, oldest first, then questions that wait; `welcome` where there are neither."""
    last = -1 if waiting else len(turns) - 1
    parts = [
        _turn(turn, number, latest=number == last, feedback=feedback)
        for number, turn in enumerate(turns)
    ]
    parts += [_section(question, WORKING) for question in waiting]
    body = TOOLS + "".join(parts) if parts else welcome
    return f'<div class="qa-conversation" role="log" aria-label="Conversation">{body}</div>'


TOOLS = (
    '<div class="qa-tools" role="toolbar" aria-label="This conversation">'
    '<button type="button" class="qa-quiet" data-do="clear" aria-label="New conversation">'
    'New<span class="qa-wide">conversation</span></button>'
    '<button type="button" class="qa-quiet" data-do="quotation" aria-label="Check a quotation">'
    'Check<span class="qa-wide">a quotation</span></button>'
    '<span class="qa-space"></span><button type="button" class="qa-quiet" data-do="markdown" '
    'aria-label="Save as Markdown" title="Save as Markdown">↓ Markdown</button>'
    '<button type="button" class="qa-quiet" data-do="json" '
    'aria-label="Save as JSON" title="Save as JSON">↓ JSON</button></div>'
)
WORKING = (
    '<div class="qa-working"><p role="status">Looking through the articles…</p>'
    '<div aria-hidden="true"><i></i><i></i><i></i></div></div>'
)


def _turn(turn: Turn, number: int, *, latest: bool, feedback: bool) -> str:
    outcome = turn.outcome
    if isinstance(outcome, QAError):
        hint = f'<p class="qa-reason">{escape(outcome.hint)}</p>' if outcome.hint else ""
        body = f'<div role="alert"><p class="qa-error">{escape(str(outcome))}</p>{hint}</div>'
        return _section(turn.question, body + _actions("", latest, number), turn.id)
    show = unanswered if outcome.text is None else answered
    body = _understood(outcome, number) + show(turn, outcome, number)
    thumbs = _thumbs(turn, number) if feedback else ""
    why = _button("why", number, "Why this?" if outcome.text else "Why no answer?")
    own = why + (_button("certificate", number, "Certificate") if outcome.text else "") + thumbs
    return _section(turn.question, body + _actions(own, latest, number), turn.id)


def _section(question: str, body: str, key: str = "") -> str:
    asked = f'<h2 class="qa-question">{escape(question)}</h2>' if question.strip() else ""
    return f'<section class="qa-turn" data-key="{key}">{asked}{body}</section>'


def _understood(answer: Answer, number: int) -> str:
    """How a question that refers back was understood, where that can be put right."""
    if answer.resolved_question == answer.question:
        return ""
    shown = escape(answer.resolved_question)
    return (
        f'<div class="qa-understood"><p>Understood as: <span>{shown}</span></p>'
        f'<details><summary>Change</summary><form data-do="reask" data-turn="{number}">'
        f'<input type="text" name="words" value="{shown}" maxlength="2000"'
        ' aria-label="What you meant" autocomplete="off">'
        '<button type="submit" class="qa-pill qa-solid">Ask this</button></form></details></div>'
    )


def _thumbs(turn: Turn, number: int) -> str:
    if turn.verdict is not None:
        again = _button("wrong", number, "Mark the words") if turn.verdict == "wrong" else ""
        return f'<span class="qa-thanks" role="status">{THANKS[turn.verdict]}</span>{again}'
    return (
        f"{_button('right', number, UP, 'This is right')}"
        f"{_button('wrong', number, DOWN, 'This is wrong')}"
    )


def _actions(own: str, latest: bool, number: int) -> str:
    after = ""
    if latest:
        after = _button("retry", number, "Ask again") + _button("undo", number, "Undo")
    return f'<div class="qa-actions">{own}<span class="qa-space"></span>{after}</div>'


def _button(deed: str, turn: int, shown: str, name: str = "") -> str:
    label = f' aria-label="{name}" title="{name}"' if name else ""
    return (
        f'<button type="button" class="qa-quiet" data-do="{deed}" data-turn="{turn}"{label}>'
        f"{shown}</button>"
    )


_THUMB = (
    '<svg viewBox="0 0 24 24" width="18" height="18" aria-hidden="true" fill="none" '
    'stroke="currentColor" stroke-width="1.7" stroke-linejoin="round"{turned}>'
    '<path d="M4 10h3v10H4zM7 10l4-7c1.5 0 2.5 1 2.5 2.5L13 9h5.2c1.2 0 2 1.1 1.8 2.2"/>'
    '<path d="M20 11.2l-1.3 7c-.2 1-1 1.8-2 1.8H7"/></svg>'
)
UP = _THUMB.format(turned="")
DOWN = _THUMB.format(turned=' transform="rotate(180)"')
