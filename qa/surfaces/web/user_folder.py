"""Where a user's own articles are kept when no other folder is named."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def user_data_folder() -> Path:
    """The user's data folder as the platform has it, with ours in it; nothing is made.

    Linux and others: $XDG_DATA_HOME or ~/.local/share; macOS: ~/Library/Application Support;
    Windows: %LOCALAPPDATA%.

    >>> user_data_folder().name
    'footnote-qa'
    """
    if sys.platform == "win32":
        named, usual = os.environ.get("LOCALAPPDATA"), Path("~/AppData/Local")
    elif sys.platform == "darwin":
        named, usual = None, Path("~/Library/Application Support")
    else:
        # The standard says to ignore a path that is not absolute.
        named, usual = os.environ.get("XDG_DATA_HOME"), Path("~/.local/share")
    base = Path(named) if named and Path(named).is_absolute() else usual.expanduser()
    return base / "footnote-qa"
