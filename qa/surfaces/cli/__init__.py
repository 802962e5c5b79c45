"""The command line: `qa --help` lists its commands."""

from qa.surfaces.cli.entry import entry, main

__all__ = ["entry", "main"]
