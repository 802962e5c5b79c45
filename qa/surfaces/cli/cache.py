"""Where the indexes are kept that `qa eval` builds of a corpus."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path

from qa.surfaces.user_folders import cache_folder


def index_folder(sources: Sequence[Path]) -> Path:
    """Where the index of these files or folders is kept.

    There is one for each place that articles come from. Building there again encodes only what
    changed, and writes nothing where nothing did.
    """
    places = [str(source.resolve()) for source in sources]
    digest = hashlib.sha256("\0".join(places).encode(errors="surrogateescape")).hexdigest()[:16]
    name = re.sub(r"[^\w.-]+", "-", sources[0].resolve().name, flags=re.ASCII)[:40]
    return cache_folder() / "indexes" / f"{name or 'corpus'}-{digest}"
