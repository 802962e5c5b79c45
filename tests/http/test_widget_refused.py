"""The widget where no answer comes: what it says, and that asking again is one key away."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Thread
from typing import cast

import httpx2
import pytest
from playwright.sync_api import Browser, Page, Route, expect

import qa
from qa.surfaces.http import Options
from tests.http.conftest import running
from tests.http.pages import SIGNED, SLOW, Site, ask, asked_bot, opened, site
from tests.http.test_keys import KEY
from tests.web.fakes import CRASH

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def pages() -> Iterator[Site]:
    with site() as pages:
        yield pages


@pytest.fixture
def window(browser: Browser) -> Iterator[Page]:
    with opened(browser) as page:
        yield page


def test_too_many_at_once_says_how_long_to_wait(window: Page, pages: Site) -> None:
    bot = asked_bot()
    options = Options(origins=(pages.origin,), places=1, line=0)
    with running(cast(qa.Bot, bot), options) as service:
        window.goto(pages.page(service))
        body = {"question": SLOW}
        other = Thread(target=httpx2.post, args=(f"{service}/v1/ask",), kwargs={"json": body})
        other.start()
        assert bot.entered.wait(10)
        shown = ask(window, SIGNED)
        expect(shown.locator(".said")).to_have_text(
            "Others are asking, too. Wait 1 s, then try again."
        )
        bot.leave.set()
        other.join()
        window.get_by_role("button", name="Try again").press("Enter")
        expect(shown.locator(".words")).to_have_text("530")
        expect(window.get_by_role("textbox")).to_be_focused()


def test_its_patience_has_an_end(window: Page, pages: Site) -> None:
    bot = asked_bot()
    with running(cast(qa.Bot, bot), Options(origins=(pages.origin,))) as service:
        window.clock.install()
        window.goto(pages.page(service))
        window.get_by_role("textbox").fill(SLOW)
        window.get_by_role("textbox").press("Enter")
        assert bot.entered.wait(10)
        window.clock.fast_forward(59_000)
        expect(window.locator(".working")).to_be_visible()
        window.clock.fast_forward(2_000)
        expect(window.locator(".said")).to_contain_text("This took too long.")
        bot.leave.set()


def test_a_service_with_keys_lets_no_page_ask(window: Page, pages: Site) -> None:
    bot = asked_bot()
    options = Options(origins=(pages.origin,), keys=(KEY,))
    with running(cast(qa.Bot, bot), options) as service:
        window.goto(pages.page(service))
        expect(ask(window, SIGNED)).to_contain_text("This page may not ask without a key.")
    assert bot.asked == []


def test_what_broke_is_told_by_the_number_that_the_log_knows(window: Page, pages: Site) -> None:
    with running(cast(qa.Bot, asked_bot()), Options(origins=(pages.origin,))) as service:
        window.goto(pages.page(service))
        with window.expect_response("**/v1/ask") as response:
            shown = ask(window, CRASH)
        number = response.value.headers["x-request-id"]
        expect(shown).to_contain_text(f"tell whoever runs this page: {number}")


def test_what_cannot_be_asked_is_told_in_the_words_of_the_service(
    window: Page, pages: Site
) -> None:
    with running(cast(qa.Bot, asked_bot()), Options(origins=(pages.origin,))) as service:
        window.goto(pages.page(service))
        window.evaluate(
            "document.querySelector('footnote-ask').shadowRoot.querySelector('input')"
            ".removeAttribute('maxlength')"
        )
        expect(ask(window, "why " * 501)).to_contain_text("at most 2000 characters")


def test_a_page_of_another_origin_gets_nothing(window: Page, pages: Site) -> None:
    bot = asked_bot()
    with running(cast(qa.Bot, bot), Options(origins=("https://example.org",))) as service:
        window.goto(pages.page(service))
        shown = ask(window, SIGNED)
        expect(shown.locator(".said")).to_contain_text("cannot be reached from here")
    assert bot.asked == []


def test_by_default_only_pages_of_the_service_itself_may_ask(window: Page, pages: Site) -> None:
    bot = asked_bot()
    with running(cast(qa.Bot, bot)) as service:
        window.goto(pages.page(service))
        expect(ask(window, SIGNED).locator(".said")).to_contain_text("cannot be reached")
    assert bot.asked == []


def test_without_a_network_it_says_so_and_asks_again_when_told(window: Page, pages: Site) -> None:
    with running(cast(qa.Bot, asked_bot()), Options(origins=(pages.origin,))) as service:
        window.goto(pages.page(service))
        window.context.set_offline(True)
        shown = ask(window, SIGNED)
        expect(shown).to_contain_text("You are offline.")
        window.context.set_offline(False)
        window.get_by_role("button", name="Try again").click()
        expect(shown.locator(".words")).to_have_text("530")


@pytest.mark.parametrize(
    ("status", "body"), [(200, "<b>not JSON"), (200, '{"answer": 5}'), (502, "<b>Bad gateway</b>")]
)
def test_what_is_no_answer_is_not_shown(
    browser: Browser, pages: Site, status: int, body: str
) -> None:
    """What a proxy may send in the place of the service."""
    with running(cast(qa.Bot, asked_bot()), Options(origins=(pages.origin,))) as service:
        window = browser.new_page()
        origin = {"Access-Control-Allow-Origin": pages.origin}
        window.route(
            "**/v1/ask", lambda route: route.fulfill(status=status, body=body, headers=origin)
        )
        window.goto(pages.page(service))
        shown = ask(window, SIGNED)
        expect(shown.locator(".said")).to_contain_text("Something broke.")
        expect(shown.locator("b")).to_have_count(0)
        window.close()


def test_a_redirect_is_not_followed(window: Page, pages: Site) -> None:
    bot = asked_bot()
    with running(cast(qa.Bot, bot), Options(origins=(pages.origin,))) as service:
        moved = {"Location": f"{service}/v1/ask", "Access-Control-Allow-Origin": pages.origin}
        asked: list[str] = []

        def move(route: Route) -> None:
            asked.append(route.request.method)
            route.fulfill(status=307, headers=moved)

        window.route("**/moved/v1/ask", move)
        window.goto(pages.page(service, f'server="{service}/moved"'))
        expect(ask(window, SIGNED).locator(".said")).to_contain_text("cannot be reached")
    assert "POST" in asked
    assert bot.asked == []
