"""Hold the bundled int8 reader against the full model: `python -m eval.quantised --help`.

    python -m eval.quantised dev-v1.1.json.gz --torch FOLDER

Both read the same answerable questions in their paragraphs, with the same windows and search.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from rich.progress import track

from eval.full_reader import FullReader
from qa.evaluation.metrics import exact_match, token_f1
from qa.evaluation.reading import Pointer, whole
from qa.evaluation.sampling import sample
from qa.evaluation.squad import Squad, SquadQuestion, load_squad
from qa.evaluation.summary import mean
from qa.reader import SpanReader
from qa.types import Span


def main() -> None:
    """Read twice, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("squad", type=Path, help="a SQuAD file that the reader never saw")
    parser.add_argument("--torch", type=Path, required=True, help="folder of the full model")
    parser.add_argument("--model", type=Path, help="the int8 reader's folder (the bundled one)")
    parser.add_argument("--questions", type=int, default=1000, help="how many of them (1000)")
    options = parser.parse_args()
    squad = load_squad(options.squad)
    asked = sample([q for q in squad.questions if q.answers], options.questions)
    small, full = SpanReader(options.model), FullReader(options.torch, options.model)
    pairs = measure(small, full, squad, track(asked, "reading"))
    print(f"{options.squad.name}: {len(pairs)} questions")
    for name, spans in {
        "int8": [(pair.golds, pair.small) for pair in pairs],
        "full": [(pair.golds, pair.full) for pair in pairs],
    }.items():
        exact = mean(exact_match(span.text if span else None, golds) for golds, span in spans)
        f1 = mean(token_f1(span.text if span else None, golds) for golds, span in spans)
        print(f"{name}  EM {100 * (exact or 0):.2f}  F1 {100 * (f1 or 0):.2f}")
    print(f"identical best spans: {100 * (mean(pair.identical for pair in pairs) or 0):.1f}%")
    apart = [pair.apart for pair in pairs if pair.apart is not None]
    print(f"mean absolute difference of their scores: {mean(apart) or 0:.3f}")


@dataclass(frozen=True, slots=True)
class Pair:
    """The best span of either reader for one question; None where there is none."""

    golds: tuple[str, ...]
    small: Span | None
    full: Span | None

    @property
    def identical(self) -> bool:
        """Whether both point at the same place."""
        if self.small is None or self.full is None:
            return self.small is self.full
        return (self.small.start, self.small.end) == (self.full.start, self.full.end)

    @property
    def apart(self) -> float | None:
        """How far their scores are apart."""
        if self.small is None or self.full is None:
            return None
        return abs(self.small.score - self.full.score)


def measure(
    small: Pointer, full: Pointer, squad: Squad, questions: Iterable[SquadQuestion]
) -> list[Pair]:
    """Each question read by both in its whole paragraph."""
    passages = {document.id: whole(document) for document in squad.documents}
    pairs = []
    for question in questions:
        passage = passages[question.doc_id]
        best: list[Span | None] = []
        for reader in (small, full):
            (spans,) = reader.point(question.question, [passage])
            best.append(spans[0] if spans else None)
        pairs.append(Pair(question.answers, *best))
    return pairs


if __name__ == "__main__":
    main()
