"""Put a bot together: from articles (`build`) or from an index that is there (`open_index`)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from pathlib import Path

from qa.answerer import Bot
from qa.documents import Article, documents_of, extractor_versions, gather
from qa.encoder import SentenceEncoder
from qa.errors import IndexMismatchError, InputError, Problem, SourceError
from qa.index import Index, build_index, load_index, load_previous, save_index
from qa.index_folder import IndexFolder, check_encoder
from qa.protocols import Encoder, Progress, Reader
from qa.reader import reader_named
from qa.text import has_half_character
from qa.types import Document, Policy, Settings


def build(
    source: str | Path | Iterable[Article],
    index: str | Path | None = None,
    settings: Settings | None = None,
    *,
    policy: Policy | None = None,
    encoder: Encoder | None = None,
    reader: Reader | None = None,
    skip_bad: bool = False,
    light: bool = False,
    progress: Progress | None = None,
) -> Bot:
    """Index articles, and return a bot that answers from them.

    `source` is a folder, a file, or articles in a list: texts, mappings with "text" and where known
    "id", "title", "date", "url", or documents. `index` is the folder to write to; None keeps the
    index in memory. Building again into the same folder encodes only what changed. `skip_bad`
    leaves out files that cannot be read (`bot.index.skipped` lists them). `light` also exports the
    encoder to the index, so that asking needs no torch. `progress(stage, done, total)` is told of
    "reading", "cutting" and "encoding".

    >>> import qa
    >>> bot = qa.build(["The 2019 expo signed 530 projects.", "Robots danced on its stage."])
    >>> bot.ask("How many projects were signed at the 2019 expo?").text
    '530'

    Raises SourceError with every file, line or article that cannot be read, InputError where there
    is no `source` or no place for `index`, EncoderError where the encoder's files are missing or
    not the expected ones, or where it cannot be exported.
    """
    settings = settings or Settings()
    given, encoder = encoder, encoder or SentenceEncoder(settings.encoder)
    if light and index is None:
        raise InputError("an index in memory has no place for an encoder", hint="name an index")
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
        documents = documents_of(source)
        _check_text(documents)
    folder = None if index is None else IndexFolder(_made(Path(index)), given)
    if folder is not None and light:
        folder.export(encoder)  # before the long work, for it may be refused
    previous = None if folder is None else load_previous(folder.path)
    built = build_index(documents, encoder, settings, previous=previous, progress=progress)
    built = replace(built, extractors=extractors, skipped=skipped)
    if folder is not None:
        built = save_index(built, folder.path)
        encoder = folder.encoder_of(built, encoder)
    return _bot(built, encoder, reader, policy, folder)


def open_index(
    index: str | Path,
    policy: Policy | None = None,
    *,
    settings: Settings | None = None,
    encoder: Encoder | None = None,
    reader: Reader | None = None,
) -> Bot:
    """Open the index in a folder, and return a bot that answers from it.

    Questions are encoded by the encoder that `qa build --light` exported, where there is one, and
    otherwise with torch; or by `encoder`.

    >>> import tempfile
    >>> import qa
    >>> folder = tempfile.mkdtemp()
    >>> built = qa.build(["The 2019 expo signed 530 projects."], folder)
    >>> qa.open(folder).ask("How many projects were signed at the 2019 expo?").text
    '530'

    Raises IndexNotFoundError where there is none, IndexMismatchError where it was built with
    another format, analyser or encoder, or with settings other than `settings` (None takes the
    index's own), IndexDamagedError where its files were altered.
    """
    folder = IndexFolder(Path(index), encoder)
    loaded, encoder = folder.open()
    if settings is not None and settings != loaded.settings:
        raise IndexMismatchError(
            f"{index} was built with {loaded.settings}, not with {settings}",
            hint=f"open it without settings, or build it again: qa build SOURCE --index {index}",
        )
    return _bot(loaded, encoder, reader, policy, folder)


def export_encoder(index: str | Path) -> None:
    """Export the encoder of the index in a folder, so that asking it needs no torch.

    What `build(..., light=True)` does, for an index that is there. Raises as `open_index` does, and
    EncoderError where the encoder cannot be exported.
    """
    loaded = load_index(Path(index))
    encoder = SentenceEncoder(loaded.encoder_name)
    check_encoder(loaded, encoder, Path(index))
    IndexFolder(Path(index)).export(encoder)


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


def _bot(
    index: Index,
    encoder: Encoder,
    reader: Reader | None,
    policy: Policy | None,
    folder: IndexFolder | None,
) -> Bot:
    policy = policy or Policy()
    return Bot(index, encoder, reader or reader_named(policy.reader), policy, folder)
