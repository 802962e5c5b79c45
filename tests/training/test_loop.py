"""The loop: it learns, and where it was stopped does not show in the weights; means of runs."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.training.tiny import save_tiny
from training.batches import Item
from training.loop import Recipe, train
from training.network import load_network

RECIPE = Recipe(epochs=2, learning_rate=3e-3, batch=8)
STEPS = 20
ANSWER = 2000  # the one token that answers


class StoppedError(Exception):
    """What stops a run in these tests."""


@pytest.fixture(scope="module", autouse=True)
def _one_thread() -> Iterator[None]:
    """So small a network gains nothing from two, and waits for them where the cores are busy."""
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_tiny(tmp_path_factory.mktemp("base"))


@pytest.fixture(scope="module")
def windows() -> list[Item]:
    """Short inputs of random words; where the answering token is, is the answer."""
    chooser = random.Random(0)
    made: list[Item] = []
    for _ in range(STEPS // RECIPE.epochs * RECIPE.batch):
        ids = [101, *(chooser.randrange(3000, 3100) for _ in range(chooser.randrange(6, 12))), 102]
        place = chooser.randrange(3, len(ids) - 1) if chooser.random() < 0.8 else 0
        if place:
            ids[place] = ANSWER
        made.append(Item(np.array(ids, np.int32), 3, place, place, len(made) // 2))
    return made


def run(
    base: Path,
    windows: list[Item],
    folder: Path,
    *,
    recipe: Recipe = RECIPE,
    score: Callable[[], dict[str, float]] = dict,
    every: int = 2,
    until: int | None = None,
) -> Any:
    folder.mkdir(exist_ok=True)
    network = load_network(base, device="cpu")
    train(network, windows, recipe, folder, device="cpu", every=every, score=score, until=until)
    return network


def log(folder: Path) -> list[dict[str, float]]:
    return [json.loads(line) for line in (folder / "log.jsonl").read_text().splitlines()]


def same(one: Any, other: Any) -> bool:
    import torch

    first, second = one.state_dict(), other.state_dict()
    return first.keys() == second.keys() and all(torch.equal(first[k], second[k]) for k in first)


@pytest.fixture(scope="module")
def whole(base: Path, windows: list[Item], tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The network of a run that nothing stopped, and the folder it wrote."""
    folder = tmp_path_factory.mktemp("whole")
    return run(base, windows, folder), folder


def test_the_loss_goes_down(whole: Any) -> None:
    lines = log(whole[1])
    assert [line["step"] for line in lines] == list(range(2, STEPS + 1, 2))
    assert lines[-1]["loss"] < 0.7 * lines[0]["loss"]


def test_word_vectors_stay_and_all_else_is_learned(base: Path, whole: Any) -> None:
    import torch

    before, after = load_network(base, device="cpu").state_dict(), whole[0].state_dict()
    stayed = {name for name in before if torch.equal(before[name], after[name])}
    assert stayed == {"bert.embeddings.word_embeddings.weight"}


def test_stopped_and_taken_up_again_gives_the_same_weights(
    base: Path, windows: list[Item], whole: Any, tmp_path: Path
) -> None:
    scored = []

    def stop_at_the_third_scoring() -> dict[str, float]:
        scored.append(1)
        if len(scored) == 3:
            raise StoppedError
        return {}

    # Scored at steps 4, 8 and 12: the last checkpoint is that of step 10, in the first epoch.
    with pytest.raises(StoppedError):
        run(base, windows, tmp_path, score=stop_at_the_third_scoring)
    assert log(tmp_path)[-1]["step"] == 10
    resumed = run(base, windows, tmp_path)
    assert same(resumed, whole[0])
    assert [line["loss"] for line in log(tmp_path)] == [line["loss"] for line in log(whole[1])]


def test_how_often_it_is_written_does_not_matter(
    base: Path, windows: list[Item], whole: Any, tmp_path: Path
) -> None:
    assert same(run(base, windows, tmp_path, every=7), whole[0])


def test_what_is_finished_is_not_trained_further(
    base: Path, windows: list[Item], whole: Any
) -> None:
    again = run(base, windows, whole[1])
    assert same(again, whole[0])
    assert len(log(whole[1])) == STEPS // 2


def test_another_seed_gives_other_weights(
    base: Path, windows: list[Item], whole: Any, tmp_path: Path
) -> None:
    other = Recipe(epochs=2, learning_rate=3e-3, batch=8, seed=1)
    assert not same(run(base, windows, tmp_path, recipe=other), whole[0])


def test_a_checkpoint_of_another_run_is_refused(
    base: Path, windows: list[Item], whole: Any
) -> None:
    with pytest.raises(SystemExit, match="use the same arguments, or another --out"):
        run(base, windows[:16], whole[1])


def test_scores_are_taken_at_each_fifth_of_the_way(
    base: Path, windows: list[Item], tmp_path: Path
) -> None:
    taken: list[float] = []

    def count() -> dict[str, float]:
        taken.append(len(taken) + 1.0)
        return {"f1": taken[-1]}

    run(base, windows, tmp_path, score=count)
    assert len(taken) == 5
    first = {line["f1"]: line["step"] for line in reversed(log(tmp_path)) if "f1" in line}
    assert [first[value] for value in taken] == [4, 8, 12, 16, 20]


def test_a_run_may_start_from_the_mean_of_two(base: Path, whole: Any, tmp_path: Path) -> None:
    import torch

    whole[0].save_pretrained(tmp_path)
    one, other = load_network(base, device="cpu"), whole[0]
    mean = load_network(base, tmp_path, device="cpu")
    assert same(load_network(base, base, device="cpu"), one)
    name = "qa_outputs.weight"
    middle = (one.state_dict()[name] + other.state_dict()[name]) / 2
    torch.testing.assert_close(mean.state_dict()[name], middle)
    assert not torch.equal(one.state_dict()[name], other.state_dict()[name])


def test_until_a_step_the_learning_rate_falls_to_nothing_there(
    base: Path, windows: list[Item], tmp_path: Path
) -> None:
    part = run(base, windows, tmp_path, until=6)
    assert [line["step"] for line in log(tmp_path)] == [2, 4, 6]
    assert {line["steps"] for line in log(tmp_path)} == {STEPS}
    assert learning_rate(tmp_path) == 0
    assert same(run(base, windows, tmp_path, until=6), part)


def test_an_end_that_is_set_later_counts_from_there_on(
    base: Path, windows: list[Item], whole: tuple[Any, Path], tmp_path: Path
) -> None:
    def stop() -> dict[str, float]:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(base, windows, tmp_path, score=stop)
    assert [line["loss"] for line in log(tmp_path)] == [log(whole[1])[0]["loss"]]
    early = run(base, windows, tmp_path, until=6)
    assert learning_rate(tmp_path) == 0
    assert not same(early, whole[0])


def learning_rate(folder: Path) -> float:
    import torch

    state = torch.load(folder / "checkpoint.pt", weights_only=True)
    return float(state["optimizer"]["param_groups"][0]["lr"])
