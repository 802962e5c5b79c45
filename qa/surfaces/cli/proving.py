"""`qa verify`, `qa quote` and `qa certificate`: what was said, held against the articles."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qa.errors import InputError
from qa.surfaces.cli import render
from qa.surfaces.cli.kept_answers import Kept, read_answers
from qa.types import Document


@dataclass(frozen=True, slots=True)
class Articles:
    """Documents by id, and how they came to be: for a certificate."""

    documents: Mapping[str, Document]
    settings: Mapping[str, Any]


def verify(options: Namespace) -> int:
    """`qa verify ANSWER`: 0 where every citation holds, else 1"""
    from qa.surfaces.cli import proof_render
    from qa.verify import verification_to_dict, verify

    kept = read_answers(options.answer)
    documents = _articles(options, kept).documents
    findings = [verify(one.answer, documents) for one in kept]
    if options.json:
        answers = [
            {"id": one.id, "line": one.line, "question": one.answer.question}
            | verification_to_dict(finding)
            for one, finding in zip(kept, findings, strict=True)
        ]
        _print_json({"ok": all(finding.ok for finding in findings), "answers": answers})
    else:
        print(proof_render.verifications(kept, findings))
    return int(not all(finding.ok for finding in findings))


def quote(options: Namespace) -> int:
    """`qa quote TEXT`: 0 where it stands in the articles, else 1"""
    from qa.index import load_index
    from qa.quote import QuoteFinder, check_quote, quote_check_to_dict
    from qa.surfaces.cli import proof_render

    text = options.text
    if text == "-":
        text = sys.stdin.buffer.read().decode("utf-8-sig", "surrogateescape")
    check_quote(text)
    check = QuoteFinder(load_index(options.index)).verify(text, options.document)
    if options.json:
        _print_json(quote_check_to_dict(check))
    else:
        print(proof_render.quote(check, colour=sys.stdout.isatty()))
    return int(not check.found)


def certificate(options: Namespace) -> int:
    """`qa certificate ANSWER -o FILE`: 0 where every citation holds, else 1"""
    from datetime import UTC, datetime

    from qa.certificate import certificate
    from qa.evaluation.writing import check_place, write_text
    from qa.surfaces.cli import proof_render
    from qa.verify import verify

    kept = read_answers(options.answer)
    if len(kept) > 1:
        raise InputError(
            f"{options.answer}: holds {len(kept)} answers, a certificate is of one",
            hint=f"pass one line: sed -n 1p {options.answer} | qa certificate - -o proof.html",
        )
    check_place(options.output)
    articles = _articles(options, kept)
    finding = verify(kept[0].answer, articles.documents)
    page = certificate(
        kept[0].answer,
        finding,
        articles.documents,
        settings=articles.settings,
        checked=datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        name=options.output.name,
    )
    write_text(options.output, page)
    print(f"{options.output}: {proof_render.summary(finding)}")
    return int(not finding.ok)


def _articles(options: Namespace, kept: Sequence[Kept]) -> Articles:
    """The documents that are cited, from the files or from the index."""
    from qa import __version__
    from qa.documents import extractor_versions, gather_needed
    from qa.index import load_index
    from qa.verify import cited_ids

    version = {"footnote-qa": __version__}
    if options.source is None:
        index = load_index(options.index or Path("index"))
        described = render.index_to_dict(index)
        del described["skipped"]
        return Articles(index.documents, version | described)
    needed = set[str]().union(*(cited_ids(one.answer) for one in kept))
    gathered = gather_needed(options.source, needed)
    for problem in gathered.bad:
        print(f"qa: {render.printable(str(problem))}", file=sys.stderr)
    documents = {document.id: document for document in gathered.documents}
    return Articles(documents, version | {"extractors": extractor_versions()})


def _print_json(value: Any) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=1)
    print(text.translate(render.ESCAPES), flush=True)
