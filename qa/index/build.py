"""From documents to an index, encoding only text that has no vector yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from qa.chrome import chrome_lines, content_range, title_of
from qa.dense import Vectors
from qa.errors import IndexMismatchError, Problem, SourceError
from qa.index.contents import Index
from qa.lexical import Lexical
from qa.passages import cut
from qa.protocols import Encoder, Progress
from qa.text import ANALYSER, sha256, terms
from qa.types import Document, Passage, Settings


def build_index(
    documents: Sequence[Document],
    encoder: Encoder,
    settings: Settings,
    *,
    previous: Index | None = None,
    progress: Progress | None = None,
) -> Index:
    """Cut `documents` into passages and index them, reusing the vectors of `previous`.

    A vector is reused where the same encoder encoded the same text, so the result is the one a
    full build gives. `progress(stage, done, total)` reports "cutting" and "encoding". Raises
    SourceError for two documents of one id, IndexMismatchError for an unknown analyser.
    """
    if settings.analyser != ANALYSER:
        raise IndexMismatchError(
            f"unknown analyser {settings.analyser!r}", hint=f"the only one is {ANALYSER!r}"
        )
    ordered = sorted(documents, key=lambda document: document.id)
    _check_ids(ordered)
    chrome = {} if settings.keep_chrome else chrome_lines(ordered)
    ordered = [replace(document, title=title_of(document, chrome)) for document in ordered]
    passages = _cut_all(ordered, chrome, encoder, settings, progress)
    texts = [passage.indexed_text for passage in passages]
    return Index(
        documents={document.id: document for document in ordered},
        passages=passages,
        lexical=Lexical.build([terms(text) for text in texts]),
        vectors=_vectors(texts, encoder, previous, progress),
        settings=replace(settings, encoder=encoder.name),
        encoder_name=encoder.name,
        encoder_sha256=encoder.sha256,
    )


def _check_ids(ordered: Sequence[Document]) -> None:
    twice = {a.id for a, b in pairwise(ordered) if a.id == b.id}
    if twice:
        problems = [Problem(doc_id, "two documents have this id") for doc_id in sorted(twice)]
        raise SourceError(problems, hint="give every document an id of its own")


def _cut_all(
    documents: Sequence[Document],
    chrome: Mapping[str, int],
    encoder: Encoder,
    settings: Settings,
    progress: Progress | None,
) -> list[Passage]:
    passages: list[Passage] = []
    for done, document in enumerate(documents, start=1):
        content = content_range(document, chrome)
        passages += cut(document, content, encoder.token_starts, settings, encoder.max_tokens)
        if progress is not None:
            progress("cutting", done, len(documents))
    return passages


def _vectors(
    texts: Sequence[str], encoder: Encoder, previous: Index | None, progress: Progress | None
) -> Vectors:
    digests = [sha256(text) for text in texts]
    known: dict[str, Vectors] = {}
    if previous is not None and previous.encoder_sha256 == encoder.sha256:
        for passage, vector in zip(previous.passages, previous.vectors, strict=True):
            known[sha256(passage.indexed_text)] = vector
    new = {d: text for d, text in zip(digests, texts, strict=True) if d not in known}
    if new:
        encoded = encoder.encode_passages(list(new.values()), progress)
        known.update(zip(new, encoded, strict=True))
    if not texts:
        return np.zeros((0, 1), np.float32)
    return np.ascontiguousarray([known[digest] for digest in digests], dtype=np.float32)
