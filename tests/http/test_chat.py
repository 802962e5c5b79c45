"""`--with-chat`: the page is there, below a path of its own, and the API as without it."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

import qa
from qa.surfaces.http import Options, application
from tests.http.conftest import SIGNED, serving, wait_until_ready


@pytest.mark.slow
@pytest.mark.parametrize("root_path", ["", "/answers"])
def test_the_page_is_below_its_path(bot: qa.Bot, root_path: str) -> None:
    app = application(bot, Options(with_chat=True))
    with TestClient(app, root_path=root_path, base_url=f"http://testserver{root_path}") as client:
        wait_until_ready(client)
        moved = client.get("/chat", follow_redirects=False)
        assert (moved.status_code, moved.headers["location"]) == (307, f"{root_path}/chat/")
        page = client.get("/chat/")
        assert page.status_code == 200
        assert "default-src 'self'" in page.headers["content-security-policy"]
        assert page.headers["x-content-type-options"] == "nosniff"
        assert f'"root":"http://testserver{root_path}/chat"' in page.text
        script = re.search(r'src="(\./assets/[^"]+\.js)"', page.text)
        assert script is not None
        assert client.get(f"/chat/{script[1]}").status_code == 200
        assert client.post("/v1/ask", json={"question": SIGNED}).status_code == 200
        counted = set(re.findall(r'route="([^"]*)"', client.get("/metrics").text))
        assert {each for each in counted if "chat" in each or "asset" in each} == {"/chat"}


def test_without_it_there_is_no_page(bot: qa.Bot) -> None:
    with serving(bot) as client:
        assert client.get("/chat").status_code == client.get("/chat/").status_code == 404
