"""`python -m qa` is the command `qa`."""

from qa.surfaces.cli import entry

entry()
