"""Front matter: YAML between two `---` lines at the start of a Markdown file.

Only the tree of YAML nodes is read, no Python objects are made of it: a date stays the string
that is printed, an unknown tag can do nothing, and every node knows its line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa.documents.faults import because, fault
from qa.types import Source

if TYPE_CHECKING:
    from yaml import Node

_BLOCK = re.compile(r"---[ \t]*\r?\n((?:.*\n)*?)---[ \t]*(?:\r?\n|\Z)")
_FIRST_LINE = 2  # of the YAML within the file: the line after the opening `---`


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the front matter says; `end` is the offset of the first character after it."""

    title: str | None = None
    date: str | None = None
    url: str | None = None
    sources: tuple[Source, ...] = ()
    end: int = 0


def parse(text: str, doc_id: str) -> FrontMatter | None:
    """The front matter of a Markdown text, None where it has none.

    A block that is not closed, or that holds prose or a list and not `key: value` lines, is no
    front matter but part of the text. Raises SourceError, naming the line, for invalid YAML
    and for a field of the wrong type.

    >>> front = parse("---\\ntitle: Robots\\ndate: 2021-08-31\\n---\\nThey danced.", "a.md")
    >>> front.title, front.date, front.end
    ('Robots', '2021-08-31', 39)
    """
    block = _BLOCK.match(text)
    if block is None:
        return None
    root = _compose(block[1], doc_id)
    if root is None:  # nothing, or only comments, between the two lines
        return FrontMatter(end=block.end())
    if not _is_mapping(root):
        return None
    fields = _fields(root)
    return FrontMatter(
        title=_string(fields, "title", doc_id),
        date=_string(fields, "date", doc_id),
        url=_string(fields, "url", doc_id),
        sources=_sources(fields.get("sources"), doc_id),
        end=block.end(),
    )


def _compose(block: str, doc_id: str) -> Node | None:
    import yaml

    try:
        return yaml.compose(block, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = None if mark is None else mark.line + _FIRST_LINE
        reason = f"the front matter is not valid YAML: {error.problem or because(error)}"
        raise fault(doc_id, reason, line) from error
    except (yaml.YAMLError, RecursionError) as error:
        reason = f"the front matter is not valid YAML: {because(error)}"
        raise fault(doc_id, reason) from error


def _is_mapping(node: Node) -> bool:
    return node.tag == "tag:yaml.org,2002:map"


def _is_null(node: Node | None) -> bool:
    return node is None or node.tag == "tag:yaml.org,2002:null"


def _fields(mapping: Node) -> dict[str, Node]:
    return {key.value: value for key, value in mapping.value if isinstance(key.value, str)}


def _line(node: Node) -> int:
    return int(node.start_mark.line) + _FIRST_LINE


def _string(fields: dict[str, Node], name: str, doc_id: str) -> str | None:
    node = fields.get(name)
    if node is None or _is_null(node):
        return None
    if not isinstance(node.value, str):
        raise fault(doc_id, f"{name!r} in the front matter must be a string or null", _line(node))
    return node.value.strip() or None


def _sources(node: Node | None, doc_id: str) -> tuple[Source, ...]:
    if node is None or _is_null(node):
        return ()
    if node.tag != "tag:yaml.org,2002:seq":
        reason = "'sources' in the front matter must be a list of sources, each with a 'title'"
        raise fault(doc_id, reason, _line(node))
    return tuple(_source(item, doc_id) for item in node.value)


def _source(node: Node, doc_id: str) -> Source:
    fields = _fields(node) if _is_mapping(node) else {}
    title = _string(fields, "title", doc_id)
    if title is None:
        reason = (
            "a source in the front matter must have a 'title' (a string), and can have"
            " 'publisher', 'date' and 'date_note'"
        )
        raise fault(doc_id, reason, _line(node))
    return Source(
        title=title,
        publisher=_string(fields, "publisher", doc_id) or "unknown",
        date=_string(fields, "date", doc_id),
        date_note=_string(fields, "date_note", doc_id),
    )
