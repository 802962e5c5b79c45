"""What an index holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from qa.dense import Vectors
from qa.lexical import Lexical
from qa.types import Document, Passage, Settings


@dataclass(frozen=True, slots=True)
class Index:
    """Documents, their passages, and what each retriever knows of them.

    Passage `n` is row `n` of `vectors` (float32, (passages, dimension)) and of the lexical
    matrix. Passages are ordered by document id, then by offset. `extractors` names what read the
    files, with versions; `skipped` says which files were left out and why.
    """

    documents: Mapping[str, Document]
    passages: Sequence[Passage]
    lexical: Lexical
    vectors: Vectors
    settings: Settings
    encoder_name: str
    encoder_sha256: str
    extractors: Mapping[str, str] = field(default_factory=dict)
    skipped: Sequence[str] = ()
    build_id: str | None = None
