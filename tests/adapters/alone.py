"""Each adapter where its framework is the only one: `python -m tests.adapters.alone [NAME ...]`.

Makes an environment for each below build/adapters/, of what is installed here: the package's
dependencies, one extra, and pytest. Runs the adapter's examples, its tests and its page there.
"""

from __future__ import annotations

import shutil
import sys
import tomllib

from packaging.requirements import Requirement

from tests.conftest import ROOT
from tests.environments import Environment

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
# From an extra to what it is imported as.
FRAMEWORKS = {"haystack": "haystack", "langchain": "langchain_core", "llamaindex": "llama_index"}
RUNNING_TESTS = ("hypothesis", "packaging", "pytest")


def run_alone(extra: str) -> int:
    """The exit status of the tests of one adapter, in an environment of its own."""
    folder = ROOT / "build" / "adapters" / extra
    shutil.rmtree(folder, ignore_errors=True)
    lines = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"][extra]]
    needed = [Requirement(line).name for line in lines]
    environment = Environment(folder, [*needed, *RUNNING_TESTS])
    for other in FRAMEWORKS.values():
        imported = environment.run("python", "-c", f"import {other}", folder=folder)
        if (imported.returncode == 0) != (other == FRAMEWORKS[extra]):
            raise SystemExit(f"{extra}: {other} should be there alone\n{imported.stderr}")
    tested = [f"qa/adapters/{name}.py" for name in ("passages", extra)]
    tested += [f"tests/adapters/test_{name}.py" for name in ("passages", extra)]
    done = environment.run("python", "-m", "pytest", "-q", *tested, folder=ROOT)
    print(f"{extra}:\n{done.stdout}{done.stderr}", flush=True)
    return done.returncode


if __name__ == "__main__":
    statuses = [run_alone(extra) for extra in sys.argv[1:] or FRAMEWORKS]
    sys.exit(max(statuses))
