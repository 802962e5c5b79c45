"""The reference of the commands says what the parser knows, and keeps its tables in shape."""

from __future__ import annotations

import doctest
from argparse import ArgumentParser

from scripts import command_reference
from scripts.command_reference import commands, described


def parser() -> ArgumentParser:
    made = ArgumentParser(prog="qa")
    ask = made.add_subparsers().add_parser("ask", help="ask", epilog="That is all.")
    ask.add_argument("--how", choices=("fast", "well"), help="a | b, or <c>")
    ask.add_subparsers().add_parser("again", help="ask once more")
    return made


def test_its_example_holds() -> None:
    assert doctest.testmod(command_reference).failed == 0


def test_a_command_below_a_command_is_one_heading_deeper() -> None:
    headings = [line for line in described(parser()).splitlines() if line.startswith("#")]
    assert headings == ["## qa ask", "### qa ask again"]


def test_what_would_break_a_table_is_escaped() -> None:
    assert "| `--how {fast,well}` | a \\| b, or &lt;c> |\n" in described(parser())


def test_what_stands_below_the_options_is_told() -> None:
    assert "That is all." in described(parser())
    assert [told for _, told in commands(parser())] == ["ask"]
