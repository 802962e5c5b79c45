"""`python -m tests.http.served`: the service in a process of its own, with a bot that is slow."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence

from qa.surfaces.http import Options
from qa.surfaces.http.server import serve
from qa.types import Hit, Span
from tests.http.conftest import bot_of
from tests.http.readers import UnloadableReader
from tests.readers import OverlapReader


class SlowReader(OverlapReader):
    """Takes as many seconds as the question says."""

    def read(self, question: str, hits: Sequence[Hit]) -> list[Span]:
        time.sleep(float(question.split()[-1]) if question != "warm" else 0)
        return super().read(question, hits)


if __name__ == "__main__":
    reader = UnloadableReader() if "unloadable" in sys.argv else SlowReader()
    options = Options(
        root_path="/answers" if "proxied" in sys.argv else "",
        hosts=("answers.example",) if "named" in sys.argv else (),
    )
    serve(bot_of(reader), options, port=0, grace_seconds=2 if "hasty" in sys.argv else 30)
    print("ended in order", flush=True)
