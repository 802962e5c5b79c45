"""Policies tried on the same questions: the best first, and a warning about the wrong split."""

import io
import json

import pytest

from qa.evaluation.remembering import RememberingReader
from qa.evaluation.sweep import grid, print_sweep, sweep, tried_to_dict, warning
from qa.reader import SpanReader
from qa.types import Passage, Policy
from tests.evaluation.planted import QUESTIONS, make

DENSE = Policy("min-max", {"lexical": 0.0, "dense": 1.0}, depth=3, passages=1)
LEXICAL = Policy("min-max", {"lexical": 1.0, "dense": 0.0}, depth=3, passages=1)
BOTH = Policy("min-max", {"lexical": 0.5, "dense": 0.5}, depth=3, passages=2)
SILENT = Policy("min-max", depth=3, passages=2, threshold=1.0)


def test_the_best_policy_comes_first() -> None:
    told: list[int] = []
    policies = [SILENT, LEXICAL, BOTH, DENSE]
    tried = sweep(lambda policy: make(policy=policy), QUESTIONS, policies, progress=told.append)
    assert tried[0][0] == BOTH
    assert [summary.right for _, summary in tried] == [3, 2, 2, 1]
    assert [policy for policy, _ in tried] == [BOTH, LEXICAL, DENSE, SILENT]
    assert told == list(range(1, 13))


def test_the_grid_holds_every_combination_and_checks_them() -> None:
    policies = grid(["min-max"], [0.3, 0.5], [5, 10], [None, 0.2])
    assert len({str(policy) for policy in policies}) == len(policies) == 8
    assert {policy.threshold for policy in policies} == {None, 0.2}
    for wrong in ({"lexical": [1.1]}, {"passages": [0]}, {"cutoffs": [2.0]}):
        with pytest.raises(ValueError, match=r"weights|must be"):
            grid(**wrong)


def test_what_is_not_named_stays_as_usual() -> None:
    assert grid(cutoffs=[0.5, 0.9]) == [Policy(threshold=0.5), Policy(threshold=0.9)]
    assert grid(passages=[3]) == [Policy(passages=3)]
    assert {policy.fusion for policy in grid()} > {Policy().fusion}
    assert {policy.threshold for policy in grid()} == {None}


@pytest.mark.parametrize("split", ["test", None, "Dev"])
def test_choosing_on_another_split_is_told_aloud(split: str | None) -> None:
    tried = sweep(lambda policy: make(policy=policy), QUESTIONS, [BOTH])
    stream = io.StringIO()
    print_sweep(tried, split, file=stream)
    assert "WARNING: chosen on a test split: " in stream.getvalue()
    assert tried_to_dict(tried, split)["warning"] == warning(split) is not None
    stream = io.StringIO()
    print_sweep(tried, "dev", file=stream)
    assert "WARNING" not in stream.getvalue()
    assert tried_to_dict(tried, "dev")["warning"] is None


def test_the_table_has_a_row_for_each_policy() -> None:
    tried = sweep(lambda policy: make(policy=policy), QUESTIONS, [SILENT, BOTH])
    stream = io.StringIO()
    print_sweep(tried, "dev", file=stream)
    rows = [line.split() for line in stream.getvalue().splitlines() if line.startswith("min-max")]
    assert [row[:5] for row in rows] == [
        ["min-max", "0.5", "2", "-", "100.0"],
        ["min-max", "0.3", "2", "1", "33.3"],
    ]
    assert json.loads(json.dumps(tried_to_dict(tried, "dev")))["policies"][0]["policy"]["passages"]


def test_remembering_changes_nothing() -> None:
    texts = ("The 2019 expo signed 530 projects.", "Robots danced in 2018.")
    first, second = (Passage("a.txt", "", 0, len(text), text) for text in texts)
    plain, remembering = SpanReader(), RememberingReader()
    for passages in ([first], [second, first], [second, second]):
        for question in ("How many projects?", "When did robots dance?"):
            wanted = plain.point(question, passages)
            assert remembering.point(question, passages) == wanted
            assert remembering.point(question, passages) == wanted
