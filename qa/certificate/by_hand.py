"""Commands that check a source without this program: with sha256sum and python3 alone."""

from __future__ import annotations

import shlex
from collections.abc import Sequence

from qa.markup import escape
from qa.text import sha256
from qa.types import Document
from qa.verify import Check

# Without a single quote in them, these read well in a shell.
_FROM_FILE = (
    'import sys; print(open(sys.argv[1], encoding="utf-8", newline="").read()[{start}:{end}])'
)
_FROM_PAGE = (
    'import hashlib, json, re, sys; page = open(sys.argv[1], encoding="utf-8").read(); '
    'text = json.loads(re.search("(?s)<script id=.text-{number}. [^>]*>(.*?)</script>", page)[1]); '
    "print(hashlib.sha256(text.encode()).hexdigest())"
)
_AND_PRINT = "; print(text[{start}:{end}])"
# Of these the id is the name of the file. Whatever else an id is, no command is made of it.
_FILES = (".txt", ".md", ".markdown", ".html", ".htm", ".pdf", ".docx")


def by_hand(document: Document, number: int, checks: Sequence[Check], name: str) -> str:
    """What to type, and what comes out where nothing has changed.

    The text of plain files is cut from the file itself; that of others was extracted, and is taken
    from this page, `name`.
    """
    digest = sha256(document.text)
    is_file = document.id.lower().endswith(_FILES) and document.id.isprintable()
    places = list(dict.fromkeys((c.start, c.end) for c in checks if c.start is not None))
    steps = []
    if is_file and document.source_sha256 is not None:
        said = "In the folder of the articles, the sum of the file:"
        command = f"sha256sum -- {shlex.quote(document.id)}"
        steps.append(_step(said, command, document.source_sha256))
    if is_file and digest == document.source_sha256:
        for start, end in places:
            code = _FROM_FILE.format(start=start, end=end)
            command = f"python3 -c {shlex.quote(code)} {shlex.quote(document.id)}"
            said = f"There too, characters {start:,} to {end:,} of its text:"
            steps.append(_step(said, command, document.text[start:end]))
    else:
        code = _FROM_PAGE.format(number=number)
        code += "".join(_AND_PRINT.format(start=start, end=end) for start, end in places)
        printed = [digest, *(document.text[start:end] for start, end in places)]
        command = f"python3 -c {shlex.quote(code)} {shlex.quote(name)}"
        said = "Where this page lies, the sum of the text that was extracted, and what is cited:"
        steps.append(_step(said, command, "\n".join(printed)))
    return f'<h3 dir="auto">{escape(document.title or document.id)}</h3>{"".join(steps)}'


def _step(said: str, command: str, printed: str) -> str:
    return (
        f'<p>{said}</p><pre class="command" tabindex="0"><code>{escape(command)}</code></pre>'
        f'<pre class="printed" dir="auto" tabindex="0"><samp>{escape(printed)}</samp></pre>'
    )
