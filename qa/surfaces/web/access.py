"""Who may use the page where not everyone may: the users that a file names."""

from __future__ import annotations

from hmac import compare_digest
from pathlib import Path

from qa.errors import InputError

_HINT = "write one user a line, as name:password"


class Users:
    """The users of a file that holds one `name:password` a line.

    Blank lines and lines that begin with `#` are skipped. Raises InputError where the file cannot
    be read or holds no user.
    """

    def __init__(self, path: Path) -> None:
        try:
            lines = path.read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(f"{path} cannot be read: {error}", hint=_HINT) from error
        self._passwords: dict[str, str] = {}
        for number, line in enumerate(lines, 1):
            if not line.strip() or line.startswith("#"):
                continue
            name, _, password = line.partition(":")
            if not name.strip() or not password:
                raise InputError(f"{path}, line {number}: no user with a password", hint=_HINT)
            self._passwords[name.strip()] = password
        if not self._passwords:
            raise InputError(f"{path} names no user", hint=_HINT)

    def admits(self, name: str, password: str) -> bool:
        """Whether there is such a user with such a password; comparing takes as long either way."""
        expected = self._passwords.get(name, "")
        given = password.encode("utf-8", "surrogatepass")
        return compare_digest(expected.encode(), given) and name in self._passwords
