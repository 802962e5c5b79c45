"""What a browser would find in a piece of HTML."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"input", "path"}


@dataclass
class Element:
    """A tag, its attributes, and the text inside."""

    tag: str
    attributes: dict[str, str | None]
    text: str = ""
    names: set[str] = field(default_factory=set)


class Reading(HTMLParser):
    """The elements of some HTML, in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        names = {tag, *(attributes.get("class") or "").split()}
        self.elements.append(Element(tag, attributes, "", names))
        if tag not in VOID:
            self._open.append(self.elements[-1])

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self._open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text += data

    @property
    def tags(self) -> set[str]:
        """Every tag there is."""
        return {element.tag for element in self.elements}

    def of(self, name: str) -> list[str]:
        """The text of every element of this tag or class."""
        return [element.text for element in self.elements if name in element.names]

    def values(self, attribute: str) -> list[str | None]:
        """The values of an attribute, of every element that has it."""
        return [e.attributes[attribute] for e in self.elements if attribute in e.attributes]

    def pieces(self) -> list[tuple[int, str]]:
        """Each piece of a document's text, and the offset that it says it has."""
        return [
            (int(element.attributes["data-at"] or ""), element.text)
            for element in self.elements
            if "data-at" in element.attributes
        ]
