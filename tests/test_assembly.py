"""Build and open: from a folder, a file or documents, with the settings that belong together."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import qa
from qa.errors import EncoderError, IndexMismatchError, ReaderError, SourceError
from qa.present import answer_to_dict
from qa.types import Document, Policy, Settings
from tests.fakes import WordEncoder
from tests.readers import OverlapReader

QUESTIONS = ["What did robots do at the expo?", "When did the park open?", "Who?"]
DOCUMENTS = [
    Document("expo.md", "Expo", "# Expo\n\nRobots danced at the expo. 机器人跳舞。\n"),
    Document("sub/park.txt", "The park", "The park opened in 2018.\r\nDrones fly 🤖 there.\r\n"),
]


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    for document in DOCUMENTS:
        path = folder / document.id
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(document.text.encode())
    return folder


def build(source: Any, index: Path | None = None, **options: Any) -> qa.Bot:
    options = {"encoder": WordEncoder(), "reader": OverlapReader(), **options}
    return qa.build(source, index, **options)


def reopen(index: Path, **options: Any) -> qa.Bot:
    options = {"encoder": WordEncoder(), "reader": OverlapReader(), **options}
    return qa.open(index, **options)


def said(bot: qa.Bot) -> list[str]:
    return [json.dumps(answer_to_dict(bot.ask(question))) for question in QUESTIONS]


def test_a_folder_a_file_and_documents_can_be_built_from(articles: Path) -> None:
    assert list(build(articles).documents) == ["expo.md", "sub/park.txt"]
    assert list(build(str(articles)).documents) == ["expo.md", "sub/park.txt"]
    assert list(build(articles / "sub" / "park.txt").documents) == ["park.txt"]
    assert list(build(reversed(DOCUMENTS)).documents) == ["expo.md", "sub/park.txt"]


def test_documents_keep_the_words_of_their_files(articles: Path) -> None:
    bot = build(articles)
    assert [document.text for document in bot.documents.values()] == [d.text for d in DOCUMENTS]


def test_without_an_index_nothing_is_written(
    articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(articles.parent)
    before = sorted(articles.parent.rglob("*"))
    assert build(articles).index.build_id is None
    assert sorted(articles.parent.rglob("*")) == before


def test_an_opened_index_answers_as_the_one_that_was_built(articles: Path, tmp_path: Path) -> None:
    settings = Settings(passage_tokens=17, overlap_sentences=0, keep_chrome=True)
    built = build(articles, tmp_path / "index", settings=settings)
    opened = reopen(tmp_path / "index")
    assert said(built) == said(opened) == said(build(articles, settings=settings))
    assert dict(built.documents) == dict(opened.documents)
    assert list(built.index.passages) == list(opened.index.passages)
    assert built.index.settings == opened.index.settings
    assert opened.index.settings == replace(settings, encoder=WordEncoder().name)
    assert opened.index.build_id == built.index.build_id
    assert built.index.vectors.tolist() == opened.index.vectors.tolist()


def test_building_again_changes_nothing(articles: Path, tmp_path: Path) -> None:
    first = build(articles, tmp_path / "index").index.build_id
    assert build(articles, tmp_path / "index").index.build_id == first


def test_progress_is_told_of_every_stage(articles: Path) -> None:
    told: list[tuple[str, int, int]] = []
    build(articles, progress=lambda stage, done, total: told.append((stage, done, total)))
    assert {stage for stage, _, _ in told} >= {"reading", "cutting"}
    assert told[:2] == [("reading", 1, 2), ("reading", 2, 2)]


def test_an_index_is_opened_with_its_own_settings_or_the_same(
    articles: Path, tmp_path: Path
) -> None:
    index = tmp_path / "index"
    settings = build(articles, index, settings=Settings(passage_tokens=40)).index.settings
    assert reopen(index, settings=settings).index.settings.passage_tokens == 40
    with pytest.raises(IndexMismatchError, match=r"passage_tokens=40.*passage_tokens=120") as no:
        reopen(index, settings=replace(settings, passage_tokens=120))
    assert str(index) in str(no.value)
    assert f"qa build SOURCE --index {index}" in no.value.hint


def test_another_encoder_is_refused(articles: Path, tmp_path: Path) -> None:
    build(articles, tmp_path / "index")
    with pytest.raises(IndexMismatchError, match="f" * 64) as error:
        reopen(tmp_path / "index", encoder=WordEncoder(sha256="f" * 64))
    assert WordEncoder().sha256 in str(error.value)
    assert "build it again" in error.value.hint


def test_an_index_of_an_encoder_that_is_not_here_says_so(articles: Path, tmp_path: Path) -> None:
    build(articles, tmp_path / "index")
    with pytest.raises(EncoderError, match=WordEncoder().name) as error:
        qa.open(tmp_path / "index")
    assert error.value.hint


@pytest.mark.parametrize("name", ["missing", "empty", "file"])
def test_where_there_is_no_index_the_hint_says_how_to_build_one(name: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").touch()
    with pytest.raises(qa.IndexNotFoundError, match="there is no index in") as error:
        qa.open(tmp_path / name)
    assert f"qa build SOURCE --index {tmp_path / name}" in error.value.hint


def test_no_source_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(qa.InputError, match="there is no file or folder"):
        build(tmp_path / "missing", tmp_path / "index")
    assert not (tmp_path / "index").exists()


def test_bad_files_are_all_named_or_all_skipped(articles: Path, tmp_path: Path) -> None:
    (articles / "bad.txt").write_bytes(b"\xff\xfe")
    (articles / "other.xyz").touch()
    (articles / "README.md").touch()
    with pytest.raises(SourceError, match=r"bad\.txt.*other\.xyz") as error:
        build(articles, tmp_path / "index")
    assert [problem.path for problem in error.value.problems] == ["bad.txt", "other.xyz"]
    assert "--skip-bad" in error.value.hint
    assert not (tmp_path / "index").exists()
    for bot in (build(articles, tmp_path / "index", skip_bad=True), reopen(tmp_path / "index")):
        skipped = [line.partition(":")[0].partition(",")[0] for line in bot.index.skipped]
        assert skipped == ["README.md", "bad.txt", "other.xyz"]
        assert list(bot.documents) == ["expo.md", "sub/park.txt"]


def test_two_documents_of_one_id_are_refused() -> None:
    with pytest.raises(SourceError, match=r"expo\.md: two documents have this id"):
        build([*DOCUMENTS, replace(DOCUMENTS[0], text="Other.")])


@pytest.mark.parametrize("field", ["id", "title", "text", "url", "date"])
def test_half_a_character_is_refused_in_memory_too(field: str) -> None:
    changes: dict[str, Any] = {field: "half \ud83d"}
    spoilt = replace(DOCUMENTS[0], **changes)
    with pytest.raises(SourceError, match="half a character"):
        build([spoilt, DOCUMENTS[1]])


def test_an_index_among_its_articles_is_refused(articles: Path) -> None:
    for inside in (articles, articles / "index", articles / "sub" / ".." / "index"):
        with pytest.raises(qa.InputError, match="lies among the articles") as error:
            build(articles, inside)
        assert "--index .index" in error.value.hint
    assert sorted(path.name for path in articles.iterdir()) == ["expo.md", "sub"]


def test_an_index_may_be_hidden_among_its_articles(articles: Path) -> None:
    first, again = (build(articles, articles / ".index") for _ in range(2))
    assert list(first.documents) == list(again.documents) == ["expo.md", "sub/park.txt"]


def test_an_index_that_cannot_be_written_is_refused_before_the_work(
    articles: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("mine")
    told: list[str] = []
    for place in (tmp_path / "file", tmp_path / "file" / "index"):
        with pytest.raises(qa.InputError, match="cannot hold an index"):
            build(articles, place, progress=lambda stage, *_: told.append(stage))
    assert set(told) == {"reading"}
    assert (tmp_path / "file").read_text() == "mine"


def test_only_an_encoder_of_files_can_be_exported_to_a_folder(
    articles: Path, tmp_path: Path
) -> None:
    """Said before the long work, and nothing is left behind."""
    with pytest.raises(qa.InputError, match="in memory") as error:
        build(articles, light=True)
    assert error.value.hint
    told: list[str] = []
    with pytest.raises(qa.InputError, match="words cannot be exported") as error:
        build(articles, tmp_path / "i", light=True, progress=lambda stage, *_: told.append(stage))
    assert error.value.hint
    assert set(told) == {"reading"}
    assert list((tmp_path / "i").iterdir()) == []


def test_an_unknown_reader_is_refused() -> None:
    with pytest.raises(ReaderError, match="'oracle' is neither 'span' nor a folder") as error:
        qa.build(DOCUMENTS, encoder=WordEncoder(), policy=Policy(reader="oracle"))
    assert error.value.hint


def test_an_unknown_analyser_is_refused() -> None:
    with pytest.raises(IndexMismatchError, match="unknown analyser 'klingon-1'"):
        build(DOCUMENTS, settings=Settings(analyser="klingon-1"))
