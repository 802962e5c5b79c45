"""`qa eval --squad FILE` and `qa eval --beir DIR`: public sets that bring their corpus."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

from qa.errors import InputError
from qa.surfaces.cli.bots import built, details
from qa.types import Document, Settings

if TYPE_CHECKING:
    from qa.answerer import Bot
    from qa.evaluation.questions import Question
    from qa.evaluation.report import Report
    from qa.evaluation.squad import Squad


def squad(options: Namespace, check: Callable[[Sequence[Question]], None]) -> Report:
    """Ask the questions of a SQuAD file; `check` is shown them before."""
    from qa.evaluation.command import ask, asking, run_of
    from qa.evaluation.given import ask_given
    from qa.evaluation.sampling import sample

    paragraphs = _paragraphs(options)
    found = sample(paragraphs.questions, options.sample)
    questions = [question.to_question() for question in found]
    check(questions)
    run = {**run_of(options.squad, None, options.sample), "mode": options.mode or "reader"}
    if options.mode == "open":
        bot = built(paragraphs.documents, _places(options), options.index, keep_chrome=True)
        return ask(bot, questions, {**run, **details(bot)})
    import qa
    from qa.encoder import SentenceEncoder
    from qa.reader import SpanReader

    encoder, reader, policy = SentenceEncoder(), SpanReader(), qa.Policy()
    # As long as the encoder reads: most paragraphs are one passage.
    settings = Settings(keep_chrome=True, passage_tokens=encoder.max_tokens)

    def alone(document: Document) -> Bot:
        return qa.build([document], settings=settings, encoder=encoder, reader=reader)

    with asking(len(found)) as progress:
        report = ask_given(found, paragraphs.documents, alone, progress=progress)
    return replace(report, run={**run, "policy": asdict(policy)})


def print_always(report: Report) -> None:
    """What SQuAD 1.1 measures, in a sentence; nothing where no question has an answer."""
    from qa.evaluation.given import always_answering

    always = always_answering(report)
    if always.exact_match is not None and always.f1 is not None:
        print(
            f"Always answering ({always.questions} with an answer): "
            f"EM {100 * always.exact_match:.1f} %, F1 {100 * always.f1:.1f} %."
        )


def beir(options: Namespace) -> int:
    """Rank the documents of a BEIR folder for its queries."""
    from qa.evaluation.beir import load_beir

    _check(options)
    collection = load_beir(options.beir)
    name = options.beir.resolve().name
    judged = {query_id: collection.queries[query_id] for query_id in collection.relevant}
    return _rank(options, name, [options.beir], collection.documents, judged, collection.qrels)


def squad_retrieval(options: Namespace) -> int:
    """Rank all paragraphs for the questions of a SQuAD file; its own is the right one for each."""
    _check(options)
    paragraphs = _paragraphs(options)
    name = options.squad.name.removesuffix(".gz").removesuffix(".json")
    asked = [question for question in paragraphs.questions if question.answers]
    return _rank(
        options,
        name,
        _places(options),
        paragraphs.documents,
        {question.id: question.question for question in asked},
        {question.id: {question.doc_id: 1} for question in asked},
    )


def _paragraphs(options: Namespace) -> Squad:
    from qa.evaluation.squad import load_squad

    paragraphs = load_squad(options.squad)
    for path in options.extra_paragraphs or ():
        paragraphs = paragraphs.among(load_squad(path))
    return paragraphs


def _places(options: Namespace) -> list[Path]:
    return [options.squad, *(options.extra_paragraphs or ())]


def _check(options: Namespace) -> None:
    """Refuse what cannot be done before the work of doing it."""
    from qa.evaluation.writing import check_place

    if options.json is not None:
        check_place(options.json)
    if options.split not in (None, "tune", "report"):
        raise InputError(
            f"there is no half {options.split!r} of the queries", hint="--split tune or report"
        )


def _rank(
    options: Namespace,
    name: str,
    places: Sequence[Path],
    documents: Sequence[Document],
    judged: Mapping[str, str],
    qrels: Mapping[str, Mapping[str, int]],
) -> int:
    """Rank documents for the judged queries in every order, and show these side by side."""
    from qa.evaluation import side_by_side as beside
    from qa.evaluation.command import asking
    from qa.evaluation.questions import Question
    from qa.evaluation.retrieval import half_of
    from qa.evaluation.sampling import sample
    from qa.evaluation.writing import dumped, write_text

    chosen = [
        Question(query_id, text, (), ())
        for query_id, text in judged.items()
        if options.split in (None, half_of(query_id))
    ]
    queries = {query.id: query.question for query in sample(chosen, options.sample)}
    if not queries:
        raise InputError(
            f"{places[0]}: no query has relevant documents",
            hint="check the judgements; a small set may have none in one half of --split",
        )
    bot = built(documents, places, options.index, keep_chrome=True)
    with asking(len(queries)) as progress:

        def told(names: Sequence[str]) -> Iterator[str]:
            for done, query_id in enumerate(names, start=1):
                yield query_id
                progress(done)

        rankings = beside.side_by_side(
            queries,
            qrels,
            lambda query: bot.retrieve(query, passages=2 * bot.policy.depth),
            told,
        )
    beside.print_rankings(rankings, f"{name}, {len(queries)} queries")
    if options.json is not None:
        run = {"collection": name, "split": options.split, **details(bot)}
        write_text(options.json, dumped({"run": run, **beside.rankings_to_dict(rankings)}))
    return 0
