"""`qa search QUERY`."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from qa.surfaces.cli import render
from tests.cli.conftest import Cli
from tests.cli.test_usage import complained
from tests.test_present import HIT, HIT_KEYS

pytestmark = pytest.mark.real


def test_passages_come_with_ranks_and_scores(cli: Cli, built: Path) -> None:
    done = cli("search", "projects signed at the 2019 expo", "--index", built)
    assert (done.code, done.err) == (0, "")
    head, scores, text = done.out.splitlines()[:3]
    assert re.fullmatch(r"1\. Smart China Expo, expo\.md#\d+-\d+", head)
    number = r"-?\d+\.\d{3}"
    assert re.fullmatch(
        rf"   fused {number}, lexical {number} \(rank 1\), dense {number} \(rank 1\)", scores
    )
    assert text.startswith("   ")
    assert "(rank -)" in done.out  # the others hold none of the words
    assert done.out.count("fused ") == 3


def test_json_is_a_list_of_hits(cli: Cli, built: Path) -> None:
    done = cli("search", "robots", "--index", built, "--json", "--passages", "2")
    printed = json.loads(done.out)
    assert (done.code, len(printed)) == (0, 2)
    assert all(list(hit) == HIT_KEYS for hit in printed)


@pytest.mark.parametrize(
    "arguments", [["robots", "--passages", "0"], ["robots", "--passages", "-3"], [""]]
)
def test_what_cannot_be_searched_for(cli: Cli, built: Path, arguments: list[str]) -> None:
    done = cli("search", *arguments, "--index", built)
    assert (done.code, done.out) == (2, "")
    complained(done.err)


def test_no_passage_is_said() -> None:
    assert render.hits([]) == "No passage matches."
    assert "dense -0.100 (rank -)" in render.hits([HIT])
