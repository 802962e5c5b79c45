"""The folders that the platform keeps for a user's data and for what can be made again."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def data_folder() -> Path:
    """Where a user's own articles are kept when no other folder is named; nothing is made.

    Linux and others: $XDG_DATA_HOME or ~/.local/share; macOS: ~/Library/Application Support;
    Windows: %LOCALAPPDATA%.

    >>> data_folder().name
    'footnote-qa'
    """
    return _folder("XDG_DATA_HOME", ".local/share", "Application Support")


def cache_folder() -> Path:
    """Where what can be made again is kept; nothing is made.

    Linux and others: $XDG_CACHE_HOME or ~/.cache; macOS: ~/Library/Caches; Windows: %LOCALAPPDATA%.

    >>> cache_folder().name
    'footnote-qa'
    """
    return _folder("XDG_CACHE_HOME", ".cache", "Caches")


def _folder(variable: str, usual: str, in_library: str) -> Path:
    if sys.platform == "win32":
        named, usual = os.environ.get("LOCALAPPDATA"), "AppData/Local"
    elif sys.platform == "darwin":
        named, usual = None, f"Library/{in_library}"
    else:
        # The standard says to ignore a path that is not absolute.
        named = os.environ.get(variable)
    base = Path(named) if named and Path(named).is_absolute() else Path("~", usual).expanduser()
    return base / "footnote-qa"
