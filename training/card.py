"""Write the model card of a training run: `python -m training.card --help`.

    python -m training.card RUN_DIR ... --source train.json.gz=squad --measured JSON --out CARD.md

Runs are named in their order; a file of `training/articles/` needs no --source. All that can differ
is taken from what the runs and the measuring commands wrote: `run.json`, `log.jsonl` and the files
named by --measured.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

from training.card_text import (
    AGAIN,
    CALIBRATION,
    CARD,
    MEANS,
    OTHER_START,
    RESTORED,
    RUN,
    SOURCES,
    START,
    STOPPED,
)
from training.loss import LOSSES

ARTICLES = Path(__file__).with_name("articles")


def main(arguments: Sequence[str] | None = None) -> None:
    """Read, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument(
        "runs", type=Path, nargs="+", metavar="RUN_DIR", help="what `training.train` wrote"
    )
    parser.add_argument(
        "--source",
        action="append",
        default=[],
        metavar="FILE=NAME",
        help=f"which data set a training file is, of {', '.join(SOURCES)}; once for each file",
    )
    parser.add_argument(
        "--mean", nargs="+", default=[], metavar="NAME", help="whose mean was exported, if several"
    )
    parser.add_argument(
        "--again", action="store_true", help="it was bundled, read back and exported once more"
    )
    parser.add_argument("--measured", type=Path, nargs="*", default=[], help="JSON of measurements")
    parser.add_argument("--out", type=Path, required=True, help="the Markdown file to write")
    options = parser.parse_args(arguments)
    runs = [
        (json.loads((run / "run.json").read_text(encoding="utf-8")), read_log(run / "log.jsonl"))
        for run in options.runs
    ]
    own = {path.name: "written" for path in ARTICLES.glob("*.json")}
    sources = own | dict(pair.rpartition("=")[::2] for pair in options.source)
    for file in (file for record, _ in runs for file in record["examples"]):
        if sources.get(file, file) not in SOURCES:
            parser.error(f"say what {file!r} is: --source '{file}=NAME', of {', '.join(SOURCES)}")
    measured = [
        (path.stem, json.loads(path.read_text(encoding="utf-8"))) for path in options.measured
    ]
    text = card(runs, sources, measured, options.mean, again=options.again)
    options.out.write_text(text, encoding="utf-8")


Log = Sequence[Mapping[str, float]]


def card(
    runs: Sequence[tuple[Mapping[str, Any], Log]],
    sources: Mapping[str, str],
    measured: Sequence[tuple[str, object]],
    mean: Sequence[str] = (),
    *,
    again: bool = False,
) -> str:
    """The card as Markdown.

    `runs` are pairs of `run.json` and the log, `measured` of a title and what a command wrote.
    `mean`: the networks whose weights were averaged; without any, the last run's were taken.
    `again`: the result was bundled, read back and exported once more.
    """
    tables = [
        f"### {title}\n\n" + table(("measure", "value"), list(figures(content)))
        for title, content in ((_title(stem, content), content) for stem, content in measured)
    ]
    base = _base(runs[0][0])
    return CARD.format(
        start=START.get(base, OTHER_START.format(base=base)),
        means=_means(mean) + (AGAIN if again else ""),
        runs="\n\n".join(_run(run, log, sources) for run, log in runs),
        calibration=CALIBRATION,
        measured="\n\n".join(tables) or "Nothing was measured yet.",
    )


def _means(names: Sequence[str]) -> str:
    if not names:
        return ""
    told = MEANS.format(names=" and ".join(f"`{name}`" for name in names))
    return told + (RESTORED if "restored" in names else "")


def _base(run: Mapping[str, Any]) -> str:
    return " and ".join(run["base"])


def _run(run: Mapping[str, Any], log: Log, sources: Mapping[str, str]) -> str:
    counts: Counter[str] = Counter()
    for name, count in run["examples"].items():
        counts[sources.get(name, name)] += count
    data = [(*SOURCES[source], f"{count:,}") for source, count in counts.items()]
    shares = {sources.get(name, name): f"{share:.0%}" for name, share in run["share"].items()}
    recipe = {
        "started from": _base(run) or "the base model",
        **{name.replace("_", " "): value for name, value in run["recipe"].items()},
        "loss": LOSSES[run["recipe"]["loss"]],
        "taken of questions without retrieved negatives": ", ".join(
            f"{share} ({source})" for source, share in shares.items()
        ),
    }
    versions = {"Python": run["python"], **run["versions"]}
    return RUN.format(
        name=run["name"],
        data=table(("data", "what", "licence", "examples"), data),
        windows=f"{run['windows']:,}",
        recipe=table(("setting", "value"), list(recipe.items())),
        device=f"{run['device']}, {run['precision']}",
        duration=_duration(log),
        stopped=STOPPED.format(**log[-1]) if log and log[-1]["step"] < log[-1]["steps"] else "",
        versions=", ".join(f"{name} {version}" for name, version in versions.items()),
        log=_log_table(log),
        dev=run["dev"]["file"],
        dev_questions=f"{run['dev']['questions']:,}",
    )


def read_log(path: Path) -> list[dict[str, float]]:
    """The lines of a run, by step; of a step that was done twice, the last one."""
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [line for _, line in sorted({line["step"]: line for line in lines}.items())]


def figures(content: object, name: str = "") -> Iterator[tuple[str, str]]:
    """Every number and word of a JSON value, with the names that lead to it.

    >>> list(figures({"spans": [{"name": "all", "f1": 0.83125}]}))
    [('spans, all, f1', '0.8313')]
    """
    if isinstance(content, Mapping):
        named = content.get("name")
        above = ", ".join(part for part in (name, named) if isinstance(part, str) and part)
        for key, value in content.items():
            if key not in ("name", "title"):
                yield from figures(value, f"{above}, {key}" if above else key)
    elif isinstance(content, list):
        for value in content:
            yield from figures(value, name)
    elif content is not None:
        yield name, f"{content:.4g}" if isinstance(content, float) else str(content)


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A Markdown table.

    >>> print(table(("a", "b"), [(1, "x|y")]))
    | a | b |
    |---|---|
    | 1 | x\\|y |
    """
    lines = [[str(cell).replace("|", "\\|") for cell in line] for line in (head, *rows)]
    shown = ["| " + " | ".join(line) + " |" for line in lines]
    return "\n".join([shown[0], "|" + "---|" * len(head), *shown[1:]])


def _title(stem: str, content: object) -> str:
    title = content.get("title") if isinstance(content, Mapping) else None
    return title if isinstance(title, str) else stem


def _log_table(log: Log) -> str:
    """A row each time the network was scored, with the mean loss since the row before."""
    rows: list[list[str]] = []
    losses: list[float] = []
    before: dict[str, float | None] = {}
    for line in log:
        losses.append(line["loss"])
        scores = {name: line.get(name) for name in ("exact_match", "f1", "told_apart")}
        is_new = scores != before and scores["f1"] is not None
        if is_new or line is log[-1]:
            share = f"{100 * line['step'] / line['steps']:.0f}%"
            shown = ["" if value is None else f"{value:.3f}" for value in scores.values()]
            rows.append([f"{line['step']:.0f} ({share})", f"{_mean(losses):.3f}", *shown])
            losses, before = [], scores
    return table(("step", "mean loss", "exact match", "F1", "told apart"), rows)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _duration(log: Log) -> str:
    """From the median time of a step: a run that was stopped for a night took no night."""
    paces = [(b["seconds"] - a["seconds"]) / (b["step"] - a["step"]) for a, b in pairwise(log)]
    return f"about {median(paces) * log[-1]['step'] / 60:.0f} minutes" if paces else "a moment"


if __name__ == "__main__":
    main()
