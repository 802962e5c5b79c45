"""`qa eval compare` and `qa eval sweep`: runs beside each other, policies beside each other."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable
from typing import Any

from qa.errors import InputError
from qa.surfaces.cli.bots import bot_of


def compare(options: Namespace) -> int:
    """`qa eval compare BEFORE.json AFTER.json`"""
    from qa.evaluation.compare import compare
    from qa.evaluation.compare_table import print_comparison
    from qa.evaluation.report import load_report
    from qa.evaluation.writing import check_place, dumped, write_text

    if options.json is not None:
        check_place(options.json)
    comparison = compare(load_report(options.before), load_report(options.after))
    print_comparison(comparison)
    if options.json is not None:
        write_text(options.json, dumped(comparison.to_dict()))
    return int(comparison.significant_drop)


def sweep(options: Namespace) -> int:
    """`qa eval sweep --questions FILE`"""
    import qa
    from qa.encoder import SentenceEncoder
    from qa.evaluation import sweep as sweeping
    from qa.evaluation.command import asking
    from qa.evaluation.questions import load_questions
    from qa.evaluation.remembering import RememberingReader
    from qa.evaluation.writing import check_place, dumped, write_text

    if options.questions is None:
        raise InputError("there are no questions to ask", hint="pass --questions FILE")
    if options.json is not None:
        check_place(options.json)
    split = options.split or sweeping.CHOOSING
    try:
        policies = sweeping.grid(**_given(options, ("fusions", "lexical", "passages", "cutoffs")))
    except ValueError as error:
        raise InputError(str(error), hint="see: qa eval sweep --help") from error
    questions = load_questions(options.questions, split=split)
    index = bot_of(options).index
    encoder, reader = SentenceEncoder(index.encoder_name), RememberingReader()
    with asking(len(questions) * len(policies)) as progress:
        tried = sweeping.sweep(
            lambda policy: qa.Bot(index, encoder, reader, policy),
            questions,
            policies,
            progress=progress,
        )
    sweeping.print_sweep(tried, split)
    if options.json is not None:
        write_text(options.json, dumped(sweeping.tried_to_dict(tried, split)))
    return 0


def _given(options: Namespace, names: Iterable[str]) -> dict[str, Any]:
    return {name: value for name in names if (value := getattr(options, name)) is not None}
