"""What each command does: open, ask, print."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from typing import Any

from qa.errors import IndexNotFoundError, InputError
from qa.present import answer_to_dict, hit_to_dict
from qa.surfaces.cli import render
from qa.surfaces.cli.batch import answer_batch, read_batch
from qa.surfaces.cli.progress import progress_bars
from qa.types import Policy, Settings


def build(options: Namespace) -> int:
    """`qa build SOURCE --index DIR`"""
    import qa

    chosen: dict[str, Any] = {
        "encoder": options.encoder,
        "passage_tokens": options.passage_tokens,
        "overlap_sentences": options.overlap_sentences,
        "keep_chrome": options.keep_chrome,
    }
    settings = _checked(Settings, {k: v for k, v in chosen.items() if v is not None})
    with progress_bars() as progress:
        bot = qa.build(
            options.source,
            options.index,
            settings,
            skip_bad=options.skip_bad,
            light=options.light,
            progress=progress,
        )
    print(render.built(bot.index, str(options.index)))
    return 0


def ask(options: Namespace) -> int:
    """`qa ask QUESTION` or `qa ask --batch FILE`"""
    import qa

    policy = _checked(Policy, {"threshold": options.threshold})
    if options.batch is not None:
        if options.after:
            raise InputError(
                "--after and --batch do not go together",
                hint='give a line of the batch a "history": ["..."]',
            )
        lines = read_batch(options.batch)
        bot = qa.open(options.index, policy)
        for line in answer_batch(bot, lines):
            _print_json(line, indent=None)
        return 0
    answer = qa.open(options.index, policy).ask(options.question, options.after)
    if options.json:
        _print_json(answer_to_dict(answer))
    else:
        print(render.answer(answer, colour=sys.stdout.isatty()))
    return 0


def search(options: Namespace) -> int:
    """`qa search QUERY`"""
    import qa

    hits = qa.open(options.index).retrieve(options.query, passages=options.passages)
    if options.json:
        _print_json([hit_to_dict(hit) for hit in hits])
    else:
        print(render.hits(hits))
    return 0


def info(options: Namespace) -> int:
    """`qa info`"""
    from qa.chrome import chrome_lines
    from qa.index import check_index, load_index

    index = load_index(options.index)
    described = render.index_to_dict(index)
    if options.check:
        described["checked_bytes"] = check_index(options.index)
    if options.chrome:
        kept = index.settings.keep_chrome
        described["chrome"] = {} if kept else chrome_lines(index.documents.values())
    if options.json:
        _print_json(described)
    else:
        print(render.index(described))
    return 0


def chat(options: Namespace) -> int:
    """`qa chat`"""
    import qa
    from qa.surfaces.web import Options, serve

    given = {name: value for name, value in vars(options).items() if name not in ("run", "index")}
    chosen = Options.of(**given)
    try:
        bundled = qa.open(options.index or "index")
    except IndexNotFoundError:
        if options.index is not None:
            raise
        bundled = None  # people bring their own articles
    serve(bundled, chosen)
    return 0


def _checked(kind: Any, values: dict[str, Any]) -> Any:
    """Build settings or a policy; a value out of range is bad input, not a traceback."""
    try:
        return kind(**values)
    except ValueError as error:
        raise InputError(str(error), hint="see the command's --help") from error


def _print_json(value: Any, indent: int | None = 1) -> None:
    """Print `value` as JSON in UTF-8, which alone would let some control characters through."""
    print(
        json.dumps(value, ensure_ascii=False, indent=indent).translate(render.ESCAPES), flush=True
    )
