"""The commands and options of an `argparse` parser as Markdown, for docs/reference/commands.md."""

from __future__ import annotations

import argparse
from argparse import ArgumentParser
from collections.abc import Iterator


def described(parser: ArgumentParser, depth: int = 2) -> str:
    """A section for each command below `parser`: what it is for, how it is called, its options.

    >>> parser = ArgumentParser(prog="qa")
    >>> ask = parser.add_subparsers().add_parser("ask", help="ask one question")
    >>> _ = ask.add_argument("--json", action="store_true", help="print JSON")
    >>> print(described(parser).strip().replace("```", "'''"))
    ## qa ask
    <BLANKLINE>
    Ask one question.
    <BLANKLINE>
    '''
    qa ask [--json]
    '''
    <BLANKLINE>
    | | |
    |---|---|
    | `--json` | print JSON |
    """
    return "".join(
        _section(command, told, depth) + described(command, depth + 1)
        for command, told in commands(parser)
    )


def commands(parser: ArgumentParser) -> Iterator[tuple[ArgumentParser, str]]:
    """The commands right below `parser`, each with what its help says."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            told = {choice.dest: choice.help or "" for choice in action._choices_actions}
            yield from ((command, told[name]) for name, command in action.choices.items())


def _section(command: ArgumentParser, told: str, depth: int) -> str:
    formatter = argparse.HelpFormatter(command.prog, width=85)  # whatever the terminal's
    actions = [
        action for action in command._actions if not isinstance(action, argparse._HelpAction)
    ]
    rows = [
        f"| `{formatter._format_action_invocation(action)}` | {_cell(action.help or '')} |"
        for action in actions
        if not isinstance(action, argparse._SubParsersAction)
    ]
    formatter.add_usage(command.usage, actions, command._mutually_exclusive_groups, prefix="")
    lines = [f"{'#' * depth} {command.prog}", f"{told[:1].upper()}{told[1:]}."]
    lines += [f"```\n{formatter.format_help().strip()}\n```"]
    if rows:
        lines += ["\n".join(["| | |", "|---|---|", *rows])]
    if command.epilog:
        lines += [command.epilog]
    return "\n" + "\n\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")
