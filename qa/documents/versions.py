"""Which extractors read the articles: an index notes them, since their texts can differ."""

from __future__ import annotations

from importlib.metadata import version

_OURS = "1"  # to be raised when one of these readers gives another text for the same bytes
_LIBRARIES = {
    "docx": "python-docx",
    "html": "trafilatura",
    "markdown": "PyYAML",
    "pdf": "pypdf",
}


def extractor_versions() -> dict[str, str]:
    """The name and version of what reads each format. Imports none of them.

    >>> extractor_versions()["text"]
    '1'
    """
    versions = {kind: f"{name} {version(name)}" for kind, name in _LIBRARIES.items()}
    return versions | {"jsonl": _OURS, "text": _OURS}
