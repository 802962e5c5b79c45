"""The bot that `qa eval` asks, and what a report records of it."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa.errors import InputError
from qa.surfaces.cli import render
from qa.surfaces.cli.cache import index_folder
from qa.surfaces.cli.progress import progress_bars
from qa.types import Document, Settings

if TYPE_CHECKING:
    from qa.answerer import Bot


def bot_of(options: Namespace) -> Bot:
    """The bot of `--index`, or of `--corpus`, which is built first where it changed."""
    import qa

    if options.corpus is None:
        return qa.open(options.index or Path("index"))
    if options.index is not None:
        raise InputError(
            "--index and --corpus do not go together",
            hint="--corpus keeps its index in a cache folder; leave --index out",
        )
    return built(options.corpus, [options.corpus])


def built(
    source: Path | Sequence[Document],
    places: Sequence[Path],
    index: Path | None = None,
    **chosen: Any,
) -> Bot:
    """The bot of these articles. Its index is kept in the folder `index`; where there is none, in
    a cache folder, by the `places` that they come from."""
    import qa

    folder = index or index_folder(places)
    with progress_bars() as progress:
        return qa.build(source, folder, Settings(**chosen), progress=progress)


def details(bot: Bot) -> dict[str, object]:
    """The policy and the index, for the "run" of a report."""
    return {"policy": asdict(bot.policy), "index": render.index_to_dict(bot.index)}
