"""People's own articles: kept, indexed, changed while others ask, and never lost half-way."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from threading import Event, Thread

import pytest

import qa
from qa.errors import InputError
from qa.surfaces.web.collections import BUNDLED, Collections
from qa.surfaces.web.limits import Limits
from qa.surfaces.web.uploads import Upload
from tests.fakes import WordEncoder
from tests.readers import OverlapReader
from tests.web.library import EXPO, PARK, collections_in, written

SIGNED = "How many projects did the 2019 expo sign?"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    return written(tmp_path / "files", expo__md=EXPO, park__txt=PARK)


def names(collections: Collections) -> list[str]:
    return [collection.name for collection in collections.all()]


def ids(collections: Collections, collection_id: str) -> list[str]:
    return [row.doc_id for row in collections.documents(collection_id)]


def test_articles_that_are_added_are_answered_from(data: Path, files: list[Path]) -> None:
    collections = collections_in(data)
    mine = collections.create("Mine")
    assert collections.bot(mine.id).ask(SIGNED).text is None
    told: list[tuple[str, int, int]] = []
    added = collections.add(mine.id, files, lambda *stage: told.append(stage))
    assert (sorted(added.documents), added.refused) == (["expo.md", "park.txt"], ())
    assert {stage for stage, _, _ in told} == {"reading", "cutting", "encoding"}
    answer = collections.bot(mine.id).ask(SIGNED)
    assert answer.text is not None
    assert "530" in answer.text
    assert answer.citations[0].doc_id == "expo.md"
    assert collections.collection(mine.id).documents == 2


def test_everything_is_there_after_a_restart(data: Path, files: list[Path]) -> None:
    first = collections_in(data)
    mine = first.create("Mine")
    first.add(mine.id, files)
    first.rename_document(mine.id, "park.txt", "A park with drones")
    encoder = WordEncoder()
    again = collections_in(data, encoder=encoder)
    assert again.all() == first.all()
    assert again.documents(mine.id) == first.documents(mine.id)
    assert encoder.encoded == []


def test_rows_say_what_is_known(data: Path, files: list[Path]) -> None:
    collections = collections_in(data)
    mine = collections.create("Mine")
    dated = written(files[0].parent, dated__md="---\ndate: 2019-08-26\n---\n# Dated\n\nRobots.\n")
    collections.add(mine.id, [*files, *dated])
    rows = collections.documents(mine.id)
    assert [(row.title, row.date, row.passages, row.status) for row in rows] == [
        ("Dated", "2019-08-26", 1, "ready"),
        ("Expo", None, 1, "ready"),
        ("The park of Lijia", None, 1, "ready"),
    ]
    assert all(row.added is not None and row.added.startswith("20") for row in rows)


def test_collections_are_named_renamed_and_removed(data: Path, files: list[Path]) -> None:
    collections = collections_in(data)
    one, two = collections.create("  One\n"), collections.create("two")
    collections.add(one.id, files)
    assert names(collections) == ["One", "two"]
    collections.rename(one.id, "Zebra")
    assert names(collections) == ["two", "Zebra"]
    kept = collections.bot(one.id)
    collections.remove(one.id)
    assert names(collections) == ["two"]
    assert kept.ask(SIGNED).text is not None
    assert [p.name for p in (data / "collections").iterdir() if p.is_dir()] == [two.id]
    for refused in (collections.bot, collections.documents, collections.remove):
        with pytest.raises(InputError, match="gone"):
            refused(one.id)


@pytest.mark.parametrize("name", ["", "  ", "\0", "\u202e", "\ud800", "x" * 81])
def test_a_name_that_cannot_be_shown_is_refused(data: Path, name: str) -> None:
    collections = collections_in(data)
    with pytest.raises(InputError) as error:
        collections.create(name)
    assert error.value.hint
    assert collections.all() == []


@pytest.mark.parametrize("name", ["../../x", "CON", "<script>alert(1)</script>", "a/b", "${x}"])
def test_names_are_data_and_never_paths(data: Path, name: str) -> None:
    collections = collections_in(data)
    made = collections.create(name)
    assert collections.collection(made.id).name == name
    assert {path.name for path in data.iterdir()} == {"collections"}
    assert {path.name for path in (data / "collections").iterdir()} == {made.id}
    with pytest.raises(InputError, match="already"):
        collections.create(name.swapcase())


@pytest.mark.parametrize(
    "collection_id", ["", ".", "..", "../feedback", "0" * 15, "0" * 16, "G" * 16, "/etc", "\0"]
)
def test_an_id_that_is_none_is_never_a_path(data: Path, collection_id: str) -> None:
    collections = collections_in(data)
    with pytest.raises(InputError, match="gone"):
        collections.bot(collection_id)
    with pytest.raises(InputError, match="gone"):
        collections.remove(collection_id)


def test_good_files_go_in_and_bad_ones_are_told(data: Path, tmp_path: Path) -> None:
    collections = collections_in(data, limits=Limits(file_bytes=2_000))
    mine = collections.create("Mine")
    files = written(
        tmp_path / "files",
        good__md=EXPO,
        wrong__xyz="?",
        empty__txt="",
        latin__txt="caf\xe9".encode("latin-1"),
        broken__pdf=b"%PDF-1.4 nothing",
        large__txt="x" * 2_001,
        lines__jsonl='{"id": "one", "text": "One."}\nnonsense\n{"id": "good.md", "text": "Two."}\n',
    )
    added = collections.add(mine.id, [*files, tmp_path / "gone.txt", Upload(files[0], "same.md")])
    assert sorted(added.documents) == ["good.md", "one"]
    refused = {one.name: one.reason for one in added.refused}
    assert list(refused) == [
        *("wrong.xyz", "empty.txt", "latin.txt, line 1", "broken.pdf", "large.txt"),
        *("lines.jsonl, line 2", "lines.jsonl", "gone.txt", "same.md"),
    ]
    assert "unknown suffix" in refused["wrong.xyz"]
    assert "no text" in refused["empty.txt"]
    assert "UTF-8" in refused["latin.txt, line 1"]
    assert "not a readable PDF" in refused["broken.pdf"]
    assert refused["large.txt"] == "has 1.95 KB; at most 1.95 KB are taken"
    assert "taken" in refused["lines.jsonl"]
    assert "No such file" in refused["gone.txt"]
    assert refused["same.md"] == "is there already, as good.md"
    assert all(one.hint for one in added.refused)
    sources = data / "collections" / mine.id / "sources"
    assert sorted(path.name for path in sources.iterdir()) == ["good.md", "lines.jsonl"]
    assert not (data / "collections" / mine.id / "aside").exists()


def test_files_that_share_a_name_are_told_apart(data: Path, tmp_path: Path) -> None:
    collections = collections_in(data)
    mine = collections.create("Mine")
    hostile = ["a.md", "A.md", "../../a.md", "CON", "a\0.md", "x" * 400 + ".md", "README.md"]
    uploads = []
    for number, name in enumerate(hostile):
        (path,) = written(tmp_path / str(number), text__md=f"# Title\n\nRobots danced {number}.\n")
        uploads.append(Upload(path, name))
    added = collections.add(mine.id, uploads)
    assert [one.name for one in added.refused] == ["CON"]
    assert list(added.documents) == [
        *("a.md", "A-2.md", "a-3.md", "a-4.md", "x" * 120 + ".md", "_README.md")
    ]
    later = collections.add(mine.id, written(tmp_path / "later", a__md="# Other\n\nDrones.\n"))
    assert later.documents == ("a-5.md",)
    outside = {p for p in tmp_path.rglob("*") if p.is_file() and not p.is_relative_to(data)}
    assert len(outside) == len(hostile) + 1


def test_limits_of_a_collection(data: Path, tmp_path: Path) -> None:
    files = written(tmp_path / "files", a__md="a " * 50, b__md="b " * 50, c__md="c " * 50)
    for limits, words in (
        (Limits(files=2), "takes 2 files"),
        (Limits(total_bytes=250), "larger than 250 bytes"),
        (Limits(documents=2), "takes 2 articles"),
    ):
        collections = collections_in(data / words, limits=limits)
        mine = collections.create("Mine")
        added = collections.add(mine.id, files)
        assert added.documents == ("a.md", "b.md")
        assert [one.name for one in added.refused] == ["c.md"]
        assert words in added.refused[0].reason
        assert "remove" in added.refused[0].hint
    few = collections_in(data, limits=Limits(collections=1))
    few.create("One")
    with pytest.raises(InputError, match="no more"):
        few.create("Two")


def test_only_what_is_new_is_encoded(data: Path, files: list[Path]) -> None:
    encoder = WordEncoder()
    collections = collections_in(data, encoder=encoder)
    mine = collections.create("Mine")
    collections.add(mine.id, files[:1])
    encoder.encoded.clear()
    collections.add(mine.id, files[1:])
    assert len(encoder.encoded) == 1
    assert "Drones" in encoder.encoded[0]
    encoder.encoded.clear()
    collections.remove_document(mine.id, "park.txt")
    assert encoder.encoded == []


def test_a_title_stays_and_the_id_never_changes(data: Path, files: list[Path]) -> None:
    collections = collections_in(data)
    mine = collections.create("Mine")
    collections.add(mine.id, files)
    collections.rename_document(mine.id, "expo.md", "  The fair\nof 2019 ")
    bot = collections.bot(mine.id)
    assert bot.documents["expo.md"].title == "The fair of 2019"
    assert {p.title for p in bot.index.passages if p.doc_id == "expo.md"} == {"The fair of 2019"}
    shutil.rmtree(data / "collections" / mine.id / "index")
    again = collections_in(data).bot(mine.id)
    assert again.documents == bot.documents
    for title in ("", "\0", "x" * 301):
        with pytest.raises(InputError):
            collections.rename_document(mine.id, "expo.md", title)
    with pytest.raises(InputError, match="no article"):
        collections.rename_document(mine.id, "../expo.md", "X")


def test_a_title_that_articles_repeat_is_refused(data: Path, tmp_path: Path) -> None:
    collections = collections_in(data)
    mine = collections.create("Mine")
    pages = {f"p{n}__md": f"Menu\n\nRobots danced {n} times {n}.\n" for n in range(3)}
    collections.add(mine.id, written(tmp_path / "pages", **pages))
    with pytest.raises(InputError, match="repeat"):
        collections.rename_document(mine.id, "p1.md", "Menu")


def test_a_removed_document_is_gone_with_its_file(data: Path, files: list[Path]) -> None:
    collections = collections_in(data)
    mine = collections.create("Mine")
    collections.add(mine.id, files)
    before = collections.bot(mine.id)
    collections.remove_document(mine.id, "expo.md")
    assert ids(collections, mine.id) == ["park.txt"]
    assert collections.bot(mine.id).ask(SIGNED).text is None
    assert before.ask(SIGNED).text is not None
    sources = data / "collections" / mine.id / "sources"
    assert [path.name for path in sources.iterdir()] == ["park.txt"]
    collections.remove_document(mine.id, "park.txt")
    assert collections.documents(mine.id) == []
    assert collections.add(mine.id, files).documents == ("expo.md", "park.txt")


def test_one_of_many_in_a_file_is_removed(data: Path, tmp_path: Path) -> None:
    collections = collections_in(data)
    mine = collections.create("Mine")
    lines = "".join(json.dumps({"id": n, "text": f"Text {n}."}) + "\n" for n in ("../a", "b"))
    collections.add(mine.id, written(tmp_path / "files", many__jsonl=lines))
    collections.remove_document(mine.id, "../a")
    shutil.rmtree(data / "collections" / mine.id / "index")
    again = collections_in(data)
    assert ids(again, mine.id) == ["b"]
    again.remove_document(mine.id, "b")
    assert list((data / "collections" / mine.id / "sources").iterdir()) == []


def test_the_bundled_collection_is_read_only(data: Path) -> None:
    document = qa.Document("expo.md", "Expo", EXPO)
    bundled = qa.build([document], encoder=WordEncoder(), reader=OverlapReader())
    collections = Collections(data, bundled=bundled, bundled_name="Expo")
    mine = collections.create("A first one")
    assert [(c.id, c.name, c.read_only) for c in collections.all()] == [
        (BUNDLED, "Expo", True),
        (mine.id, "A first one", False),
    ]
    assert collections.bot(BUNDLED) is bundled
    assert [row.added for row in collections.documents(BUNDLED)] == [None]
    for change in (
        lambda: collections.rename(BUNDLED, "Mine"),
        lambda: collections.remove(BUNDLED),
        lambda: collections.add(BUNDLED, []),
        lambda: collections.rename_document(BUNDLED, "expo.md", "X"),
        lambda: collections.remove_document(BUNDLED, "expo.md"),
    ):
        with pytest.raises(InputError, match="cannot be changed"):
            change()
    assert collections.reports(BUNDLED) == data / "reports"


def test_nothing_can_be_changed_where_that_is_forbidden(data: Path, files: list[Path]) -> None:
    owner = collections_in(data)
    mine = owner.create("Mine")
    owner.add(mine.id, files)
    visitor = collections_in(data, writable=False)
    assert [(c.name, c.read_only) for c in visitor.all()] == [("Mine", True)]
    assert visitor.bot(mine.id).ask(SIGNED).text is not None
    for change in (
        lambda: visitor.create("Yours"),
        lambda: visitor.rename(mine.id, "Yours"),
        lambda: visitor.remove(mine.id),
        lambda: visitor.add(mine.id, files),
        lambda: visitor.rename_document(mine.id, "expo.md", "X"),
        lambda: visitor.remove_document(mine.id, "expo.md"),
    ):
        with pytest.raises(InputError, match="cannot be changed here"):
            change()
    assert collections_in(None).all() == []
    with pytest.raises(InputError, match="cannot be changed here"):
        collections_in(None).create("Mine")


def test_others_keep_asking_while_articles_are_added(data: Path, files: list[Path]) -> None:
    collections = collections_in(data)
    mine = collections.create("Mine")
    collections.add(mine.id, files[:1])
    done, wrong = Event(), list[str]()
    asked = [0, 0]

    def ask(number: int) -> None:
        while not done.is_set():
            answer = collections.bot(mine.id).ask(SIGNED)
            asked[number] += 1
            if answer.text is None or "530" not in answer.text:
                wrong.append(str(answer.text))

    def add() -> None:
        for number in range(8):
            more = written(data / str(number), more__md=f"# More {number}\n\nDrones {number}.\n")
            collections.add(mine.id, more)
            collections.bot(mine.id)

    threads = [Thread(target=ask, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    adding = Thread(target=add)
    adding.start()
    adding.join(120)
    done.set()
    for thread in threads:
        thread.join(120)
    assert wrong == []
    assert min(asked) > 0
    assert len(collections.bot(mine.id).documents) == 9


def test_two_who_add_at_once_wait_for_each_other(data: Path) -> None:
    mine = collections_in(data).create("Mine")
    failed: list[Exception] = []

    def add(number: int) -> None:
        own = collections_in(data)
        try:
            for turn in range(3):
                text = f"# Title\n\nRobots {number} {turn}.\n"
                own.add(mine.id, written(data / f"{number}-{turn}", same__md=text))
        except Exception as error:
            failed.append(error)

    threads = [Thread(target=add, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert failed == []
    assert len(ids(collections_in(data), mine.id)) == 9


def test_what_another_process_changed_is_seen(data: Path, files: list[Path]) -> None:
    one, other = collections_in(data), collections_in(data)
    mine = one.create("Mine")
    one.add(mine.id, files[:1])
    assert list(other.bot(mine.id).documents) == ["expo.md"]
    one.add(mine.id, files[1:])
    assert list(other.bot(mine.id).documents) == ["expo.md", "park.txt"]
    assert other.bot(mine.id) is other.bot(mine.id)


def test_an_index_of_another_encoder_is_made_again(data: Path, files: list[Path]) -> None:
    first = collections_in(data)
    mine = first.create("Mine")
    first.add(mine.id, files)
    first.rename_document(mine.id, "expo.md", "The fair")
    (data / "collections" / mine.id / "sources" / "park.txt").unlink()
    encoder = WordEncoder("other", sha256="1" * 64)
    again = collections_in(data, encoder=encoder)
    assert again.bot(mine.id).documents["expo.md"].title == "The fair"
    assert len(encoder.encoded) == 1
    rows = {row.doc_id: row.status for row in again.documents(mine.id)}
    assert rows == {"expo.md": "ready", "park.txt": "its file is gone"}
    again.remove_document(mine.id, "park.txt")
    assert ids(again, mine.id) == ["expo.md"]


def test_a_damaged_record_is_told_and_costs_only_its_collection(
    data: Path, files: list[Path]
) -> None:
    collections = collections_in(data)
    mine, other = collections.create("Mine"), collections.create("Other")
    collections.add(mine.id, files)
    path = data / "collections" / mine.id / "collection.json"
    whole = json.loads(path.read_text())
    for text in ("", "{", "[]", '{"format": 2}', "[" * 100_000):
        path.write_text(text)
        again = collections_in(data)
        broken = again.collection(mine.id)
        assert broken.problem is not None
        assert "collection.json" in broken.problem
        with pytest.raises(InputError, match="cannot be read"):
            again.bot(mine.id)
        assert other.id in {collection.id for collection in again.all()}
    whole["files"][0]["name"] = "../../../escaped.md"
    path.write_text(json.dumps(whole))
    assert "not the name of a file" in str(collections_in(data).collection(mine.id).problem)
    shutil.rmtree(path.parent / "sources")
