"""Which collection is asked: chosen by name, renewed when the library changes."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from qa.surfaces.web.collections import Collection
from qa.surfaces.web.welcome import chooser, welcome
from tests.web.conftest import ask, start_over
from tests.web.fakes import HOSTILE
from tests.web.library import EXPO, PARK, collections_in, written
from tests.web.reading import Reading

NAME = f"A {HOSTILE[:70]}"


def test_names_are_text_and_one_collection_is_no_choice() -> None:
    one, two = Collection("a", HOSTILE, False, 1_200), Collection('"b', "Two", True, 0)
    assert chooser([one], "a") == ""
    reading = Reading(chooser([one, two], '"b'))
    assert reading.of("option") == [f"{HOSTILE} (1,200)", "Two (0)"]
    assert reading.values("value") == ["a", '"b']
    chosen = [element.text for element in reading.elements if "selected" in element.attributes]
    assert chosen == ["Two (0)"]


def test_where_there_are_no_articles_the_way_to_some_is_shown() -> None:
    empty = Collection("a", "A", False, 0)
    assert "Open Library" in Reading(welcome("T", None, (), writable=True)).of("p")[0]
    assert "still empty" in Reading(welcome("T", empty, (), writable=True)).of("p")[0]
    told = Reading(welcome("T", None, (), writable=False)).of("p")[0]
    assert "Library" not in told
    broken = Collection("a", "A", False, 0, f"damaged {HOSTILE}")
    assert HOSTILE in Reading(welcome("T", broken, (), writable=True)).of("p")[0]


def test_examples_belong_to_the_bundled_articles() -> None:
    own, bundled = Collection("a", "A", False, 1), Collection("bundled", "B", True, 2)
    assert Reading(welcome("T", own, ("Who?",), writable=True)).of("qa-pill") == []
    reading = Reading(welcome("T", bundled, ("Who?",), writable=True))
    assert reading.of("qa-pill") == ["Who?"]
    assert "the 2 articles here" in reading.of("p")[0]


@pytest.mark.browser
def test_another_collection_is_chosen_asked_and_removed(window: Page, tmp_path: Path) -> None:
    collections = collections_in(tmp_path / "data")
    files = written(tmp_path / "files", expo__md=EXPO, park__txt=PARK)
    for name, file in zip((NAME, "Parks"), files, strict=True):
        collections.add(collections.create(name).id, [file])
    window.goto(start_over(collections))
    expect(window.locator(".qa-welcome")).to_contain_text("the 1 article here")
    chosen = window.get_by_label("Collection to ask")
    expect(chosen.locator("option")).to_have_text([f"{NAME} (1)", "Parks (1)"])
    chosen.select_option("Parks (1)")
    expect(chosen.locator("option[selected]")).to_have_text("Parks (1)")
    ask(window, "Which drones fly every evening?")
    expect(window.locator(".qa-turn cite").first).to_contain_text("The park of Lijia")
    chosen.select_option(f"{NAME} (1)")
    expect(chosen.locator("option[selected]")).to_have_text(f"{NAME} (1)")
    ask(window, "Which robots danced on the stage?")
    expect(window.locator(".qa-turn").last.locator("cite").first).to_have_text("Expo")
    collections.remove(collections.all()[0].id)
    ask(window, "Which robots danced on the stage?")
    expect(window.locator(".qa-error")).to_have_text("this collection is gone")
