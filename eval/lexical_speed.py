"""How much faster is the BM25 matrix than `rank_bm25.get_scores`? `python -m eval.lexical_speed`.

Both score the same questions over the same made-up passages, side by side; prints medians, their
ratio and the largest difference between their scores.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from statistics import median

import numpy as np

from qa.lexical import K1, B, Lexical, bm25_class

WORDS, LENGTH, QUESTION, SEED = 50_000, 80, 6, 7


def main() -> None:
    """Build both, time both."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--questions", type=int, default=20)
    options = parser.parse_args()
    random = np.random.default_rng(SEED)
    # Words of a language are rare in proportion to their rank (Zipf).
    draws = random.zipf(1.2, (options.passages, LENGTH)) % WORDS
    texts = [[str(word) for word in passage] for passage in draws.tolist()]
    questions = [
        [str(w) for w in random.choice(draws.ravel(), QUESTION)] for _ in range(options.questions)
    ]
    lexical, model = Lexical.build(texts), bm25_class()(texts, k1=K1, b=B)
    largest = max(
        float(np.abs(lexical.score(question) - model.get_scores(question)).max())
        for question in questions[:3]
    )
    ours = [timed(lexical.score, question) for question in questions]
    theirs = [timed(model.get_scores, question) for question in questions]
    print(f"{options.passages:,} passages of {LENGTH} words, {QUESTION} words a question, medians:")
    print(
        f"rank_bm25 {1000 * median(theirs):.1f} ms, matrix {1000 * median(ours):.2f} ms, ", end=""
    )
    print(f"ratio {median(theirs) / median(ours):.0f}; largest difference {largest:.1e}")


def timed(score: Callable[[list[str]], object], question: list[str]) -> float:
    """Seconds that one question takes."""
    start = time.perf_counter()
    score(question)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
