"""`qa eval lint`, `stamp`, `suggest` and `new`: making question files and keeping them good."""

from __future__ import annotations

import json
import sys
import textwrap
from argparse import Namespace
from collections.abc import Iterable
from pathlib import Path

from qa.errors import InputError, Problem
from qa.surfaces.cli.render import ESCAPES, printable

_WIDTH = 88


def lint(options: Namespace) -> int:
    """`qa eval lint QUESTIONS`: 0 where every line can be used, else 2"""
    from qa.evaluation.questions import lint as problems_of
    from qa.evaluation.questions import load_questions

    problems = problems_of(options.file)
    if not problems:
        questions = load_questions(options.file)
        drawn = sum(question.answerable for question in questions)
        tied = sum(bool(question.gold) for question in questions)
        print(f"{options.file}: {len(questions)} questions, {drawn} with an answer, {tied} tied")
        return 0
    for problem in problems:
        print(f"qa: {printable(str(problem))}", file=sys.stderr)
    print("hint: eval/README.md describes the keys of a question", file=sys.stderr)
    return 2


def stamp(options: Namespace) -> int:
    """`qa eval stamp QUESTIONS --index DIR`"""
    from qa.evaluation.gold import stamp as tie
    from qa.evaluation.gold import stamped_lines
    from qa.evaluation.questions import load_questions
    from qa.index import load_index

    _check_out(options.out)
    stamped = tie(load_questions(options.file), load_index(_index(options)).documents)
    _put(options.out, stamped_lines(options.file, stamped.questions))
    for question_id, doc_id in stamped.missing:
        said = f"question {question_id}: no place in {doc_id} holds an answer; not tied"
        print(f"qa: {printable(said)}", file=sys.stderr)
    return 0


def suggest(options: Namespace) -> int:
    """`qa eval suggest --index DIR`"""
    from qa.evaluation.suggest import suggest as drafts_of
    from qa.index import load_index

    _check_out(options.out)
    if options.out is not None and options.out.exists():
        raise InputError(f"{options.out}: is there already", hint="name a new file for the drafts")
    if options.count < 1:
        raise InputError(f"{options.count} drafts cannot be made", hint="--count 1 or more")
    index = load_index(_index(options))
    drafts = drafts_of(index, options.count)
    records = (draft.to_dict(index.documents[draft.doc_id]) for draft in drafts)
    _put(options.out, (json.dumps(record, ensure_ascii=False) for record in records))
    print(
        f"{len(drafts)} drafts. No evaluation takes them as they are: reword each question, check "
        'its answers, and remove the key "draft" to accept it.',
        file=sys.stderr,
    )
    return 0


def new(options: Namespace) -> int:
    """`qa eval new --index DIR --out FILE`"""
    from qa.evaluation.dialogue import dialogue
    from qa.evaluation.writing import check_place
    from qa.index import load_index

    check_place(options.out)
    taken = _ids(options.out)
    index = load_index(_index(options))
    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(errors="replace")
    print("Ctrl-D ends; every question is kept as soon as it is made.")
    made = 0
    for question in dialogue(
        index.passages,
        index.documents,
        input,
        _say,
        taken=taken,
        seed=options.seed,
        split=options.split or "test",
    ):
        with options.out.open("a", encoding="utf-8", newline="\n") as file:
            file.write(json.dumps(question.to_dict(), ensure_ascii=False) + "\n")
        made += 1
        print(f"kept as {question.id}")
    print(f"\n{options.out}: {made} questions more")
    return 0


def _ids(path: Path) -> set[str]:
    """The ids in a file that is to be added to, drafts' too; it must end with its last line."""
    from qa.evaluation.files import as_object, numbered_lines, parse_json, read_text

    if path.suffix == ".gz":
        raise InputError(f"{path}: cannot be added to", hint="name a file that is not packed")
    if not path.exists():
        return set()
    ids = set()
    for number, line in numbered_lines(path):
        try:
            ids.add(str(as_object(parse_json(line)).get("id")))
        except ValueError as error:
            problem = Problem(str(path), str(error), line=number)
            raise InputError(str(problem), hint="mend that line first") from error
    content = read_text(path)
    if content and not content.endswith("\n"):
        with path.open("a", encoding="utf-8", newline="\n") as file:
            file.write("\n")
    return ids


def _say(text: str) -> None:
    for line in text.splitlines():
        print(textwrap.fill(printable(line), _WIDTH))


def _index(options: Namespace) -> Path:
    return options.index or Path("index")


def _check_out(out: Path | None) -> None:
    from qa.evaluation.writing import check_place

    if out is not None:
        check_place(out)


def _put(out: Path | None, lines: Iterable[str]) -> None:
    """Write lines of JSON to the file, all at once, or print them where there is none."""
    from qa.evaluation.writing import write_text

    if out is None:
        for line in lines:
            print(line.translate(ESCAPES))
    else:
        write_text(out, "".join(line + "\n" for line in lines))
