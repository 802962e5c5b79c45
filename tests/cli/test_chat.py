"""`qa chat`: what goes wrong before the page is served."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.surfaces.web import server
from tests.cli.conftest import Cli
from tests.cli.test_usage import complained

pytestmark = pytest.mark.real


def test_an_address_that_cannot_be_had(cli: Cli, built: Path) -> None:
    with server.listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        for address in (["--port", port], ["--port", 70_000], ["--host", "a..b"]):
            done = cli("chat", "--index", built, *address)
            assert (done.code, done.out) == (2, "")
            complained(done.err)
