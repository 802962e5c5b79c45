"""Serving the page: what is opened, warmed and said before it is ready."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from socket import socket

from qa.answerer import Bot
from qa.surfaces.web import server
from qa.surfaces.web.access import Users
from qa.surfaces.web.collections import Collections
from qa.surfaces.web.feedback import Feedback
from qa.surfaces.web.options import Options
from qa.surfaces.web.page import application, build_page

EXPOSED = (
    "warning: {where} can be reached from other machines, and anyone who reaches it may ask.\n"
    "Library and Quality are read-only, and no feedback is kept.\n"
    "hint: --auth-file FILE lets in only the users it names\n"
)


def serve(
    bundled: Bot | None,
    options: Options | None = None,
    *,
    title: str = "Footnote",
    examples: Sequence[str] = (),
    open_browser: bool = False,
) -> None:
    """Serve the page until interrupted. Raises `InputError` where the port is taken.

    `bundled` is the bot over the articles that come along and are read-only, None where none do.
    The page is ready when its address is printed: models are loaded by then.
    """
    options = options or Options.of()
    with server.listen(options.host, options.port) as listener:
        users = Users(options.auth_file) if options.auth_file is not None else None
        collections = opened(bundled, options, everyone=users is None, listener=listener)
        collections.warm()
        is_kept = options.feedback and collections.writable
        feedback = Feedback(options.data / "feedback.sqlite" if is_kept else None)
        page = build_page(collections, title=title, examples=examples, feedback=feedback)
        served = application(
            page,
            users=users,
            root_path=options.root_path,
            max_file_bytes=options.limits.file_bytes if collections.writable else 0,
        )
        print(f"{title} is at {server.address(listener)} (Ctrl+C stops it)", flush=True)
        if open_browser:
            import webbrowser

            webbrowser.open(server.address(listener))
        server.run(served, listener)


def opened(
    bundled: Bot | None, options: Options, *, everyone: bool, listener: socket
) -> Collections:
    """The collections, which can be changed unless `everyone` on other machines could do so."""
    exposed = everyone and not server.is_loopback(listener)
    if exposed:
        sys.stderr.write(EXPOSED.format(where=server.address(listener)))
    return Collections(options.data, bundled=bundled, limits=options.limits, writable=not exposed)
