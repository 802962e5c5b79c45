"""`qa eval from-feedback`: known questions from what people thought of answers."""

from __future__ import annotations

import argparse
import json
import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from qa.errors import QuestionError
from qa.surfaces.cli.render import printable

if TYPE_CHECKING:
    from qa.evaluation.from_feedback import LeftOut


def add_from_feedback(command: argparse.ArgumentParser) -> None:
    """Give `qa eval from-feedback` its options."""
    command.set_defaults(run=from_feedback)
    command.add_argument(
        "file", type=Path, metavar="DB", help="feedback.sqlite of the web chat's data folder"
    )
    command.add_argument(
        "--index",
        type=Path,
        metavar="DIR",
        help="the index of the articles that were asked (./index)",
    )
    command.add_argument(
        "--collection", metavar="ID", help="the collection, where there is feedback on several"
    )
    command.add_argument(
        "--out", type=Path, required=True, metavar="FILE", help="write the questions there"
    )


def from_feedback(options: Namespace) -> int:
    """`qa eval from-feedback DB --index DIR --out FILE`"""
    from qa.evaluation.feedback_entries import read_entries
    from qa.evaluation.from_feedback import from_feedback as made_of
    from qa.evaluation.writing import check_place, write_text
    from qa.index import load_index

    check_place(options.out)
    documents = load_index(options.index or Path("index")).documents
    made = made_of(read_entries(options.file), documents, collection_id=options.collection)
    _tell("on articles that have changed since", made.changed)
    _tell("on which people do not agree", made.contradicting)
    _tell("that make no known question", made.unusable)
    print(
        f"entries: {made.entries}; questions: {len(made.questions)}; merged: {made.merged}; "
        f"only called wrong: {made.unsaid}",
        file=sys.stderr,
    )
    if not made.questions:
        raise QuestionError(
            f"{options.file}: no entry makes a known question",
            hint="in the web chat, call answers right, or point at the right words",
        )
    lines = (json.dumps(question.to_dict(), ensure_ascii=False) for question in made.questions)
    write_text(options.out, "".join(line + "\n" for line in lines))
    return 0


def _tell(what: str, left_out: Sequence[LeftOut]) -> None:
    if left_out:
        print(f"left out, {what}: {len(left_out)}", file=sys.stderr)
    for one in left_out:
        print(f"  {printable(one.question)}  {printable(one.reason)}", file=sys.stderr)
