"""The command line: `qa build`, `ask`, `search`, `info`, `chat`, `eval`."""

from qa.surfaces.cli.entry import entry, main

__all__ = ["entry", "main"]
