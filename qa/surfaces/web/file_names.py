"""Names for files that strangers named: readable, unique in their folder, and harmless anywhere."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

LONGEST = 120  # bytes of UTF-8; file systems take 255, and a number may have to be added
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,10}")
# What a path or a shell gives a meaning, on any platform.
_SPECIAL = re.compile(r'[<>:"/\\|?*]')
# Windows opens a device under these names, whatever their suffix. A README is never an article
# where a folder is read, but this one was chosen.
_TAKEN = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|readme)", re.IGNORECASE)


def safe_name(name: str, taken: Collection[str] = ()) -> str:
    """A file name near to `name` that no other in `taken` equals, be it in upper or lower case.

    No path, hidden file or device; printable; in composed characters (NFC) and up to some 130
    bytes. The suffix stays, in lower case. A safe name that is not taken is given back as it is.

    >>> safe_name("../../etc/pass\\0wd.TXT"), safe_name("CON.md"), safe_name("Éloge – 2019.md")
    ('passwd.txt', '_CON.md', 'Éloge – 2019.md')
    >>> safe_name("a.md", taken=["A.md"])
    'a-2.md'
    """
    stem, suffix = _parts(name)
    known = {folded(other) for other in taken}
    candidate, number = stem + suffix, 1
    while folded(candidate) in known:
        number += 1
        ending = f"-{number}"
        candidate = _cut(stem, LONGEST - len(ending)) + ending + suffix
    return candidate


def folded(name: str) -> str:
    """What two names share that some file system takes for one."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", name).casefold())


def printable(text: str) -> str:
    """`text` on one line, in composed characters, without what steers a terminal or a page.

    >>> printable(" a\\tb\\u202ec ")
    'a bc'
    """
    # Categories that begin with C: controls, directions, lone surrogates, unassigned.
    seen = (c if c.isspace() else "" if unicodedata.category(c)[0] == "C" else c for c in text)
    return unicodedata.normalize("NFC", " ".join("".join(seen).split()))


def _parts(name: str) -> tuple[str, str]:
    """The safe stem and suffix."""
    last = re.split(r"[/\\]", name.rstrip("/\\"))[-1]
    plain = _trimmed(printable(_SPECIAL.sub("", printable(last))))
    stem, dot, ending = plain.rpartition(".")
    if not dot or not _SUFFIX.fullmatch(dot + ending):
        stem, dot, ending = plain, "", ""
    stem = _cut(stem, LONGEST)
    if _TAKEN.fullmatch(stem.split(".")[0].strip()):
        stem = _cut(f"_{stem}", LONGEST)
    return stem, f".{ending.lower()}" if dot else ""


def _cut(text: str, longest: int) -> str:
    return _trimmed(text.encode()[:longest].decode(errors="ignore")) or "article"


def _trimmed(text: str) -> str:
    """Without dots that hide a file, dashes that make it an option, ends that Windows drops."""
    return text.lstrip(".- ").rstrip(". ")
