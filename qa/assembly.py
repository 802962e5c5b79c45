"""Put a bot together: from articles (`build`) or from an index that is there (`open_index`)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

from qa.answerer import Bot
from qa.documents import extractor_versions, gather
from qa.encoder import SentenceEncoder
from qa.errors import IndexMismatchError, InputError, Problem, SourceError
from qa.index import Index, build_index, load_index, load_previous, save_index
from qa.protocols import Encoder, Progress, Reader
from qa.reader import reader_named
from qa.text import has_half_character
from qa.types import Document, Policy, Settings


def build(
    source: str | Path | Sequence[Document],
    index: str | Path | None = None,
    settings: Settings | None = None,
    *,
    policy: Policy | None = None,
    encoder: Encoder | None = None,
    reader: Reader | None = None,
    skip_bad: bool = False,
    progress: Progress | None = None,
) -> Bot:
    """Index articles, and return a bot that answers from them.

    `source` is a folder, a file, or documents in memory. `index` is the folder to write to; None
    keeps the index in memory. Building again into the same folder encodes only what changed.
    `skip_bad` leaves out files that cannot be read (`bot.index.skipped` lists them).
    `progress(stage, done, total)` is told of "reading", "cutting" and "encoding".

    Raises SourceError with every file or line that cannot be read, InputError where there is no
    `source` or no place for `index`, EncoderError where the encoder's files are missing or not
    the expected ones.
    """
    settings = settings or Settings()
    encoder = encoder or SentenceEncoder(settings.encoder)
    skipped: list[str] = []
    extractors: dict[str, str] = {}
    if isinstance(source, str | Path):
        if index is not None:
            _check_apart(Path(source), Path(index))
        gathered = gather(Path(source), skip_bad=skip_bad, progress=progress)
        documents: Sequence[Document] = gathered.documents
        skipped = [str(problem) for problem in (*gathered.skipped, *gathered.bad)]
        extractors = extractor_versions()
    else:
        documents = list(source)
        _check_text(documents)
    folder = None if index is None else _made(Path(index))
    previous = None if folder is None else load_previous(folder)
    built = build_index(documents, encoder, settings, previous=previous, progress=progress)
    built = replace(built, extractors=extractors, skipped=skipped)
    if folder is not None:
        built = save_index(built, folder)
    return _bot(built, encoder, reader, policy)


def open_index(
    index: str | Path,
    policy: Policy | None = None,
    *,
    settings: Settings | None = None,
    encoder: Encoder | None = None,
    reader: Reader | None = None,
) -> Bot:
    """Open the index in a folder, and return a bot that answers from it.

    Raises IndexNotFoundError where there is none, IndexMismatchError where it was built with
    another format, analyser or encoder, or with settings other than `settings` (None takes the
    index's own), IndexDamagedError where its files were altered.
    """
    loaded = load_index(Path(index))
    if settings is not None and settings != loaded.settings:
        raise IndexMismatchError(
            f"{index} was built with {loaded.settings}, not with {settings}",
            hint=f"open it without settings, or build it again: qa build SOURCE --index {index}",
        )
    encoder = encoder or SentenceEncoder(loaded.encoder_name)
    if encoder.sha256 != loaded.encoder_sha256:
        raise IndexMismatchError(
            f"{index} was built with the encoder {loaded.encoder_name} of SHA-256 "
            f"{loaded.encoder_sha256}; {encoder.name} at hand has {encoder.sha256}",
            hint=f"build it again: qa build SOURCE --index {index}",
        )
    return _bot(loaded, encoder, reader, policy)


def _check_apart(source: Path, index: Path) -> None:
    """Refuse an index that the next build would read as articles; hidden folders are not read."""
    source, index = source.resolve(), index.resolve()
    if index.is_relative_to(source):
        below = index.relative_to(source).parts
        if not any(part.startswith(".") for part in below):
            raise InputError(
                f"the index {index} lies among the articles in {source}",
                hint="name a folder elsewhere, or a hidden one, for example: --index .index",
            )


def _check_text(documents: Sequence[Document]) -> None:
    problems = []
    for document in documents:
        if has_half_character(json.dumps(asdict(document), ensure_ascii=False)):
            reason = "holds half a character (a lone surrogate)"
            problems.append(Problem(ascii(document.id), reason))
    if problems:
        raise SourceError(problems, hint="check how the text was decoded")


def _made(folder: Path) -> Path:
    """The folder, there before the long work starts."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            f"{folder} cannot hold an index: {error.strerror}", hint="name another folder"
        ) from error
    return folder


def _bot(index: Index, encoder: Encoder, reader: Reader | None, policy: Policy | None) -> Bot:
    policy = policy or Policy()
    return Bot(index, encoder, reader or reader_named(policy.reader), policy)
