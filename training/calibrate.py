"""Fit what turns logits into an honest confidence: `python -m training.calibrate --help`.

    python -m training.calibrate SQUAD.json[.gz] training/articles --work DIR --model FOLDER

Of each corpus, a file or a folder of them, questions about the articles that training held aside
are asked through retrieval over that corpus, from which a third of their paragraphs were removed.
A third of the questions fits the weight and the probability, the others choose the threshold and
are reported. Writes FOLDER/reader.json.
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qa.confidence import Constants, joint_odds
from qa.evaluation.abstention import calibration_error, risk_bound
from qa.reader import SpanReader
from training.candidates import (
    RIGHT,
    SIGNS,
    Candidates,
    ask,
    load_candidates,
    load_corpus,
    save_candidates,
)

# The confidence in each question's answer, and whether it is right.
Judged = tuple[NDArray[np.float64], NDArray[np.bool_]]

RISK = 0.10
# Fewer answers than this say too little: no threshold is set from them.
LEAST = 100
# One question in so many fits the weights: there are five of them, and the threshold needs more.
FITTING = 3


def main() -> None:
    """Ask, fit, write, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument(
        "corpora", type=Path, nargs="+", help="SQuAD training files, or folders of such files"
    )
    parser.add_argument("--work", type=Path, required=True, help="where the indexes are kept")
    parser.add_argument("--model", type=Path, required=True, help="the reader's folder")
    parser.add_argument(
        "--questions", type=int, default=3000, help="how many of each corpus are asked (3000)"
    )
    parser.add_argument(
        "--candidates", type=Path, help="folder to keep what was found in, to fit again"
    )
    options = parser.parse_args()
    if len({_name(path) for path in options.corpora}) < len(options.corpora):
        parser.error("two of the corpora have the same name, and would share one index")
    neutral = Constants(1, coverage=0, bias=0, slope=1, shift=0, threshold=0.5)
    reader = SpanReader(options.model, constants=neutral)
    found: dict[str, list[Candidates]] = {}
    for path in options.corpora:
        kept = options.candidates / f"{_name(path)}.jsonl" if options.candidates else None
        if kept is not None and kept.exists():
            found[path.name] = load_candidates(kept)
            continue
        work = options.work / _name(path)
        found[path.name] = ask(load_corpus(path), work, reader, options.questions)
        if kept is not None:
            save_candidates(kept, found[path.name])
    record = fit(found)
    path = options.model / "reader.json"
    path.write_text(json.dumps(record, indent=2) + "\n")
    print(path.read_text())


def _name(path: Path) -> str:
    return path.name.partition(".")[0]


def fit(found: Mapping[str, Sequence[Candidates]]) -> dict[str, object]:
    """The content of `reader.json`, from what was found in each corpus.

    How it would have gone with the logits alone is reported beside it.
    """
    fitting = [one for of_one in found.values() for one in of_one[::FITTING]]
    reporting = {name: _without_every(of_one, FITTING) for name, of_one in found.items()}
    constants, judged = _fitted(fitting, reporting)
    alone, judged_alone = _fitted(*_by_logits(fitting, reporting))
    threshold = constants["threshold"]
    return {
        "constants": constants,
        "provenance": {
            "fitted_by": "python -m training.calibrate",
            "questions": "about articles that training held aside, asked through retrieval over "
            "the other articles of their corpus; a third of the asked paragraphs removed",
            "fitted_on": len(fitting),
            "right_is": f"token F1 of at least {RIGHT}",
            "risk": RISK,
            "threshold_chosen_on": _report(*_together(judged), threshold),
            "of_these": {name: _report(*pair, threshold) for name, pair in judged.items()},
            "by_logits_alone": _report(*_together(judged_alone), alone["threshold"]),
        },
    }


def _fitted(
    fitting: Sequence[Candidates], reporting: Mapping[str, Sequence[Candidates]]
) -> tuple[dict[str, float], dict[str, Judged]]:
    """The constants, and of each corpus' other questions the confidence and what is right."""
    weights, bias = joint_weights(fitting)
    slope, shift = platt(*best(fitting, weights, bias))
    judged = {}
    for name, of_one in reporting.items():
        odds, right = best(of_one, weights, bias)
        judged[name] = 1 / (1 + np.exp(-(slope * odds + shift))), right
    confidence, right = _together(judged)
    numbers = dict(zip(SIGNS, weights.tolist(), strict=False))
    numbers |= {"bias": bias, "slope": slope, "shift": shift}
    constants = {name: round(number, 4) for name, number in numbers.items()}
    return {**constants, "threshold": lowest_threshold(confidence, ~right)}, judged


def _by_logits(
    fitting: Sequence[Candidates], reporting: Mapping[str, Sequence[Candidates]]
) -> tuple[list[Candidates], dict[str, list[Candidates]]]:
    """The same with no other sign than the logits."""

    def cut(found: Sequence[Candidates]) -> list[Candidates]:
        return [replace(one, signs=one.signs[:, :1]) for one in found]

    return cut(fitting), {name: cut(of_one) for name, of_one in reporting.items()}


def _together(judged: Mapping[str, Judged]) -> Judged:
    """The questions of all corpora as those of one."""
    confidence, right = zip(*judged.values(), strict=True)
    return np.concatenate(confidence), np.concatenate(right)


def _without_every(found: Sequence[Candidates], nth: int) -> list[Candidates]:
    return [one for number, one in enumerate(found) if number % nth]


def _report(
    confidence: NDArray[np.float64], right: NDArray[np.bool_], threshold: float
) -> dict[str, float]:
    """How answering from `threshold` on went."""
    answered = confidence >= threshold
    wrong = int((answered & ~right).sum())
    return {
        "asked": len(right),
        "answered": int(answered.sum()),
        "wrong_among_answered": wrong,
        "wrong_bound_95": round(risk_bound(wrong, int(answered.sum())), 4),
        "right_when_always_answering": round(float(right.mean()), 4),
        "expected_calibration_error": round(
            calibration_error(confidence.tolist(), right.tolist()), 4
        ),
    }


def joint_weights(
    found: Sequence[Candidates], steps: int = 400
) -> tuple[NDArray[np.float64], float]:
    """Weights (signs,) and bias under which right spans win the softmax over all and "no answer".

    The loss is the negative log of the probability of the right spans together, or of "no answer"
    where none is right (Clark & Gardner, 2018, "shared normalisation").
    """
    import torch

    count = found[0].signs.shape[1]
    weights = torch.zeros(count, dtype=torch.float64)
    weights[0] = 1
    weights.requires_grad_()
    bias = torch.zeros(1, dtype=torch.float64, requires_grad=True)
    most = max(len(one.f1) for one in found)
    signs = torch.zeros(len(found), most, count, dtype=torch.float64)
    there = torch.zeros(len(found), most, dtype=torch.bool)
    right = torch.zeros(len(found), most + 1, dtype=torch.bool)
    for row, one in enumerate(found):
        spans = len(one.f1)
        signs[row, :spans] = torch.from_numpy(one.signs)
        there[row, :spans] = True
        right[row, :spans] = torch.from_numpy(one.f1 >= RIGHT)
        right[row, most] = not bool((one.f1 >= RIGHT).any())
    optimizer = torch.optim.LBFGS([weights, bias], max_iter=steps, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        scores = (signs @ weights + bias).masked_fill(~there, -math.inf)
        scores = torch.cat([scores, torch.zeros(len(found), 1, dtype=torch.float64)], dim=1)
        won = torch.logsumexp(scores.masked_fill(~right, -math.inf), dim=1)
        value = (torch.logsumexp(scores, dim=1) - won).mean()
        value.backward()  # type: ignore[no-untyped-call]
        return value

    optimizer.step(loss)  # type: ignore[no-untyped-call]
    return weights.detach().numpy(), float(bias.detach())


def best(
    found: Sequence[Candidates], weights: NDArray[np.float64], bias: float
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """The joint log-odds of each question's best span, and whether it is right."""
    odds, right = [], []
    for one in found:
        scores = one.signs @ weights + bias
        order = np.argsort(-scores, kind="stable")
        odds.append(joint_odds(scores[order].tolist(), [one.texts[n] for n in order]))
        right.append(one.f1[order[0]] >= RIGHT)
    return np.array(odds), np.array(right)


def platt(odds: NDArray[np.float64], right: NDArray[np.bool_]) -> tuple[float, float]:
    """Slope and shift of the probability that an answer of these odds is right (Platt, 1999)."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=1e6).fit(odds[:, None], right)
    return float(model.coef_[0][0]), float(model.intercept_[0])


def lowest_threshold(confidence: NDArray[np.float64], wrong: NDArray[np.bool_]) -> float:
    """The lowest threshold, in hundredths, that keeps the bound on wrong answers, and all above it.

    The bound is one-sided, at 95% (Clopper & Pearson, 1934). Thresholds are tried from the top and
    the first one that fails ends the search, so that one test at 95% is all that is needed.
    """
    lowest = 1.0
    for hundredths in range(99, 0, -1):
        answered = confidence >= hundredths / 100
        if answered.sum() < LEAST:
            continue
        if risk_bound(int((answered & wrong).sum()), int(answered.sum())) > RISK:
            break
        lowest = hundredths / 100
    return lowest


if __name__ == "__main__":
    main()
