"""The reader: points at the exact words of a passage that answer a question."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from qa.bounds import ink, widen
from qa.confidence import Constants, joint_odds, load_constants
from qa.coverage import coverage
from qa.errors import ReaderError
from qa.layout import units
from qa.lists import joined
from qa.network import Logits, Network
from qa.spans import best_spans
from qa.types import Hit, Passage, Span
from qa.windows import Tokenizer, Window

BUNDLED = Path(__file__).parent / "models" / "reader"
# Of each window so many stretches are looked at, and so many that do not overlap are kept.
_SEEN, _KEPT = 40, 5


class SpanReader:
    """A span model with its constants: the bundled one, or that of `folder`.

    Thread-safe. Each passage is read alone, so its scores never depend on what is read beside it.
    Raises ReaderError where a file is missing or unusable.

    >>> reader = SpanReader()
    >>> passage = Passage("a.txt", "", 0, 35, "The 2019 expo signed 530 projects.")
    >>> [spans] = reader.point("How many projects were signed?", [passage])
    >>> spans[0].text
    '530'
    """

    def __init__(self, folder: Path | None = None, constants: Constants | None = None) -> None:
        folder = folder or BUNDLED
        self.constants = constants or load_constants(folder)
        self.threshold = self.constants.threshold
        self._network = Network(folder)
        self._tokenizer = Tokenizer(folder / "tokenizer.json")
        self._tokens = lru_cache(maxsize=4096)(self._tokenizer.tokens)

    def read(self, question: str, hits: Sequence[Hit]) -> list[Span]:
        """The spans of all `hits` in one order, likeliest first.

        A span's score becomes its log-odds against "no answer". The same words found in two
        overlapping passages are one span. Where the question asks for several things, the best
        span is the list that holds them.
        """
        found: dict[tuple[str, int, int], Span] = {}
        passages = [hit.passage for hit in hits]
        for passage, spans in zip(passages, self.point(question, passages), strict=True):
            covered = coverage(question, passage)
            for span in spans:
                score = self.constants.score(span.score, covered)
                place = (span.passage.doc_id, span.start, span.end)
                if place not in found or found[place].score < score:
                    found[place] = replace(span, score=score)
        ordered = sorted(
            found.values(), key=lambda span: (-span.score, span.passage.id, span.start)
        )
        return joined(question, ordered)

    def confidence(self, spans: Sequence[Span]) -> float:
        """The calibrated probability that the first of `spans`, best first, is right.

        All spans and "no answer" (0) share one softmax; spans of the same words count together.
        """
        if not spans:
            return 0.0
        odds = joint_odds([span.score for span in spans], [span.text for span in spans])
        return self.constants.probability(odds)

    def point(
        self, question: str, passages: Sequence[Passage], *, widened: bool = True
    ) -> list[list[Span]]:
        """The best spans of each passage, best first, at most 5.

        A score is the span's start and end logit less those of "no answer", in the same window.
        `widened`: no span cuts a word, number, date or amount (`qa.bounds`).
        """
        question_ids = self._tokenizer.tokens(question).ids
        windows = [
            (number, window)
            for number, passage in enumerate(passages)
            for window in self._tokenizer.windows(
                question_ids,
                self._tokenizer.context(passage.title, passage.heading),
                self._tokens(passage.text),
            )
        ]
        found: list[list[tuple[int, int, float]]] = [[] for _ in passages]
        logits = self._network.logits([window for _, window in windows])
        for (number, window), outputs in zip(windows, logits, strict=True):
            found[number] += _stretches(window, outputs)
        return [
            _spans(passage, stretches, widened)
            for passage, stretches in zip(passages, found, strict=True)
        ]


def _stretches(window: Window, logits: Logits) -> list[tuple[int, int, float]]:
    """The best stretches of a window: start and end in its passage's text, and score."""
    starts, ends = logits
    nothing = float(starts[0] + ends[0])
    first = window.first
    return [
        (window.starts[begin], window.ends[last], score - nothing)
        for begin, last, score in best_spans(starts[first:-1], ends[first:-1], count=_SEEN)
    ]


def _spans(
    passage: Passage, stretches: Sequence[tuple[int, int, float]], widened: bool
) -> list[Span]:
    """Spans of document offsets, best first.

    None runs across headings, items or paragraphs, and none is of punctuation alone.
    """
    bounds = [(unit.start, unit.end) for unit in units(passage.text)]
    kept: list[tuple[int, int, float]] = []
    for start, end, score in sorted(stretches, key=lambda one: (-one[2], one[0], one[1])):
        if len(kept) == _KEPT:
            break
        if not any(first <= start and end <= last for first, last in bounds):
            continue
        inked = ink(passage.text, start, end)
        # Widening takes time and only adds to the ink: what overlaps before it does so after it.
        if inked is None or _overlap(kept, *inked):
            continue
        if widened:
            start, end = widen(passage.text, start, end)
        if not _overlap(kept, start, end):
            kept.append((start, end, score))
    return [
        Span(passage, passage.start + start, passage.start + end, passage.text[start:end], score)
        for start, end, score in kept
    ]


def _overlap(kept: Sequence[tuple[int, int, float]], start: int, end: int) -> bool:
    return any(first < end and start < last for first, last, _ in kept)


def reader_named(name: str) -> SpanReader:
    """The reader a policy names: "span" is the bundled one, anything else a folder.

    Raises ReaderError where there is none.
    """
    # Unlike `Path.is_dir`, this takes a name that is too long for a path for one that is none.
    if name != "span" and not os.path.isdir(name):
        raise ReaderError(
            f"reader {name!r} is neither 'span' nor a folder",
            hint="name the folder of an exported reader, or leave it at 'span'",
        )
    return SpanReader(None if name == "span" else Path(name))
