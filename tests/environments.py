"""Fresh environments made of what is installed here, so that nothing is fetched."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from collections.abc import Iterable
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement


class Environment:
    """A virtual environment in `folder`, with the distributions that `needed` lists, by name.

    What those need comes along, as pip would bring it; nothing else is there.
    """

    def __init__(self, folder: Path, needed: Iterable[str]) -> None:
        venv.create(folder, with_pip=False)
        self.bin = folder / ("Scripts" if os.name == "nt" else "bin")
        libraries = folder / "libraries"
        libraries.mkdir()
        for found in closure(needed):
            link(found, libraries)
        # A path, not a place of .pth files: an editable install in it stays out.
        (self._site() / "libraries.pth").write_text(f"{libraries}\n", "utf-8")

    def install(self, wheel: Path) -> None:
        """Install a wheel, and nothing that it needs."""
        pip = [sys.executable, "-m", "pip", "--python", str(self.bin / "python")]
        options = ["--quiet", "--no-deps", "--no-index", "--disable-pip-version-check"]
        subprocess.run([*pip, "install", *options, str(wheel)], check=True)

    def run(
        self, command: str, *arguments: str | Path, folder: Path
    ) -> subprocess.CompletedProcess[str]:
        """Run a command of this environment in `folder`; its output is text."""
        inherited = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "VIRTUAL"))}
        return subprocess.run(
            [str(self.bin / command), *map(str, arguments)],
            cwd=folder,
            env=inherited | {"HF_HUB_OFFLINE": "1"},
            capture_output=True,
            text=True,
            check=False,
        )

    def _site(self) -> Path:
        program = "import sysconfig; print(sysconfig.get_path('purelib'))"
        command = [str(self.bin / "python"), "-c", program]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        return Path(done.stdout.strip())


def closure(names: Iterable[str]) -> list[Distribution]:
    """The installed distributions of these names, and all that they need on this machine."""
    found: dict[str, Distribution] = {}
    waiting = [(name, frozenset({""})) for name in names]
    seen = set()
    while waiting:
        name, extras = waiting.pop()
        if (name, extras) in seen:
            continue
        seen.add((name, extras))
        try:
            one = distribution(name)
        except PackageNotFoundError:
            # Not needed here after all, or the import that misses it will say so.
            continue
        found[one.name.lower()] = one
        for line in one.requires or ():
            needed = Requirement(line)
            if needed.marker is None or any(needed.marker.evaluate({"extra": e}) for e in extras):
                waiting.append((needed.name, frozenset({"", *needed.extras})))
    return [found[name] for name in sorted(found)]


def link(found: Distribution, folder: Path) -> None:
    """Link what a distribution has installed into `folder`."""
    for file in found.files or ():
        top = file.parts[0]
        if top not in ("..", "__pycache__"):
            target = folder / top
            if not target.exists():
                target.symlink_to(Path(str(found.locate_file(top))))
