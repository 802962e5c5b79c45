"""Commands and options. `--help` of each is its reference."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import NoReturn

from qa import __version__
from qa.surfaces.cli import commands
from qa.surfaces.cli.eval_parser import add_eval
from qa.surfaces.cli.mcp import add_mcp
from qa.surfaces.cli.proof_parser import add_proof
from qa.surfaces.cli.serving import add_serve


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(2, f"qa: {message}\nhint: {self.prog} --help\n")


def make_parser() -> argparse.ArgumentParser:
    """The parser of `qa`; each command sets `run` to the function that carries it out."""
    parser = _Parser(prog="qa", description="Answers in your articles' own words.")
    parser.add_argument("--version", action="version", version=f"footnote-qa {__version__}")
    add = parser.add_subparsers(title="commands", required=True, metavar="COMMAND").add_parser
    _build(add("build", help="index a folder or file of articles"))
    _ask(add("ask", help="ask one question, or a file of questions"))
    _search(add("search", help="show the passages nearest to a query"))
    _info(add("info", help="say what an index holds, and check it"))
    _chat(add("chat", help="start the web chat"))
    add_serve(add("serve", help="answer over HTTP"))
    add_mcp(add("mcp", help="answer agents, over the Model Context Protocol"))
    add_proof(add)
    add_eval(add("eval", help="ask known questions and score the answers"))
    return parser


def _build(command: argparse.ArgumentParser) -> None:
    _index(command)
    command.set_defaults(run=commands.build)
    command.add_argument(
        "source", type=Path, metavar="SOURCE", help="txt, md, html, pdf, docx, jsonl"
    )
    command.add_argument(
        "--skip-bad", action="store_true", help="leave out files that cannot be read"
    )
    command.add_argument(
        "--light", action="store_true", help="export the encoder: asking then needs no torch"
    )
    command.add_argument("--keep-chrome", action="store_true", help="index lines that pages repeat")
    command.add_argument("--encoder", metavar="NAME", help="a model's folder, or its cached name")
    command.add_argument(
        "--passage-tokens", type=int, metavar="N", help="budget of a passage (120)"
    )
    command.add_argument(
        "--overlap-sentences", type=int, metavar="N", help="sentences neighbours share (1)"
    )


def _ask(command: argparse.ArgumentParser) -> None:
    _index(command)
    command.set_defaults(run=commands.ask)
    what = command.add_mutually_exclusive_group(required=True)
    what.add_argument("question", nargs="?", metavar="QUESTION", help="what to ask")
    what.add_argument(
        "--batch",
        type=Path,
        metavar="FILE",
        help='JSON lines with "id", "question" and maybe "history"; prints one JSON answer a line',
    )
    command.add_argument(
        "--after",
        action="append",
        default=[],
        metavar="QUESTION",
        help="what was asked before QUESTION, which may refer back to it; oldest first",
    )
    command.add_argument("--json", action="store_true", help="print the answer as JSON")
    command.add_argument(
        "--threshold", type=float, metavar="P", help="answer from this confidence on (0 to 1)"
    )


def _search(command: argparse.ArgumentParser) -> None:
    _index(command)
    command.set_defaults(run=commands.search)
    command.add_argument("query", metavar="QUERY", help="what to look for")
    command.add_argument("--passages", type=int, default=10, metavar="N", help="how many (10)")
    command.add_argument("--json", action="store_true", help="print the passages as JSON")


def _info(command: argparse.ArgumentParser) -> None:
    _index(command)
    command.set_defaults(run=commands.info)
    command.add_argument("--check", action="store_true", help="check the SHA-256 of every file")
    command.add_argument("--chrome", action="store_true", help="list the lines left out as chrome")
    command.add_argument("--json", action="store_true", help="print it as JSON")


def _chat(command: argparse.ArgumentParser) -> None:
    command.set_defaults(run=commands.chat)
    command.add_argument(
        "--index", type=Path, metavar="DIR", help="an index to ask beside one's own (./index)"
    )
    command.add_argument("--host", help="the address to listen on (127.0.0.1)")
    command.add_argument("--port", type=int, help="the port to listen on (7860)")
    command.add_argument(
        "--data", type=Path, metavar="DIR", help="one's own articles (the user's data folder)"
    )
    command.add_argument(
        "--auth-file", type=Path, metavar="FILE", help="let in only users it names (name:password)"
    )
    command.add_argument("--root-path", metavar="PATH", help="where a proxy shows the page")
    command.add_argument(
        "--max-file-size", metavar="SIZE", help="the largest file that can be added (20M)"
    )


def _index(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--index", type=Path, default=Path("index"), metavar="DIR", help="the index (./index)"
    )
