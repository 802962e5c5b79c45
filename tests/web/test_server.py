"""The port: taken ones are told plainly, and what is sent keeps the page to itself."""

from __future__ import annotations

from urllib.request import urlopen

import pytest

from qa.errors import InputError
from qa.surfaces.web import server
from qa.surfaces.web.page import serve
from tests.web.fakes import fake_bot


def test_a_taken_port_is_an_error_that_says_what_to_do() -> None:
    with server.listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(InputError, match=f"port {port}: another program listens") as error:
            serve(fake_bot(), port=port)
    assert "--port" in error.value.hint


@pytest.mark.parametrize(("host", "port"), [("127.0.0.1", 70_000), ("not a host", 0)])
def test_an_impossible_address_is_an_error(host: str, port: int) -> None:
    with pytest.raises(InputError, match="cannot listen on"):
        server.listen(host, port)


def test_the_browser_is_told_to_keep_to_this_server(url: str) -> None:
    with urlopen(url) as response:
        headers = response.headers
    assert "default-src 'self'" in headers["content-security-policy"]
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"


def test_question_answering_is_no_public_endpoint(url: str) -> None:
    with urlopen(f"{url}/gradio_api/info") as response:
        assert response.read() == b'{"named_endpoints":{},"unnamed_endpoints":{}}'
