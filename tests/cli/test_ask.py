"""`qa ask QUESTION`."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

import qa
from qa.present import answer_to_dict
from qa.surfaces.cli import render
from qa.types import Answer, Candidate
from tests.cli.conftest import ARTICLES, Cli
from tests.cli.test_usage import complained
from tests.test_present import SAID, faults

pytestmark = pytest.mark.real

CONTROLS = set("\x1b\x07\x9b\u2028")
SIGNING = "How many projects did the 2019 expo sign?"


def test_an_answer_is_marked_in_its_quote_and_placed(cli: Cli, built: Path) -> None:
    done = cli("ask", SIGNING, "--index", built, "--threshold", "0")
    assert (done.code, done.err) == (0, "")
    assert "530" in done.out.splitlines()[0]
    quote, place = done.out.splitlines()[2:4]
    assert quote.startswith("[1] ")
    assert quote[4:].replace(">>", "").replace("<<", "") == "The 2019 expo signed 530 projects."
    answer = done.out.splitlines()[0]
    assert f">>{answer}<<" in quote
    start, end = map(int, place.rpartition(" ")[2].split("-"))
    assert place.startswith("    Smart China Expo, expo.md, characters ")
    assert ARTICLES["expo.md"].decode()[start:end] == answer
    assert "\nconfidence " in done.out


def test_json_is_the_contract_and_nothing_else(cli: Cli, built: Path) -> None:
    done = cli("ask", SIGNING, "--index", built, "--threshold", "0", "--json")
    assert (done.code, done.err) == (0, "")
    printed = json.loads(done.out)
    assert faults(printed) == []
    answer = qa.open(built, qa.Policy(threshold=0.0)).ask(SIGNING)
    assert printed == answer_to_dict(answer)
    assert list(printed) == list(answer_to_dict(answer))
    citation = printed["citations"][0]
    text = ARTICLES["expo.md"].decode()
    assert text[citation["start"] : citation["end"]] == citation["quote"]
    assert citation["source_sha256"] == citation["text_sha256"]  # its bytes are its text's UTF-8


def test_a_follow_up_shows_what_was_asked(cli: Cli, built: Path) -> None:
    typed = "What about its robots in 2020?"
    done = cli("ask", typed, "--after", "Who?", "--after", SIGNING, "--index", built)
    assert (done.code, done.err) == (0, "")
    answer = qa.open(built).ask(typed, ["Who?", SIGNING])
    assert done.out.splitlines()[:2] == [answer.resolved_question, ""]
    assert answer.resolved_question != typed


def test_silence_is_an_answer_that_exits_with_0(cli: Cli, built: Path) -> None:
    ask = ["ask", "Who is the goalkeeper of Reykjavik?", "--index", built, "--threshold", "1"]
    done = cli(*ask)
    assert (done.code, done.err) == (0, "")
    assert "do not answer" in done.out.splitlines()[0]
    assert "related: " not in done.out  # nothing has to do with it
    printed = json.loads(cli(*ask, "--json").out)
    assert faults(printed) == []
    assert (printed["answer"], printed["citations"]) == (None, [])
    assert done.out.splitlines()[0].endswith(printed["reason"])


def test_an_article_does_not_steer_the_terminal(cli: Cli, built: Path) -> None:
    question = "What did Hongya light in 1997?"
    done = cli("ask", question, "--index", built, "--threshold", "0")
    assert "lantern.txt" in done.out
    # The marks around the answer may stand anywhere in it.
    shown = done.out.replace(">>", "").replace("<<", "")
    assert "\ufffd[31mred\ufffd]0;owned\ufffd" in shown
    assert not set(done.out) & CONTROLS
    for arguments in (["search", question], ["ask", question, "--threshold", "1"]):
        assert not set(cli(*arguments, "--index", built).out) & CONTROLS
    printed = cli("ask", question, "--index", built, "--threshold", "0", "--json").out
    assert not set(printed) & CONTROLS
    assert "\x1b[31mred" in json.loads(printed)["citations"][0]["quote"]


@pytest.mark.parametrize("question", ["", "  ", "x" * 2001, "half \udcff"])
def test_what_is_no_question(cli: Cli, built: Path, question: str) -> None:
    done = cli("ask", question, "--index", built)
    assert (done.code, done.out) == (2, "")
    complained(done.err)


def test_on_a_terminal_the_span_is_set_off_by_colour() -> None:
    printed = render.answer(SAID, colour=True)
    assert "Robots \x1b[1;4mdanced\x1b[0m." in printed
    assert ">>" not in printed
    assert "Robots >>danced<<." in render.answer(SAID, colour=False)
    assert "A, a.txt, page 2, 2018-08-23, characters 7-13" in printed


def test_other_answers_stand_below_the_confidence_a_line_each() -> None:
    (other,) = SAID.alternatives
    answer = replace(SAID, alternatives=(other, replace(other, text="slept", confidence=0.051)))
    assert render.answer(answer, colour=False).splitlines()[-3:] == [
        "confidence 90%",
        "also possible: Robots danced (40%, A)",
        "also possible: slept (5%, A)",
    ]
    assert "also possible" not in render.answer(replace(SAID, alternatives=()), colour=False)


def test_other_answers_do_not_steer_the_terminal_nor_write_lines_of_their_own() -> None:
    (other,) = SAID.alternatives
    hostile = "\x1b[31mred\x1b]0;owned\x07\nconfidence 100%\r\u2028\x9b2J"
    citation = replace(other.citations[0], title=hostile)
    spoilt = replace(other, text=hostile, citations=(citation,))
    honest = render.answer(SAID, colour=False)
    printed = render.answer(replace(SAID, alternatives=(spoilt,)), colour=False)
    assert printed.splitlines()[:-1] == honest.splitlines()[:-1]
    last = printed.splitlines()[-1]
    assert last.startswith("also possible: \ufffd[31mred\ufffd]0;owned\ufffd confidence 100%")
    assert not set(printed) & (CONTROLS | {"\r"})


def test_where_sources_differ_each_side_is_shown_with_its_citations() -> None:
    (other,) = SAID.alternatives
    differing = replace(
        SAID,
        resolved_question=SAID.question,
        text="2018",
        conflict=True,
        agreement=2,
        citations=(SAID.citations[0], SAID.citations[0]),
        alternatives=(replace(other, text="2019"), replace(other, text="2020")),
    )
    lines = render.answer(differing, colour=False).splitlines()
    assert lines[:3] == ["Sources give different figures.", "", "2018"]
    assert [line for line in lines if line in ("2018", "2019", "2020")] == ["2018", "2019", "2020"]
    assert [line[:3] for line in lines if line.startswith("[")] == ["[1]", "[2]", "[3]", "[4]"]
    assert lines[-1] == "confidence 90%"
    assert not any("also possible" in line or "say so" in line for line in lines)
    named = replace(differing, text="Falk", alternatives=(replace(other, text="Orre"),))
    assert render.answer(named, colour=False).startswith("Sources give different answers.\n")


def test_how_many_independent_articles_agree_is_said() -> None:
    agreed = render.answer(replace(SAID, agreement=3), colour=False)
    assert "confidence 90%, 3 independent articles say so" in agreed.splitlines()
    assert "say so" not in render.answer(SAID, colour=False)


def test_where_no_words_convince_the_nearest_ones_are_shown() -> None:
    rejected = Candidate(SAID.text or "", 0.4, SAID.citations)
    silent = Answer("?", "?", None, 0.4, "None.", "no-convincing-span", rejected, hits=SAID.hits)
    said, nearest, *related = render.answer(silent, colour=False).split("\n\n")
    assert said == "The articles do not answer this. None."
    quote, place = nearest.splitlines()
    assert quote.startswith("nearest words: ")
    assert f">>{SAID.text}<<" in quote
    assert SAID.citations[0].doc_id in place
    assert len(related) == min(3, len(SAID.hits))
    off = replace(silent, signal="off-topic")
    assert render.answer(off, colour=False) == said


def test_nothing_near_is_said_without_a_list() -> None:
    silent = Answer("?", "?", None, 0.0, "No passage.")
    assert render.answer(silent, colour=False) == "The articles do not answer this. No passage."
