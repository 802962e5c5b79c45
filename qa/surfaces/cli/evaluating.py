"""`qa eval`: ask known questions, and hold the answers against what is wanted."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from qa.errors import InputError
from qa.surfaces.cli import benchmarks
from qa.surfaces.cli.bots import bot_of, details

if TYPE_CHECKING:
    from qa.evaluation.questions import Question
    from qa.evaluation.report import Report

# What each set of questions has no use for, and each way to ask those of a SQuAD file.
_OF_ANSWERS = ("thresholds", "baseline", "junit", "html", "save_baseline")
_APART = {
    "questions": ("mode", "extra_paragraphs"),
    "squad": ("corpus",),
    "beir": ("corpus", "mode", "extra_paragraphs", *_OF_ANSWERS),
}
_APART_IN_MODE = {
    "reader": ("index", "split", "extra_paragraphs"),
    "open": ("split",),
    "retrieval": _OF_ANSWERS,
}


def evaluate(options: Namespace) -> int:
    """`qa eval --questions FILE`, `qa eval --squad FILE` or `qa eval --beir DIR`"""
    asked = _check(options)
    if asked == "beir":
        return benchmarks.beir(options)
    if options.mode == "retrieval":
        return benchmarks.squad_retrieval(options)
    from qa.evaluation.gate import Gate

    gate = Gate.load(
        options.thresholds,
        options.baseline,
        json=options.json,
        junit=options.junit,
        html=options.html,
        save_baseline=options.save_baseline,
    )
    if asked == "questions":
        return gate.conclude(_questions(options, gate.check))
    report = benchmarks.squad(options, gate.check)
    code = gate.conclude(report)
    benchmarks.print_always(report)
    return code


def _check(options: Namespace) -> str:
    """Which set of questions is asked; `InputError` where there is none, or what it cannot use."""
    asked = [name for name in _APART if getattr(options, name) is not None]
    if not asked:
        raise InputError(
            "there are no questions to ask",
            hint="pass --questions FILE with --index or --corpus, --squad FILE, or --beir DIR; "
            "in a clone of the project, python -m eval asks the bundled ones",
        )
    clashes = [(asked[0], other) for other in asked[1:]]
    clashes += [(asked[0], name) for name in _APART[asked[0]] if getattr(options, name)]
    if asked[0] == "squad":
        mode = options.mode or "reader"
        unused = [name for name in _APART_IN_MODE[mode] if getattr(options, name)]
        clashes += [(f"mode {mode}", name) for name in unused]
    for one, other in clashes:
        raise InputError(
            f"--{one} and --{other.replace('_', '-')} do not go together",
            hint="leave one of them out; see: qa eval --help",
        )
    return asked[0]


def _questions(options: Namespace, check: Callable[[Sequence[Question]], None]) -> Report:
    from qa.evaluation.command import ask, run_of
    from qa.evaluation.questions import load_questions
    from qa.evaluation.sampling import sample

    # An index that is not there is told first; one that has to be built waits for the questions.
    bot = None if options.corpus else bot_of(options)
    questions = sample(load_questions(options.questions, split=options.split), options.sample)
    check(questions)
    bot = bot or bot_of(options)
    run = run_of(options.questions, options.split, options.sample)
    return ask(bot, questions, {**run, **details(bot)})
