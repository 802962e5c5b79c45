"""Two reports beside each other: what differs, and whether that is more than luck."""

import io
import json

import pytest

from qa.errors import InputError
from qa.evaluation.compare import Pair, compare
from qa.evaluation.compare_table import print_comparison
from qa.evaluation.gate import Gate
from tests.evaluation.outcomes import outcome, report, scored


def ids(pairs: list[Pair]) -> list[str]:
    return [pair.id for pair in pairs]


def test_every_question_is_put_where_it_belongs() -> None:
    before = report(
        outcome("same"),
        outcome("better", 0.5),
        outcome("worse"),
        outcome("other", 0.4, said="2019"),
        outcome("silenced", 0.0, said="2019"),
        outcome("gone"),
    )
    after = report(
        outcome("new"),
        outcome("silenced", 0.0, said=None),
        outcome("other", 0.4, said="2020"),
        outcome("worse", 0.0, said=None),
        outcome("better"),
        outcome("same"),
    )
    found = compare(before, after)
    assert ids(found.newly_right) == ["better"]
    assert ids(found.newly_wrong) == ["worse"]
    assert ids(found.changed) == ["silenced", "other"]
    assert (found.added, found.removed, found.reworded) == (("new",), ("gone",), [])
    assert [pair.id for pair in found.pairs] == ["silenced", "other", "worse", "better", "same"]
    assert found.f1_difference == pytest.approx((0.5 - 1.0) / 5)
    assert found.before.right == found.after.right == 2


def test_mcnemar_looks_only_at_what_tells_the_runs_apart() -> None:
    # The published exact test: the probability of so uneven a split of a fair coin's throws.
    assert compare(scored(1, 1, 0), scored(1, 1, 0)).p_value == 1.0
    assert compare(scored(*[1] * 5), scored(*[0] * 5)).p_value == pytest.approx(2 / 2**5)
    six = compare(scored(*[1] * 6, *[1] * 50), scored(*[0] * 6, *[1] * 50))
    assert six.p_value == pytest.approx(2 / 2**6)
    uneven = compare(scored(*[1] * 9, 0), scored(*[0] * 9, 1))
    assert uneven.p_value == pytest.approx(2 * (1 + 10) / 2**10)


def test_a_drop_of_right_is_significant_and_a_rise_is_not() -> None:
    lost, kept = scored(*[0] * 6, *[1] * 50), scored(*[1] * 56)
    assert compare(kept, lost).significant_drop
    assert not compare(lost, kept).significant_drop
    assert not compare(kept, kept).significant_drop


def test_one_question_more_or_less_is_luck() -> None:
    kept, lost = scored(*[1.0] * 30), scored(*[1.0] * 29, 0.0)
    found = compare(kept, lost)
    assert not found.significant_drop
    assert found.f1_interval[1] == 0


def test_a_drop_of_f1_alone_is_told_and_stops_nothing() -> None:
    found = compare(scored(*[0.9] * 40), scored(*[0.6] * 20, *[0.9] * 20))
    assert found.p_value == 1.0
    assert found.f1_interval[0] < found.f1_difference < found.f1_interval[1] < 0
    assert not found.significant_drop


def test_the_interval_is_that_of_a_bootstrap_of_pairs() -> None:
    # Unpaired, scores as spread out as these would hide a drop that every question shares.
    before = [0.1 * (n % 10) + 0.05 for n in range(100)]
    found = compare(scored(*before), scored(*(score - 0.05 for score in before)))
    assert found.f1_interval == (-0.05, -0.05)


def test_it_is_the_same_every_time() -> None:
    runs = scored(1, 0.5, 0, 1, 0.2), scored(0, 0.5, 1, 0.1, 0.2)
    assert compare(*runs).to_dict() == compare(*runs).to_dict()


def test_other_words_are_compared_and_told() -> None:
    before = report(outcome("q1"), outcome("q2"), outcome("q3"))
    after = report(outcome("q1", asked="Since when?"), outcome("q2", gold="2019"), outcome("q3"))
    found = compare(before, after)
    assert found.reworded == ["q1", "q2"]
    assert found.notes() == ["2 questions have other words or other gold answers now: q1, q2."]


def test_nothing_in_common_is_no_comparison() -> None:
    with pytest.raises(InputError, match="no question in common") as caught:
        compare(report(outcome("q1")), report(outcome("q2")))
    assert caught.value.hint
    gate = Gate(baseline=report(outcome("q1")))
    gate.check([outcome("q1").question, outcome("q2").question])
    with pytest.raises(InputError, match="no question in common"):
        gate.check([outcome("q2").question])


def test_it_fits_json_and_says_what_was_answered() -> None:
    record = json.loads(json.dumps(compare(scored(1, 1), scored(0, 1)).to_dict()))
    (worse,) = record["newly_wrong"]
    assert worse["before"] == {"answer": "2018", "right": True, "cause": None}
    assert worse["after"] == {"answer": "2018", "right": False, "cause": "wrong-span"}
    assert record["right"] == {"p_value": 1.0}
    assert record["significant_drop"] is False


def test_the_table_is_plain_and_takes_no_orders() -> None:
    hostile = "\x1b[31m[red]When?[/red]\n"
    before = report(outcome("q1", asked=hostile), outcome("q2", 0.0), outcome("old"))
    after = report(outcome("q1", 0.0, said=None, asked=hostile), outcome("q2"), outcome("new"))
    stream = io.StringIO()
    print_comparison(compare(before, after), file=stream)
    printed = stream.getvalue()
    assert "\x1b" not in printed
    assert "[red]When?[/red]" in printed
    rows = {line.split()[0]: line.split()[1:] for line in printed.splitlines() if line.strip()}
    assert rows["right"] == ["50.0", "50.0", "0.0"]
    assert rows["answerable"] == ["answered", "100.0", "50.0", "-50.0"]
    assert "'2018' -> silence (wrong span)" in " ".join(printed.split())
    assert "Newly wrong: 1" in printed
    assert "1 questions were not asked before and are left out: new." in printed
    assert "No significant drop. right: 1 better, 1 worse, McNemar's p = 1.000" in printed


def test_a_long_list_is_cut_with_its_length() -> None:
    stream = io.StringIO()
    print_comparison(compare(scored(*[1] * 30), scored(*[0] * 30)), file=stream)
    assert "... and 10 more" in stream.getvalue()
    assert "A significant drop." in stream.getvalue()
