"""Where what can be made again is kept: indexes that `qa eval` builds of a corpus."""

from __future__ import annotations

import hashlib
import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path


def cache_folder() -> Path:
    """The user's cache folder as the platform has it, with ours in it; nothing is made.

    Linux and others: $XDG_CACHE_HOME or ~/.cache; macOS: ~/Library/Caches; Windows: %LOCALAPPDATA%.
    """
    if sys.platform == "win32":
        named, usual = os.environ.get("LOCALAPPDATA"), Path("~/AppData/Local")
    elif sys.platform == "darwin":
        named, usual = None, Path("~/Library/Caches")
    else:
        # The standard says to ignore a path that is not absolute.
        named, usual = os.environ.get("XDG_CACHE_HOME"), Path("~/.cache")
    base = Path(named) if named and Path(named).is_absolute() else usual.expanduser()
    return base / "footnote-qa"


def index_folder(sources: Sequence[Path]) -> Path:
    """Where the index of these files or folders is kept.

    There is one for each place that articles come from. Building there again encodes only what
    changed, and writes nothing where nothing did.
    """
    places = [str(source.resolve()) for source in sources]
    digest = hashlib.sha256("\0".join(places).encode(errors="surrogateescape")).hexdigest()[:16]
    name = re.sub(r"[^\w.-]+", "-", sources[0].resolve().name, flags=re.ASCII)[:40]
    return cache_folder() / "indexes" / f"{name or 'corpus'}-{digest}"
