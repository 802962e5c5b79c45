"""`qa serve`: its options, each with an environment variable, and what it does."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa.errors import InputError

if TYPE_CHECKING:
    from qa.surfaces.http.options import Options

KEYS, KEYS_FILE = "QA_KEYS", "QA_KEYS_FILE"
_PREFIX = "QA_"
_TRUE, _FALSE = {"1", "true", "yes", "on"}, {"", "0", "false", "no", "off"}


def add_serve(command: ArgumentParser) -> None:
    """Give `command` the options of `qa serve`."""
    command.set_defaults(run=serve)
    command.epilog = (
        f"Each option has an environment variable: {_PREFIX}PORT is --port, {_PREFIX}MAX_BODY is "
        f"--max-body, {KEYS_FILE} is --keys. {KEYS} holds keys themselves, with spaces between."
    )

    def add(flag: str, usual: Any, told: str, **named: Any) -> None:
        found = os.environ.get(_variable(flag))
        shown = "" if usual is None else f" ({usual})"
        command.add_argument(flag, default=found or usual, help=f"{told}{shown}", **named)

    add("--index", Path("index"), "the index", type=Path, metavar="DIR")
    add("--host", "127.0.0.1", "the address to listen on")
    add("--port", 8000, "the port to listen on", type=int)
    add("--keys", None, "a file of API keys, one a line; without, all may ask", metavar="FILE")
    command.add_argument(
        "--allow-origin",
        action="append",
        metavar="ORIGIN",
        help="a web site whose pages may ask, such as https://example.org; may be repeated",
    )
    command.add_argument(
        "--allow-host",
        action="append",
        metavar="NAME",
        help="a name it answers to besides localhost, such as answers.example; may be repeated",
    )
    add("--max-body", 2**20, "the largest request, in bytes", type=int, metavar="N")
    add("--max-batch", 32, "the most questions of a batch", type=int, metavar="N")
    add("--concurrency", 4, "how many requests are answered at once", type=int, metavar="N")
    add("--waiting", 16, "how many more may wait; others get 429", type=int, metavar="N")
    add("--grace", 30, "seconds that requests have to end on shutdown", type=int, metavar="S")
    add("--watch", 0.0, "look for a newer index every S seconds", type=float, metavar="S")
    add("--root-path", "", "the path below which a proxy serves this", metavar="PATH")
    command.add_argument(
        "--with-chat", action="store_true", help="serve the web chat too, at /chat"
    )
    command.add_argument("--log-questions", action="store_true", help="write questions to the log")


def serve(options: Namespace) -> int:
    """`qa serve`"""
    import qa
    from qa.surfaces.http.server import serve as serve_bot

    chosen = chosen_by(options)
    serve_bot(
        qa.open(options.index),
        chosen,
        host=options.host,
        port=options.port,
        grace_seconds=options.grace,
    )
    return 0


def chosen_by(options: Namespace) -> Options:
    """What an operator chose, on the command line or in the environment."""
    from qa.surfaces.http.keys import keys_in, read_keys
    from qa.surfaces.http.options import Options

    # What a list on the command line leaves out must not come in from the environment. Both
    # variables of keys may be set, and then both count.
    keys = keys_in(os.environ.get(KEYS, ""), KEYS)
    if options.keys:
        keys += read_keys(Path(options.keys))
    return Options(
        keys=keys,
        origins=tuple(options.allow_origin or _several("--allow-origin")),
        hosts=tuple(options.allow_host or _several("--allow-host")),
        body_bytes=options.max_body,
        batch=options.max_batch,
        places=options.concurrency,
        line=options.waiting,
        log_questions=options.log_questions or _switched("--log-questions"),
        root_path=options.root_path,
        watch_seconds=options.watch,
        with_chat=options.with_chat or _switched("--with-chat"),
    )


def _variable(flag: str) -> str:
    if flag == "--keys":  # the keys' own variable should not be mistaken for it
        return KEYS_FILE
    return _PREFIX + flag.removeprefix("--").upper().replace("-", "_")


def _several(flag: str) -> list[str]:
    return os.environ.get(_variable(flag), "").split()


def _switched(flag: str) -> bool:
    name = _variable(flag)
    value = os.environ.get(name, "").strip().lower()
    if value not in _TRUE | _FALSE:
        raise InputError(f"{name} must be 1 or 0, not {value[:40]!r}", hint="or leave it out")
    return value in _TRUE
