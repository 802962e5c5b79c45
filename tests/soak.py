"""Many threads, one bot, thousands of questions: `make soak`, or `python -m tests.soak --help`.

Every answer must be the one that a single thread gets, and memory must be flat over the second
half. `tests/test_threads.py` is the short form.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from threading import Barrier

import qa
from qa.present import answer_to_dict

ROOT = Path(__file__).parent.parent
QUESTIONS = ROOT / "eval" / "questions" / "expo.jsonl"
# Memory may grow by so much from the third to the fourth quarter: what an allocator keeps.
GROWTH = 8 * 2**20
SAMPLES = 80


@dataclass(frozen=True)
class Soaked:
    """Which questions got another answer than from one thread, and the memory over time.

    `resident` is in bytes, sampled at regular intervals over all questions.
    """

    different: list[str]
    resident: list[int]
    seconds: float

    @property
    def growth(self) -> int:
        """Bytes by which the fourth quarter's peak is above the third's."""
        quarter = len(self.resident) // 4
        return max(self.resident[3 * quarter :]) - max(self.resident[2 * quarter : 3 * quarter])


def known_questions() -> list[str]:
    """The bundled known questions."""
    lines = QUESTIONS.read_text("utf-8").splitlines()
    return [json.loads(line)["question"] for line in lines]


def said(bot: qa.Bot, question: str) -> str:
    """All that a surface would show of the answer."""
    return json.dumps(answer_to_dict(bot.ask(question)), sort_keys=True)


def soak(bot: qa.Bot, expected: dict[str, str], count: int, threads: int) -> Soaked:
    """Ask `count` questions, those of `expected` over and over, from `threads` threads at once.

    Each thread begins at another question, so that different ones are answered at a time.
    """
    questions = list(expected)
    start = Barrier(threads)
    samples: list[int] = []
    every = max(1, count // SAMPLES)

    def ask(thread: int) -> list[str]:
        start.wait()
        different = []
        for number in range(thread, count, threads):
            question = questions[(number + thread * len(questions) // threads) % len(questions)]
            if said(bot, question) != expected[question]:
                different.append(question)
            if number % every == 0:
                samples.append(resident())
        return different

    began = time.perf_counter()
    with ThreadPoolExecutor(threads) as pool:
        different = [question for found in pool.map(ask, range(threads)) for question in found]
    return Soaked(different, samples, time.perf_counter() - began)


def resident() -> int:
    """The memory of this process that is in RAM, in bytes (Linux)."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def main(arguments: Sequence[str] | None = None) -> int:
    """Soak a bot over the bundled articles; 1 where an answer differs or memory grows."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--questions", type=int, default=8_000, metavar="N")
    parser.add_argument("--threads", type=int, default=16, metavar="N")
    parser.add_argument("--distinct", type=int, metavar="N", help="of the known questions (all)")
    parser.add_argument("--light", action="store_true", help="with the exported encoder")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        qa.build(ROOT / "corpus", folder, light=options.light)
        bot = qa.open(folder)
        questions = list(islice(known_questions(), options.distinct))
        expected = {question: said(bot, question) for question in questions}
        soaked = soak(bot, expected, options.questions, options.threads)
    memory = " ".join(f"{sample / 2**20:.0f}" for sample in soaked.resident[::8])
    print(f"{options.questions} questions from {options.threads} threads in {soaked.seconds:.0f} s")
    print(f"answers that differ from those of one thread: {len(soaked.different)}")
    print(f"resident memory over time, MB: {memory}")
    print(f"fourth quarter over third: {soaked.growth / 2**20:+.1f} MB, limit {GROWTH / 2**20:.0f}")
    return 1 if soaked.different or soaked.growth > GROWTH else 0


if __name__ == "__main__":
    raise SystemExit(main())
