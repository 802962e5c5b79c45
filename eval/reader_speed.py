"""How long does the reader take for ten passages? `python -m eval.reader_speed [--torch FOLDER]`.

The bundled int8 model reads passages of the bundled articles, about 120 tokens each; with --torch
the same network in torch, in full precision and as one padded batch, takes turns with it. Prints
medians and quartiles in milliseconds, and what machine it was.
"""

from __future__ import annotations

import argparse
import os
import platform
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median, quantiles

from eval.full_reader import FullReader
from qa.documents import gather
from qa.encoder import SentenceEncoder
from qa.evaluation.reading import Pointer
from qa.passages import cut
from qa.reader import SpanReader
from qa.runtime import CPU_INFO, has_vnni
from qa.types import Passage, Settings

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
PASSAGES, RUNS, WARM = 10, 30, 3
# Threads that wait actively for more work would slow down whoever is timed next.
REST = 0.05


def main() -> None:
    """Cut, read, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--model", type=Path, help="the reader's folder (the bundled one)")
    parser.add_argument("--torch", type=Path, help="folder of the full model, to compare with")
    options = parser.parse_args()
    readers: dict[str, Pointer] = {"int8": SpanReader(options.model)}
    if options.torch is not None:
        readers["torch"] = FullReader(options.torch, options.model)
    passages, tokens = some_passages(Settings().passage_tokens)
    print(machine())
    print(f"{len(passages)} passages of {min(tokens)} to {max(tokens)} tokens, {RUNS} runs:")
    times = measure(readers, passages, RUNS)
    for name, of_reader in times.items():
        lower, middle, upper = quantiles(of_reader, n=4)
        print(f"{name:<6}{middle:7.1f} ms  (quartiles {lower:.1f} and {upper:.1f})")
    if "torch" in times:
        print(f"ratio of medians {median(times['torch']) / median(times['int8']):.2f}")


def some_passages(wanted: int) -> tuple[list[Passage], list[int]]:
    """The passages of the bundled articles nearest to so many tokens, and how many they have."""
    encoder, settings = SentenceEncoder(), Settings()
    passages = [
        passage
        for document in gather(CORPUS).documents
        for passage in cut(
            document,
            (document.body_start, len(document.text)),
            encoder.token_starts,
            settings,
            encoder.max_tokens,
        )
    ]
    counted = [(len(encoder.token_starts(passage.text)), passage) for passage in passages]
    nearest = sorted(counted, key=lambda pair: (abs(pair[0] - wanted), pair[1].id))[:PASSAGES]
    return [passage for _, passage in nearest], [tokens for tokens, _ in nearest]


def measure(
    readers: Mapping[str, Pointer], passages: Sequence[Passage], runs: int
) -> dict[str, list[float]]:
    """Milliseconds of each run after a warm-up; readers take turns, and turns at being first."""
    times: dict[str, list[float]] = {name: [] for name in readers}
    for run in range(-WARM, runs):
        # New words for every run, so that nothing remembered of one helps the next.
        year = str(1990 + run)
        question = f"How many projects were signed at the expo in the year {year}?"
        shown = [_ending_with(year, passage) for passage in passages]
        turns = list(readers.items())
        for name, reader in turns if run % 2 else reversed(turns):
            time.sleep(REST)
            start = time.perf_counter()
            reader.point(question, shown)
            seconds = time.perf_counter() - start
            if run >= 0:
                times[name].append(1000 * seconds)
    return times


def _ending_with(word: str, passage: Passage) -> Passage:
    text = f"{passage.text} {word}"
    return replace(passage, end=passage.start + len(text), text=text)


def machine() -> str:
    """The processor, whether it multiplies int8 natively (VNNI), and the threads there are."""
    import torch

    listed = CPU_INFO.read_text(encoding="utf-8") if CPU_INFO.exists() else ""
    lines = [line.partition(":") for line in listed.splitlines()]
    facts = {key.strip(): value.strip() for key, _, value in lines}
    name = facts.get("model name") or platform.processor() or platform.machine()
    vnni = {None: "unknown", True: "yes", False: "no"}[has_vnni()]
    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"
    threads = f"{os.cpu_count()} cores, torch uses {torch.get_num_threads()}"
    return f"{name}; VNNI: {vnni}; {threads}; load before: {load}"


if __name__ == "__main__":
    main()
