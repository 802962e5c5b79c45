"""`python -m eval`: the bundled questions, with the bundled thresholds, on the bundled index.

What is added on the command line goes to `qa eval` and wins over these defaults.
"""

import sys
from pathlib import Path

from qa.surfaces.cli import main

HERE = Path(__file__).resolve().parent
DEFAULTS = {
    "--questions": HERE / "questions" / "expo.jsonl",
    "--thresholds": HERE / "thresholds.toml",
    "--index": HERE.parent / "index",
}

if __name__ == "__main__":
    options = [text for name, path in DEFAULTS.items() for text in (name, str(path))]
    raise SystemExit(main(["eval", *options, *sys.argv[1:]]))
