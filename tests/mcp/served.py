"""Serves a bot that needs no model, as `qa mcp` would: `python -m tests.mcp.served [--http]`.

Its reader prints while it reads, as a careless library might.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import qa
from qa.surfaces.mcp.transports import over_http, over_stdio
from tests.http.conftest import bot_of
from tests.readers import OverlapReader

NOISE = "reading aloud"


class Noisy(OverlapReader):
    """Reads aloud."""

    def read(self, question: str, hits: Sequence[qa.Hit]) -> list[qa.Span]:
        print(NOISE, flush=True)
        os.write(1, f"{NOISE}\n".encode())
        return super().read(question, hits)


if __name__ == "__main__":
    if "--http" in sys.argv:
        over_http(bot_of(Noisy()), port=0)
    else:
        over_stdio(bot_of(Noisy()))
