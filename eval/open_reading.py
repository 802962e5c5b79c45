"""Measure the whole way to an answer on SQuAD-open: `python -m eval.open_reading --help`.

    python -m eval.open_reading dev-v1.1.json.gz --paragraphs train.json.gz --work DIR

The answerable questions of the first file are asked without their paragraph, among all paragraphs
of all files. Prints how often the right paragraph was retrieved, exact match and F1 for each number
of passages read, and how much was wrong where the reader answered of its own accord. The index is
kept in DIR. A passage takes its time for each number it is read for: `--read 10` is the quick way.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rich.progress import track

import qa
from qa.evaluation.metrics import recall_at
from qa.evaluation.reading import Reading, Risk, score
from qa.evaluation.sampling import sample
from qa.evaluation.squad import SquadQuestion, load_squad
from qa.evaluation.summary import mean
from qa.protocols import Reader
from qa.reader import SpanReader

CUTOFFS = (1, 5, 20)


def main() -> None:
    """Index, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("squad", type=Path, help="SQuAD JSON: its questions are asked")
    parser.add_argument("--paragraphs", type=Path, action="append", default=[], help="more SQuAD")
    parser.add_argument("--work", type=Path, required=True, help="where the index is kept")
    parser.add_argument("--questions", type=int, help="how many of them (all)")
    parser.add_argument("--read", type=int, nargs="+", default=[1, 5, 10, 20], metavar="K")
    parser.add_argument("--model", type=Path, help="the reader's folder (the bundled one)")
    options = parser.parse_args()
    squad = load_squad(options.squad)
    for path in options.paragraphs:
        squad = squad.among(load_squad(path))
    reader = SpanReader(options.model)
    settings = qa.Settings(keep_chrome=True)
    bot = qa.build(squad.documents, options.work / "squad-open", settings, reader=reader)
    asked = sample([q for q in squad.questions if q.answers], options.questions)

    def retrieve(question: str) -> list[qa.Hit]:
        return bot.retrieve(question, passages=2 * bot.policy.depth)

    found = measure(reader, retrieve, track(asked, "asking"), options.read)
    print(f"{len(asked)} questions, {len(squad.documents)} paragraphs, ", end="")
    print(f"{len(bot.index.passages)} passages")
    print_open(found, reader.threshold)


@dataclass(slots=True)
class Open:
    """For each question the paragraphs retrieved, the right one, and a reading for each `read`.

    The score of a reading is the reader's confidence.
    """

    ranked: list[list[str]] = field(default_factory=list)
    wanted: list[str] = field(default_factory=list)
    readings: dict[int, list[Reading]] = field(default_factory=dict)

    def recall(self, cutoff: int) -> float | None:
        """The share of questions whose paragraph is among the first; it ranks where its best
        passage does."""
        pairs = zip(self.ranked, self.wanted, strict=True)
        return mean(recall_at(cutoff, ranked, [wanted]) for ranked, wanted in pairs)


def measure(
    reader: Reader,
    retrieve: Callable[[str], Sequence[qa.Hit]],
    questions: Iterable[SquadQuestion],
    read: Sequence[int],
) -> Open:
    """Retrieve once, and read as many of the first hits as each of `read` says."""
    found = Open(readings={count: [] for count in read})
    for question in questions:
        hits = retrieve(question.question)
        found.ranked.append(list(dict.fromkeys(hit.passage.doc_id for hit in hits)))
        found.wanted.append(question.doc_id)
        for count, readings in found.readings.items():
            spans = reader.read(question.question, hits[:count])
            text, confidence = (spans[0].text, reader.confidence(spans)) if spans else (None, 0.0)
            readings.append(Reading(question.answers, text, confidence))
    return found


def print_open(found: Open, threshold: float) -> None:
    """Retrieval, then a line for each number of passages read, in percent."""
    recalls = ", ".join(f"@{k} {percent(found.recall(k))}" for k in CUTOFFS)
    print(f"recall of the right paragraph: {recalls}\n")
    print(f"{'':>6}{'always answering':^14}   answering from confidence {threshold:.3f}")
    columns = f"{'answered':>12}{'right':>8}{'wrong':>8}{'wrong below':>13}"
    print(f"{'read':>6}{'EM':>7}{'F1':>7}{columns}")
    for count, readings in found.readings.items():
        always, risk = score(readings, "always"), Risk.of(readings, threshold)
        wrong = risk.wrong / risk.answered if risk.answered else None
        right = None if wrong is None else 1 - wrong
        print(
            f"{count:>6}{percent(always.exact_match):>7}{percent(always.f1):>7}"
            f"{percent(risk.answered / risk.questions):>12}{percent(right):>8}"
            f"{percent(wrong):>8}{percent(risk.bound):>13}"
        )
    print("Right and wrong are shares of those answered; wrong is a token F1 below 0.5;")
    print("'wrong below' is its one-sided 95% bound (Clopper and Pearson).")


def percent(share: float | None) -> str:
    """One decimal, or a dash."""
    return "-" if share is None else f"{100 * share:.1f}"


if __name__ == "__main__":
    main()
