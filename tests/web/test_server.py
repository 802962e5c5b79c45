"""The port: taken ones are told plainly, and what is sent keeps the page to itself."""

from __future__ import annotations

import json
import time
from pathlib import Path
from threading import Thread
from typing import Any, cast
from urllib.error import HTTPError
from urllib.request import HTTPCookieProcessor, Request, build_opener, urlopen

import pytest

from qa import Bot
from qa.errors import InputError
from qa.surfaces.web import server
from qa.surfaces.web.access import Users
from qa.surfaces.web.collections import Collections
from qa.surfaces.web.options import Options
from qa.surfaces.web.page import UPLOADS, application, build_page
from qa.surfaces.web.serve import opened, serve
from tests.web.fakes import fake_bot


def test_a_taken_port_is_an_error_that_says_what_to_do() -> None:
    with server.listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(InputError, match=f"port {port}: another program listens") as error:
            serve(cast(Bot, fake_bot()), Options(port=port))
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


@pytest.mark.parametrize(
    ("host", "everyone", "writable"),
    [("127.0.0.1", True, True), ("0.0.0.0", True, False), ("0.0.0.0", False, True)],
)
def test_what_everyone_reaches_is_read_only_and_that_is_said(
    host: str,
    everyone: bool,
    writable: bool,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with server.listen(host, 0) as listener:
        bot, options = cast(Bot, fake_bot()), Options(data=tmp_path)
        collections = opened(bot, options, everyone=everyone, listener=listener)
    assert collections.writable == writable
    said = capsys.readouterr().err
    assert said.startswith("warning: http://0.0.0.0:") == (not writable)
    assert ("--auth-file" in said) == (not writable)


def test_users_log_in_before_they_see_anything(tmp_path: Path) -> None:
    (tmp_path / "users.txt").write_text("ann:secret\n", "utf-8")
    page = build_page(Collections(None, bundled=cast(Bot, fake_bot())))
    listener = server.listen("127.0.0.1", 0)
    served = application(page, users=Users(tmp_path / "users.txt"))
    Thread(target=server.run, args=(served, listener), daemon=True).start()
    home = server.address(listener)
    visitor = build_opener(HTTPCookieProcessor())
    with pytest.raises(HTTPError, match="401"):
        visitor.open(f"{home}/config")
    with pytest.raises(HTTPError, match="400"):
        visitor.open(f"{home}/login", b"username=ann&password=guess")
    visitor.open(f"{home}/login", b"username=ann&password=secret").close()
    with visitor.open(f"{home}/config") as response:
        assert b"Your question" in response.read()


def send_file(home: str, name: str, content: bytes) -> list[str]:
    """Send a file as the page's script does; gives where the server has put it."""
    body = (
        f'--cut\r\ncontent-disposition: form-data; name="files"; filename="{name}"\r\n'
        "content-type: text/plain\r\n\r\n"
    ).encode()
    headers = {"content-type": "multipart/form-data; boundary=cut"}
    request = Request(f"{home}/gradio_api/upload", body + content + b"\r\n--cut--\r\n", headers)
    with urlopen(request) as response:
        paths: list[str] = json.load(response)
    return paths


def served(**options: Any) -> str:
    """Where a page is: `page`, or one of the fake bot; the other options are its application's."""
    page = options.pop("page", None) or build_page(Collections(None, bundled=cast(Bot, fake_bot())))
    listener = server.listen("127.0.0.1", 0)
    arguments = (application(page, **options), listener)
    Thread(target=server.run, args=arguments, daemon=True).start()
    return server.address(listener)


def test_where_nothing_can_be_added_no_file_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path))
    with pytest.raises(HTTPError, match="403"):
        send_file(served(), "a.txt", b"Robots danced.")
    assert list(tmp_path.rglob("*")) == []
    (path,) = send_file(served(max_file_bytes=100), "a.txt", b"Robots danced.")
    assert Path(path).is_relative_to(tmp_path)
    with pytest.raises(HTTPError, match="413"):
        send_file(served(max_file_bytes=100), "a.txt", b"x" * 101)


def test_files_that_nobody_fetches_do_not_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path))
    page = build_page(Collections(None, bundled=cast(Bot, fake_bot())))
    assert page.delete_cache == UPLOADS
    page.delete_cache = (1, 1)
    (path,) = send_file(served(page=page, max_file_bytes=100), "a.txt", b"Robots danced.")
    for _ in range(300):
        if not Path(path).exists():
            return
        time.sleep(0.1)
    raise AssertionError("the file is still there")
