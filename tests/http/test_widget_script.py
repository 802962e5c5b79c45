"""The widget's script as it is served: small, cached, for every origin, and without any markup."""

from __future__ import annotations

import re

from starlette.testclient import TestClient

import qa
from qa.answerer import MAX_QUESTION
from tests.conftest import ROOT
from tests.http.conftest import serving
from tests.http.test_keys import KEY

SCRIPT = (ROOT / "qa/surfaces/http/widget.js").read_text("utf-8")
PAGE = (ROOT / "docs/widget.md").read_text("utf-8")


def test_it_is_served_as_it_is(client: TestClient) -> None:
    response = client.get("/widget.js")
    assert response.text == SCRIPT
    assert response.headers["content-type"] == "text/javascript; charset=utf-8"
    assert response.headers["cross-origin-resource-policy"] == "cross-origin"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert "max-age" in response.headers["cache-control"]
    tag = response.headers["etag"]
    for known in (tag, f"W/{tag}", f'"old", {tag}'):
        again = client.get("/widget.js", headers={"If-None-Match": known})
        assert (again.status_code, again.content) == (304, b"")
    assert client.get("/widget.js", headers={"If-None-Match": '"old"'}).status_code == 200


def test_it_needs_no_key(bot: qa.Bot) -> None:
    with serving(bot, keys=(KEY,)) as client:
        assert client.get("/widget.js").status_code == 200


def test_it_is_small() -> None:
    assert len(SCRIPT.encode()) < 15_000


def test_it_sends_no_more_than_the_service_takes() -> None:
    assert f"maxlength: {MAX_QUESTION}," in SCRIPT


def test_it_reads_no_markup_and_keeps_nothing() -> None:
    forbidden = r"innerHTML|outerHTML|insertAdjacent|document\.write|eval\(|Function\(|srcdoc"
    assert not re.search(forbidden + r"|cookie|localStorage|sessionStorage|\.style\b", SCRIPT)
    assert re.findall(r"https?://[^\s/\"']+", SCRIPT) == ["https://answers.example"]


def test_every_word_of_it_is_documented_as_it_is() -> None:
    words = dict(re.findall(r'^    (\w+): "(.*)",$', SCRIPT, re.MULTILINE))
    assert len(words) > 15
    listed = dict(re.findall(r"^\| `data-([a-z]+)` \| (.*) \|$", PAGE, re.MULTILINE))
    assert listed == words


def test_every_property_of_it_is_documented() -> None:
    used = set(re.findall(r"var\((--footnote-[a-z-]+)", SCRIPT))
    assert used == set(re.findall(r"`(--footnote-[a-z-]+)`", PAGE))
