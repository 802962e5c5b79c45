"""A reader's folder: the bundled one, another by its name, or one that is refused."""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict
from pathlib import Path

import pytest

from qa.confidence import load_constants
from qa.errors import ReaderError
from qa.reader import BUNDLED, SpanReader, reader_named

FILES = ("model.onnx", "tokenizer.json", "reader.json")


@pytest.mark.real
@pytest.mark.parametrize("missing", FILES)
@pytest.mark.parametrize("damaged", [False, True], ids=["missing", "damaged"])
def test_a_folder_that_holds_no_reader_is_refused(
    tmp_path: Path, missing: str, damaged: bool
) -> None:
    for name in FILES:
        if name != missing:
            (tmp_path / name).symlink_to(BUNDLED / name)
        elif damaged:
            (tmp_path / name).write_text("{not a file of a reader")
    with pytest.raises(ReaderError, match=missing.replace(".", r"\.")) as error:
        SpanReader(tmp_path)
    assert str(tmp_path) in str(error.value)
    assert error.value.hint


@pytest.mark.real
def test_a_policy_names_the_bundled_reader_or_a_folder(tmp_path: Path) -> None:
    for name in FILES:
        shutil.copy(BUNDLED / name, tmp_path)
    bundled = load_constants(BUNDLED)
    changed = {"constants": {**asdict(bundled), "threshold": 0.123}}
    (tmp_path / "reader.json").write_text(json.dumps(changed))
    assert reader_named(str(tmp_path)).threshold == 0.123
    assert reader_named("span").constants == bundled


@pytest.mark.parametrize(
    "name", ["oracle", "best-sentence", "", "../nowhere", "http://example.org", "x" * 5000, "a\0b"]
)
def test_an_unknown_reader_is_refused(name: str) -> None:
    with pytest.raises(ReaderError, match="is neither 'span' nor a folder") as error:
        reader_named(name)
    assert repr(name) in str(error.value)
    assert error.value.hint
