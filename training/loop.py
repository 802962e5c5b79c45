"""The training loop: warm-up, linear decay, checkpoints that it goes on from."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from training.batches import Item, order, tensors
from training.loss import pointing_loss
from training.network import is_halved


@dataclass(frozen=True, slots=True)
class Recipe:
    """All that decides the weights, besides data, base and versions."""

    epochs: int = 1
    learning_rate: float = 1e-4
    warm_up: float = 0.06
    batch: int = 32
    weight_decay: float = 0.01
    clip: float = 1.0
    max_tokens: int = 384
    loss: str = "window"
    seed: int = 0


def train(
    network: Any,
    items: Sequence[Item],
    recipe: Recipe,
    folder: Path,
    *,
    device: str,
    every: int,
    score: Callable[[], dict[str, float]],
    until: int | None = None,
) -> dict[str, float]:
    """Train `network` in place and return its last scores.

    The learning rate falls to nothing at the end, or at step `until` where that is sooner: the
    batches after it are left out. A stopped run may be given an end, or another one, later.

    Every `every` steps `folder/checkpoint.pt` is replaced; where there is one, training goes on
    from it. `folder/log.jsonl` gets a line of loss at each checkpoint, and of scores at each fifth
    of the way.
    """
    import torch

    batches = [
        batch
        for epoch in range(recipe.epochs)
        for batch in order(items, recipe.batch, recipe.seed + epoch)
    ]
    steps = len(batches)
    weights = [weight for weight in network.parameters() if weight.requires_grad]
    optimizer = torch.optim.AdamW(
        weights, lr=recipe.learning_rate, weight_decay=recipe.weight_decay, fused=True
    )
    last = steps if until is None else min(until, steps)
    warm = max(1, int(recipe.warm_up * last))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / warm, max(last - step, 0) / max(last - warm, 1))
    )
    done = _resume(folder, network, optimizer, schedule, steps)
    network.train()
    losses: list[float] = []
    scores: dict[str, float] = {}
    columns = (
        TextColumn("training"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(*columns) as bar:
        task = bar.add_task("", total=last, completed=done)
        for step in range(done, last):
            batch = [items[number] for number in batches[step]]
            loss = _loss(network, batch, recipe.loss, device)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(weights, recipe.clip)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad()
            losses.append(loss.item())
            bar.update(task, advance=1, description=f"loss {losses[-1]:.2f}")
            finished = step + 1
            if finished % every == 0 or finished == last:
                if finished == last or finished * 5 // steps > (finished - every) * 5 // steps:
                    network.eval()
                    scores = score()
                    network.train()
                _log(folder, finished, steps, losses, scores)
                losses = []
                _save(folder, network, optimizer, schedule, finished, steps)
    network.eval()
    return scores


def _loss(network: Any, batch: Sequence[Item], loss: str, device: str) -> Any:
    """How far the network is from the answers of a batch, start and end alike."""
    import torch

    ids, types, mask, starts, ends, groups = tensors(batch, device)
    with torch.autocast(device, torch.bfloat16, enabled=is_halved(device)):
        output = network(input_ids=ids, token_type_ids=types, attention_mask=mask)
    shut = (mask == 0) * -1e4
    start_loss, end_loss = (
        pointing_loss(logits.float() + shut, places, groups, loss)
        for logits, places in ((output.start_logits, starts), (output.end_logits, ends))
    )
    return (start_loss + end_loss) / 2


def _save(folder: Path, network: Any, optimizer: Any, schedule: Any, done: int, steps: int) -> None:
    import torch

    state = {
        "network": network.state_dict(),
        "optimizer": optimizer.state_dict(),
        "schedule": schedule.state_dict(),
        "done": done,
        "steps": steps,
    }
    partial = folder / "checkpoint.partial"
    torch.save(state, partial)
    os.replace(partial, folder / "checkpoint.pt")


def _resume(folder: Path, network: Any, optimizer: Any, schedule: Any, steps: int) -> int:
    """Load the last checkpoint, and return how many steps it has behind it."""
    import torch

    path = folder / "checkpoint.pt"
    if not path.exists():
        return 0
    state = torch.load(path, map_location="cpu", weights_only=True)
    if state["steps"] != steps:
        raise SystemExit(
            f"{path} belongs to a run of {state['steps']} steps, this one has {steps}: "
            "use the same arguments, or another --out"
        )
    network.load_state_dict(state["network"])
    optimizer.load_state_dict(state["optimizer"])
    schedule.load_state_dict(state["schedule"])
    return int(state["done"])


def _log(
    folder: Path, done: int, steps: int, losses: Sequence[float], scores: dict[str, float]
) -> None:
    line = {
        "step": done,
        "steps": steps,
        "seconds": round(time.time()),
        "loss": round(sum(losses) / len(losses), 4),
        **{name: round(value, 4) for name, value in scores.items()},
    }
    with (folder / "log.jsonl").open("a") as file:
        file.write(json.dumps(line) + "\n")
