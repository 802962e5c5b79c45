"""Options from the command line, the environment and the defaults; who may use the page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from qa.errors import InputError
from qa.surfaces.web.access import Users
from qa.surfaces.web.options import Options


def test_what_is_given_goes_before_the_environment_and_that_before_the_defaults() -> None:
    environment = {"QA_HOST": "0.0.0.0", "QA_PORT": "8000", "QA_DATA": "/srv", "QA_FEEDBACK": "Off"}
    options = Options.of(environment, host="::1", port=None, max_file_size="5M")
    assert (options.host, options.port, options.data) == ("::1", 8000, Path("/srv"))
    assert (options.feedback, options.limits.file_bytes) == (False, 5 * 2**20)
    plain = Options.of({})
    assert (plain.host, plain.port, plain.auth_file, plain.feedback) == (
        *("127.0.0.1", 7860, None, True),
    )


@pytest.mark.parametrize(
    ("environment", "given", "named"),
    [
        ({"QA_PORT": "http"}, {}, "QA_PORT"),
        ({"QA_MAX_FILE_BYTES": "much"}, {}, "QA_MAX_FILE_BYTES"),
        ({}, {"max_file_size": "much"}, "--max-file-size"),
    ],
)
def test_a_value_that_cannot_be_used_is_named(
    environment: dict[str, str], given: dict[str, Any], named: str
) -> None:
    with pytest.raises(InputError, match=named):
        Options.of(environment, **given)


def users(folder: Path, text: str) -> Users:
    (folder / "users.txt").write_text(text, "utf-8")
    return Users(folder / "users.txt")


def test_users_are_let_in_with_their_own_password(tmp_path: Path) -> None:
    known = users(tmp_path, "# ours\n\nann:a:b\nbob:é\n")
    assert known.admits("ann", "a:b")
    assert known.admits("bob", "é")
    for name, password in (("ann", "é"), ("ann", ""), ("eve", ""), ("", ""), ("bob", "\ud800")):
        assert not known.admits(name, password)


@pytest.mark.parametrize("text", ["", "# nobody\n", "ann\n", "ann:\n", ":secret\n"])
def test_a_file_without_users_is_an_error(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError, match="user") as error:
        users(tmp_path, text)
    assert "name:password" in error.value.hint


def test_a_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        Users(tmp_path / "none.txt")
