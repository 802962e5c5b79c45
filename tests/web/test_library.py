"""The Library tab in a real browser. The `window` fixture also fails on errors and requests."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from threading import Event
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from playwright.sync_api import Page, expect

from qa.protocols import Progress
from qa.surfaces.web.collections import Collections
from qa.surfaces.web.library import build_library
from qa.surfaces.web.library_view import LibraryDeed, LibraryView, done
from qa.surfaces.web.library_work import received
from qa.surfaces.web.limits import Limits
from qa.surfaces.web.uploads import Upload
from tests.fakes import WordEncoder
from tests.web.fakes import HOSTILE
from tests.web.library import EXPO, PARK, collections_in, written
from tests.web.tabs import open_tab, start_tab
from tests.web.test_accessibility import barriers

browser_test = pytest.mark.browser


@pytest.fixture
def collections(tmp_path: Path) -> Collections:
    return collections_in(tmp_path / "data", limits=Limits(file_bytes=100_000))


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    return written(tmp_path / "files", expo__md=EXPO, park__txt=PARK)


@pytest.fixture
def library(window: Page, collections: Collections) -> Page:
    """A window with the tab of `collections`, which holds nothing yet."""
    open_tab(window, start_tab("Library", lambda: build_library(collections)), "Library")
    expect(window.get_by_role("heading", name="Bring your own articles")).to_be_visible()
    return window


def bring(library: Page, *files: Path | dict[str, object]) -> None:
    """Choose files and wait until it is said what came of them."""
    library.locator("input[type=file]").set_input_files(list(files))  # type: ignore[arg-type]
    expect(library.locator(".qa-done")).to_be_visible()


def payload(name: str, text: str) -> dict[str, object]:
    return {"name": name, "mimeType": "text/plain", "buffer": text.encode()}


@browser_test
def test_a_good_and_a_bad_file_together(
    library: Page, collections: Collections, files: list[Path], tmp_path: Path
) -> None:
    bad = written(tmp_path / "bad", scan__pdf=b"%PDF-1.4", huge__txt="x" * 100_001)
    bring(library, *files, *bad)
    expect(library.locator(".qa-done p").first).to_have_text("2 articles were added.")
    refused = library.locator(".qa-refused li")
    expect(refused).to_have_count(2)
    expect(refused.filter(has_text="scan.pdf")).to_contain_text("not a readable PDF")
    expect(refused.filter(has_text="huge.txt")).to_contain_text("at most 97.7 KB are taken")
    expect(library.locator(".qa-documents tbody tr")).to_have_count(2)
    expect(library.locator(".qa-title")).to_have_text(["Expo", "The park of Lijia"])
    expect(library.locator("select")).to_contain_text("My articles (2)")
    (mine,) = collections.all()
    assert sorted(collections.bot(mine.id).documents) == ["expo.md", "park.txt"]


class HeldEncoder(WordEncoder):
    """Encodes passages while `go` is set."""

    def __init__(self) -> None:
        super().__init__()
        self.go = Event()

    def encode_passages(
        self, texts: Sequence[str], progress: Progress | None = None
    ) -> NDArray[np.float32]:
        assert self.go.wait(60)
        return super().encode_passages(texts, progress)


@browser_test
def test_files_brought_while_others_are_being_added_all_go_in(
    window: Page, tmp_path: Path, files: list[Path]
) -> None:
    encoder = HeldEncoder()
    held = collections_in(tmp_path / "data", encoder=encoder)
    open_tab(window, start_tab("Library", lambda: build_library(held)), "Library")
    chosen = window.locator("input[type=file]")
    chosen.set_input_files(files[0])
    expect(window.locator(".qa-work")).to_have_count(1)
    window.get_by_role("button", name="New collection").click()
    expect(window.get_by_label("Name of the new collection")).to_be_visible()
    chosen.set_input_files([files[1], *written(tmp_path / "bad", bad__xyz="?")])
    expect(window.locator(".qa-work")).to_have_count(2)
    encoder.go.set()
    expect(window.locator(".qa-done")).to_have_count(2)
    expect(window.locator(".qa-title")).to_have_text(["Expo", "The park of Lijia"])
    expect(window.locator(".qa-refused b")).to_have_text("bad.xyz")
    expect(window.get_by_label("Collection to show")).to_contain_text("My articles (2)")


@browser_test
def test_articles_are_read_renamed_and_removed(
    library: Page, collections: Collections, files: list[Path]
) -> None:
    bring(library, *files)
    library.get_by_role("button", name="Expo", exact=True).click()
    expect(library.locator(".qa-opened")).to_contain_text("The 2019 expo signed 530 projects.")
    library.get_by_role("button", name="All articles").click()
    library.get_by_role("button", name="Rename: Expo").click()
    field = library.get_by_label("New title")
    expect(field).to_be_focused()
    field.fill("The fair of 2019")
    field.press("Enter")
    expect(library.locator(".qa-title")).to_have_text(["The fair of 2019", "The park of Lijia"])
    library.get_by_role("button", name="Remove: The park of Lijia").click()
    expect(library.get_by_role("button", name="Keep")).to_be_focused()
    library.get_by_role("button", name="Keep").click()
    expect(library.locator(".qa-title")).to_have_count(2)
    library.get_by_role("button", name="Remove: The park of Lijia").click()
    library.locator(".qa-confirm").get_by_role("button", name="Remove").click()
    expect(library.locator(".qa-title")).to_have_text(["The fair of 2019"])
    (mine,) = collections.all()
    assert list(collections.bot(mine.id).documents) == ["expo.md"]


@browser_test
def test_collections_are_made_renamed_and_removed_by_keyboard(
    library: Page, collections: Collections
) -> None:
    for name in ("Reports", "Letters"):
        library.get_by_role("button", name="New collection").focus()
        library.keyboard.press("Enter")
        expect(library.get_by_label("Name of the new collection")).to_be_focused()
        library.keyboard.type(name)
        library.keyboard.press("Enter")
        expect(library.locator(".qa-notice")).to_contain_text(name)
    library.get_by_role("button", name="New collection").click()
    library.get_by_label("Name of the new collection").fill("reports")
    library.keyboard.press("Enter")
    expect(library.locator(".qa-error")).to_contain_text("already a collection of this name")
    expect(library.get_by_label("Name of the new collection")).to_have_value("reports")
    library.keyboard.press("Escape")
    expect(library.get_by_label("Name of the new collection")).to_have_count(0)
    library.get_by_label("Collection to show").select_option(label="Reports (0)")
    library.get_by_role("button", name="Rename", exact=True).click()
    library.get_by_label("New name").fill("Annual reports")
    library.keyboard.press("Enter")
    expect(library.locator(".qa-notice")).to_contain_text("new name")
    library.get_by_role("button", name="Remove", exact=True).click()
    library.locator(".qa-confirm").get_by_role("button", name="Remove").click()
    expect(library.locator(".qa-notice")).to_have_text("“Annual reports” is removed.")
    assert [collection.name for collection in collections.all()] == ["Letters"]


@browser_test
def test_hostile_names_and_titles_stay_text(library: Page, collections: Collections) -> None:
    collections.create(HOSTILE[:80])
    line = json.dumps({"id": HOSTILE, "title": HOSTILE, "text": HOSTILE, "date": HOSTILE})
    library.reload()
    library.get_by_role("tab", name="Library").click()
    bring(library, payload("attack.jsonl", line), payload(f"{HOSTILE}.xyz", "?"))
    expect(library.locator("option")).to_have_text(f"{HOSTILE[:80]} (1)")
    name = HOSTILE.replace("/", ":")  # as browsers name files, a slash is part of no name
    refused = library.locator(".qa-refused b").inner_text()
    assert refused in (f"{HOSTILE}.xyz", f"{name}.xyz", f"{HOSTILE.split('/')[-1]}.xyz")
    assert library.locator(".qa-title").inner_text() == HOSTILE
    assert library.locator(".qa-date").inner_text() == HOSTILE
    library.locator("button.qa-title").click()
    expect(library.locator(".qa-opened h2")).to_have_text(HOSTILE)
    assert HOSTILE in library.locator(".qa-opened .qa-article").inner_text()
    library.get_by_role("button", name="All articles").click()
    library.get_by_role("button", name=re.compile("^Rename:")).click()
    assert library.get_by_label("New title").input_value() == HOSTILE
    library.keyboard.press("Escape")
    library.get_by_role("button", name=re.compile("^Remove:")).click()
    assert HOSTILE in library.locator(".qa-confirm p").inner_text()
    expect(library.locator(".qa-page :is(script, img, iframe)")).to_have_count(0)


@browser_test
def test_a_phone_scrolls_only_down(library: Page, files: list[Path], tmp_path: Path) -> None:
    library.set_viewport_size({"width": 360, "height": 740})
    long = written(tmp_path / "long", **{f"{'x' * 100}__md": "# " + "Long" * 60 + "\n\nRobots.\n"})
    bring(library, *files, *long, *written(tmp_path / "bad", **{f"{'y' * 100}__xyz": "?"}))
    widths = [library.evaluate("document.documentElement.scrollWidth")]
    library.get_by_role("button", name="Remove: Expo").click()
    expect(library.locator(".qa-confirm")).to_be_visible()
    widths.append(library.evaluate("document.documentElement.scrollWidth"))
    assert widths == [360, 360]


@browser_test
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_keeps_people_out(
    library: Page, files: list[Path], tmp_path: Path, scheme: Any
) -> None:
    library.emulate_media(color_scheme=scheme)
    assert barriers(library) == []
    bring(library, *files, *written(tmp_path / "bad", wrong__xyz="?"))
    expect(library.locator(".qa-title")).to_have_count(2)
    assert barriers(library) == []
    library.get_by_role("button", name="Rename: Expo").click()
    expect(library.get_by_label("New title")).to_be_focused()
    library.get_by_role("button", name="New collection").click()
    expect(library.get_by_label("Name of the new collection")).to_be_focused()
    assert barriers(library) == []
    library.get_by_role("button", name="Remove", exact=True).click()
    expect(library.locator(".qa-confirm")).to_be_visible()
    assert barriers(library) == []
    library.keyboard.press("Escape")
    library.get_by_role("button", name="Expo", exact=True).click()
    expect(library.locator(".qa-opened")).to_be_visible()
    assert barriers(library) == []


@browser_test
def test_nothing_can_be_changed_where_that_is_forbidden(
    window: Page, collections: Collections, files: list[Path]
) -> None:
    mine = collections.create("Mine")
    collections.add(mine.id, files)
    visitor = collections_in(collections.data, writable=False)
    open_tab(window, start_tab("Library", lambda: build_library(visitor)), "Library")
    expect(window.locator(".qa-why-read-only")).to_contain_text("read-only")
    expect(window.locator(".qa-title")).to_have_count(2)
    expect(window.locator("input[type=file]")).to_have_count(0)
    for name in ("New collection", "Rename", "Remove"):
        expect(window.get_by_role("button", name=name)).to_have_count(0)


def test_what_cannot_be_done_is_said_and_changes_nothing(collections: Collections) -> None:
    view = LibraryView()
    for name in ("create", "renamed", "removed", "retitled", "dropped"):
        view, changed = done(collections, view, LibraryDeed(name))
        assert not changed
        assert view.error
    assert collections.all() == []
    assert done(collections, view, LibraryDeed("nonsense")) == (view, False)


@pytest.mark.parametrize("data", [None, 7, [], {"files": 7}, {"files": [7, {}, {"path": 7}]}])
def test_a_report_of_any_shape_is_taken(tmp_path: Path, data: object) -> None:
    assert received(data, tmp_path, 10) == ([], [])


def test_only_files_that_the_server_received_are_taken(tmp_path: Path) -> None:
    (mine,) = written(tmp_path / "received", a__md="Mine.")
    (other,) = written(tmp_path / "elsewhere", b__md="A secret.")
    (tmp_path / "received" / "link.md").symlink_to(other)
    paths = [mine, other, tmp_path / "received" / ".." / "elsewhere" / "b.md"]
    paths += [tmp_path / "received" / "link.md", tmp_path / "received", Path("/etc/passwd")]
    told = {"files": [{"path": str(path), "name": "x.md"} for path in paths]}
    told["files"].append({"path": "a\0b", "name": "x.md"})
    uploads, refused = received(told, tmp_path / "received", 10)
    assert (uploads, refused) == ([Upload(mine.resolve(), "x.md")], [])
    unsent = {"unsent": [{"name": "a\u202e.md", "size": 11}, {"name": "b.md", "size": 0}]}
    assert [(one.name, one.reason) for one in received(unsent, tmp_path, 10)[1]] == [
        ("a.md", "has 11 bytes; at most 10 bytes are taken"),
        ("b.md", "did not arrive"),
    ]
