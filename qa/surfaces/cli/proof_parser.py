"""The options of `qa verify`, `qa quote` and `qa certificate`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from qa.surfaces.cli import proving


def add_proof(add: Callable[..., argparse.ArgumentParser]) -> None:
    """Give `qa` its commands about proof."""
    _verify(add("verify", help="check the citations of an answer that was kept"))
    _quote(add("quote", help="say whether a passage stands in the articles, and where"))
    _certificate(add("certificate", help="write a page that proves an answer"))


def _verify(command: argparse.ArgumentParser) -> None:
    _answer(command)
    command.set_defaults(run=proving.verify)
    command.add_argument("--json", action="store_true", help="print the findings as JSON")


def _quote(command: argparse.ArgumentParser) -> None:
    command.set_defaults(run=proving.quote)
    command.add_argument("text", metavar="TEXT", help="the passage; - reads it")
    command.add_argument(
        "--index", type=Path, default=Path("index"), metavar="DIR", help="the index (./index)"
    )
    command.add_argument("--document", metavar="ID", help="look only in this document")
    command.add_argument("--json", action="store_true", help="print what was found as JSON")


def _certificate(command: argparse.ArgumentParser) -> None:
    _answer(command)
    command.set_defaults(run=proving.certificate)
    command.add_argument(
        "-o", "--output", type=Path, required=True, metavar="FILE", help="write the page there"
    )


def _answer(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "answer",
        type=Path,
        metavar="ANSWER",
        help="what qa ask --json or --batch printed; - reads it",
    )
    where = command.add_mutually_exclusive_group()
    where.add_argument(
        "--index", type=Path, metavar="DIR", help="the articles as they were indexed (./index)"
    )
    where.add_argument(
        "--source", type=Path, metavar="DIR", help="the articles' files as they are now"
    )
