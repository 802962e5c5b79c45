"""Measure the span reader on paragraphs that are given: `python -m eval.reading SQUAD.json[.gz]`.

Each question is read in its own paragraph. Prints exact match and F1 as the official scripts of
SQuAD 1.1 and, where the file has unanswerable questions, of SQuAD 2.0 measure them, with spans
widened to whole words and amounts as in use, and as the network points at them.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from rich.progress import track

from qa.evaluation.reading import Pointer, Reading, Score, scores, whole
from qa.evaluation.sampling import sample
from qa.evaluation.squad import Squad, SquadQuestion, load_squad
from qa.reader import SpanReader

SPANS = {"widened": True, "as pointed": False}


def main() -> None:
    """Read, print, and write where asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("squad", type=Path, help="a SQuAD file that the reader never saw")
    parser.add_argument("--questions", type=int, help="how many of them (all)")
    parser.add_argument("--model", type=Path, help="the reader's folder (the bundled one)")
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    options = parser.parse_args()
    squad = load_squad(options.squad)
    asked = sample(squad.questions, options.questions)
    readings = measure(SpanReader(options.model), squad, asked)
    found = {name: scores(of_spans) for name, of_spans in readings.items()}
    print(f"{options.squad.name}: {len(asked)} of {len(squad.questions)} questions")
    for name, lines in found.items():
        print_scores(f"spans {name}", lines)
    if options.json is not None:
        record = {
            "file": options.squad.name,
            "questions": len(asked),
            "spans": {name: [line.to_dict() for line in lines] for name, lines in found.items()},
        }
        options.json.write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")


def measure(
    reader: Pointer, squad: Squad, questions: Sequence[SquadQuestion]
) -> dict[str, list[Reading]]:
    """Each question read in its whole paragraph, once for each way to take the spans."""
    passages = {document.id: whole(document) for document in squad.documents}

    def read(question: SquadQuestion) -> list[Reading]:
        passage = passages[question.doc_id]
        found = (
            reader.point(question.question, [passage], widened=widened)
            for widened in SPANS.values()
        )
        return [Reading.of(question.answers, spans) for (spans,) in found]

    # A window is read on one thread: only several questions at a time keep all cores busy.
    with ThreadPoolExecutor() as pool:
        every = list(track(pool.map(read, questions), "reading", total=len(questions)))
    return {name: [one[way] for one in every] for way, name in enumerate(SPANS)}


def print_scores(title: str, lines: Iterable[Score]) -> None:
    """A table in percent."""
    print(f"\n{title:<40}{'n':>7}{'EM':>8}{'F1':>8}{'from':>9}")
    for line in lines:
        measures = [line.exact_match, line.f1]
        shown = "".join(f"{'-' if m is None else format(100 * m, '.2f'):>8}" for m in measures)
        start = "" if line.threshold is None else f"{line.threshold:.2f}"
        print(f"{line.name:<40}{line.questions:>7}{shown}{start:>9}")
    if any(line.threshold for line in lines):
        print("The best thresholds were chosen on these questions.")


if __name__ == "__main__":
    main()
