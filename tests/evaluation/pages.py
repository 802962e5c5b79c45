"""Pages read without a browser, and texts that are out to break them."""

from __future__ import annotations

from dataclasses import fields, replace
from html.parser import HTMLParser
from typing import Any

from qa.evaluation.report import Report
from qa.evaluation.runner import evaluate
from tests.evaluation.planted import QUESTIONS, UnsureReader, WrongReader, make

HOSTILE = (
    "'\"><script>window.__pwned=1</script><img src=https://evil.example/x onerror=alert(1)>&amp;"
)
VOID = {"meta", "input"}


class Reading(HTMLParser):
    """Elements with their attributes and text; fails where they do not nest."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None], list[str]]] = []
        self._open: list[tuple[str, dict[str, str | None], list[str]]] = []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element: tuple[str, dict[str, str | None], list[str]] = (tag, dict(attrs), [])
        self.elements.append(element)
        if tag not in VOID and not (self.get_starttag_text() or "").endswith("/>"):
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        for _, _, texts in self._open:
            texts.append(data)

    def texts(self, tag: str, name: str | None = None) -> list[str]:
        return [
            "".join(texts)
            for found, attributes, texts in self.elements
            if found == tag and (name is None or name in (attributes.get("class") or "").split())
        ]


def poisoned(value: Any) -> Any:
    """The value with every text in it made hostile, and no offset altered."""
    if isinstance(value, str):
        return f"{value}{HOSTILE}"
    if isinstance(value, tuple | list):
        return type(value)(poisoned(one) for one in value)
    if hasattr(value, "__dataclass_fields__"):
        changes = {field.name: poisoned(getattr(value, field.name)) for field in fields(value)}
        return replace(value, **changes)
    return value


def hostile_report() -> Report:
    """Failures of every sort, one of them stale, with a hostile text wherever there can be one."""
    wrong = evaluate(make(reader=WrongReader()), QUESTIONS).outcomes
    unsure = evaluate(make(reader=UnsureReader()), QUESTIONS).outcomes
    stale = replace(wrong[0], stale="Edited.")
    outcomes = [poisoned(one) for one in (stale, *wrong[1:], *unsure)]
    numbered = [
        replace(
            one, question=replace(one.question, id=f"{number}{HOSTILE}"), seconds={HOSTILE: 1.0}
        )
        for number, one in enumerate(outcomes)
    ]
    return Report(tuple(numbered), {"questions": HOSTILE, HOSTILE: {HOSTILE: [HOSTILE, None]}})
