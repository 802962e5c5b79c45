"""The options of `qa eval` and of the commands below it."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any, get_args

from qa.surfaces.cli import authoring, comparing, evaluating
from qa.surfaces.cli.from_feedback import add_from_feedback
from qa.types import Fusion


class _Commands(argparse._SubParsersAction):  # type: ignore[type-arg]
    """Commands below one that has options of its own. Those are not theirs: said before the name
    of a command they are refused, where argparse would forget them."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: Any,
        option_string: str | None = None,
    ) -> None:
        for name, value in vars(namespace).items():
            if value != parser.get_default(name):
                option = f"--{name.replace('_', '-')}"
                parser.error(f"options of {values[0]!r} go behind its name: {option} stands before")
        super().__call__(parser, namespace, values, option_string)


def add_eval(command: argparse.ArgumentParser) -> None:
    """Give `qa eval` its options, and the commands below it theirs."""
    command.set_defaults(run=evaluating.evaluate)
    _where(command)
    _asked(command)
    _sets(command)
    _outputs(command)
    add = command.add_subparsers(
        action=_Commands,
        title="commands",
        metavar="COMMAND",
        help="do something else; each has --help",
    ).add_parser
    _compare(add("compare", help="two reports side by side"))
    _sweep(
        add(
            "sweep",
            help="try a grid of policies",
            description="Try every combination of the values that are named; what is not stays as "
            "usual. With none named: all fusions, weights 0.1, 0.3 and 0.5, 5 and 10 passages.",
        )
    )
    _lint(add("lint", help="name the lines of a question file that cannot be used"))
    _stamp(add("stamp", help="tie gold answers to where they stand"))
    _suggest(add("suggest", help="draft questions: sentences with a blank"))
    _new(add("new", help="make questions while reading passages"))
    add_from_feedback(add("from-feedback", help="make questions of what people called right"))


def _sets(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--squad", type=Path, metavar="FILE", help="questions of a SQuAD file, in place of those"
    )
    command.add_argument(
        "--mode",
        choices=("reader", "open", "retrieval"),
        help="SQuAD: ask each of its own paragraph (reader) or of all (open), or only rank them",
    )
    command.add_argument(
        "--extra-paragraphs",
        type=Path,
        nargs="+",
        metavar="FILE",
        help="SQuAD files whose paragraphs join the others (not with --mode reader)",
    )
    command.add_argument(
        "--beir", type=Path, metavar="DIR", help="queries of a BEIR folder: retrieval only"
    )
    command.add_argument(
        "--sample", type=_count, metavar="N", help="only N questions, the same everywhere"
    )


def _outputs(command: argparse.ArgumentParser) -> None:
    files = {
        "--thresholds": "exit with 1 under these minimum scores",
        "--baseline": "compare with this earlier --json, exit with 1 if it got worse",
        "--json": "write the results there",
        "--junit": "write each question as a test case there",
        "--html": "write a page to look at there",
        "--save-baseline": "write what a later --baseline needs there, and no more",
    }
    for name, said in files.items():
        command.add_argument(name, type=Path, metavar="FILE", help=said)


def _where(command: argparse.ArgumentParser) -> None:
    _index(command)
    command.add_argument(
        "--corpus",
        type=Path,
        metavar="DIR",
        help="build an index of these articles first, kept in a cache folder",
    )


def _index(command: argparse.ArgumentParser) -> None:
    command.add_argument("--index", type=Path, metavar="DIR", help="the index (./index)")


def _asked(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--questions", type=Path, metavar="FILE", help="known questions, as JSON lines"
    )
    _split(command, "only the questions of this split")


def _split(command: argparse.ArgumentParser, said: str) -> None:
    command.add_argument("--split", metavar="NAME", help=said)


def _json(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", type=Path, metavar="FILE", help="write the results there")


def _compare(command: argparse.ArgumentParser) -> None:
    command.set_defaults(run=comparing.compare)
    command.add_argument("before", type=Path, metavar="BEFORE", help="a report, by --json")
    command.add_argument("after", type=Path, metavar="AFTER", help="a later report")
    _json(command)


def _sweep(command: argparse.ArgumentParser) -> None:
    command.set_defaults(run=comparing.sweep)
    _where(command)
    _asked(command)
    _json(command)
    command.add_argument(
        "--fusions", nargs="+", choices=get_args(Fusion), metavar="NAME", help="ways to fuse"
    )
    command.add_argument(
        "--lexical", type=float, nargs="+", metavar="W", help="weights of lexical retrieval"
    )
    command.add_argument("--passages", type=int, nargs="+", metavar="N", help="how many are read")
    command.add_argument(
        "--answer-from",
        type=float,
        nargs="+",
        dest="cutoffs",
        metavar="P",
        help="thresholds of confidence",
    )


def _lint(command: argparse.ArgumentParser) -> None:
    command.set_defaults(run=authoring.lint)
    _file(command)


def _stamp(command: argparse.ArgumentParser) -> None:
    command.set_defaults(run=authoring.stamp)
    _file(command)
    _index(command)
    command.add_argument("--out", type=Path, metavar="FILE", help="write there, not to the screen")


def _suggest(command: argparse.ArgumentParser) -> None:
    command.set_defaults(run=authoring.suggest)
    _index(command)
    command.add_argument("--count", type=int, default=20, metavar="N", help="how many (20)")
    command.add_argument("--out", type=Path, metavar="FILE", help="write there, not to the screen")


def _new(command: argparse.ArgumentParser) -> None:
    command.set_defaults(run=authoring.new)
    _index(command)
    _split(command, "the split of the new questions (test)")
    command.add_argument(
        "--out", type=Path, required=True, metavar="FILE", help="add the questions to this file"
    )
    command.add_argument("--seed", type=int, default=0, metavar="N", help="of the order (0)")


def _file(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", type=Path, metavar="QUESTIONS", help="a question file")


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{number} questions cannot be asked")
    return number
