"""How the chat is served: from the command line, else the environment, else the defaults."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from qa.errors import InputError
from qa.surfaces.user_folders import data_folder
from qa.surfaces.web.limits import Limits, amount

_OFF = ("0", "off", "no", "false")


@dataclass(frozen=True, slots=True)
class Options:
    """Where the page is, who may use it, where its data lies, and how much people may bring.

    `auth_file` holds one `name:password` a line; None lets everyone in who reaches the port.
    `root_path` is the path or URL at which a proxy shows the page. `feedback`: keep what users
    think of answers.

    >>> Options.of({"QA_PORT": "8000"}, host="0.0.0.0").port
    8000
    """

    host: str = "127.0.0.1"
    port: int = 7860
    data: Path = field(default_factory=data_folder)
    auth_file: Path | None = None
    root_path: str | None = None
    limits: Limits = field(default_factory=Limits)
    feedback: bool = True

    @classmethod
    def of(cls, environment: Mapping[str, str] | None = None, **given: Any) -> Options:
        """Options as `given`; those that are None or missing from `QA_HOST`, `QA_PORT` and so on.

        `max_file_size` is a number of bytes that may end in K, M or G, as in "20M". Raises
        InputError, naming the variable, for a value that cannot be used.
        """
        environment = os.environ if environment is None else environment
        limits = Limits.of_environment(environment)
        if given.get("max_file_size") is not None:
            most = amount(given["max_file_size"], "--max-file-size")
            limits = replace(limits, file_bytes=most)
        found: dict[str, Any] = {
            name: read(environment[variable], variable)
            for name, (variable, read) in _VARIABLES.items()
            if environment.get(variable)
        }
        known = {name: value for name, value in given.items() if name in _VARIABLES}
        return cls(
            limits=limits,
            **{**found, **{name: value for name, value in known.items() if value is not None}},
        )


def _text(value: str, variable: str) -> str:
    return value


def _path(value: str, variable: str) -> Path:
    return Path(value).expanduser()


def _port(value: str, variable: str) -> int:
    if not value.isdecimal():
        raise InputError(f"{variable} is no port: {value[:40]!r}", hint="for example: 7860")
    return int(value)


def _switch(value: str, variable: str) -> bool:
    return value.strip().lower() not in _OFF


_VARIABLES = {
    "host": ("QA_HOST", _text),
    "port": ("QA_PORT", _port),
    "data": ("QA_DATA", _path),
    "auth_file": ("QA_AUTH_FILE", _path),
    "root_path": ("QA_ROOT_PATH", _text),
    "feedback": ("QA_FEEDBACK", _switch),
}
