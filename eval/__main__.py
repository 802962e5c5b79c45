"""`python -m eval`: the bundled questions, with the bundled thresholds, on the bundled index.

What is said on the command line goes to `qa eval` and wins over these defaults; sets that bring
their own corpus, and the commands of `qa eval`, get none of them.
"""

import sys
from pathlib import Path

from qa.surfaces.cli import main
from qa.surfaces.cli.evaluating import evaluate
from qa.surfaces.cli.parser import make_parser

HERE = Path(__file__).resolve().parent
DEFAULTS = {
    "questions": HERE / "questions" / "expo.jsonl",
    "thresholds": HERE / "thresholds.toml",
    "index": HERE.parent / "index",
}


def defaults(arguments: list[str]) -> list[str]:
    """What to add to these arguments of `qa eval`.

    >>> defaults(["--beir", "cranfield"]), defaults(["--corpus", "docs"])[::2]
    ([], ['--questions', '--thresholds'])
    """
    given = make_parser().parse_args(["eval", *arguments])
    if given.run is not evaluate or given.squad or given.beir:
        return []
    added = {name: path for name, path in DEFAULTS.items() if getattr(given, name) is None}
    if given.corpus:
        added.pop("index", None)
    return [text for name, path in added.items() for text in (f"--{name}", str(path))]


if __name__ == "__main__":
    raise SystemExit(main(["eval", *sys.argv[1:], *defaults(sys.argv[1:])]))
