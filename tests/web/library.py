"""Collections that need no model, and files to put into them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qa.surfaces.web.collections import Collections
from tests.fakes import WordEncoder
from tests.readers import OverlapReader

EXPO = "# Expo\n\nThe 2019 expo signed 530 projects. Robots danced on the stage.\n"
PARK = "The park of Lijia\n\nIt opened in 2018. Drones fly there every evening.\n"


def collections_in(data: Path | None, **options: Any) -> Collections:
    """Collections below `data`, with an encoder that counts words."""
    options = {"encoder": WordEncoder(), "reader": OverlapReader(), **options}
    return Collections(data, **options)


def written(folder: Path, **files: str | bytes) -> list[Path]:
    """Files in `folder`; in their names `__` stands for the dot."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, content in files.items():
        path = folder / name.replace("__", ".")
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        paths.append(path)
    return paths
