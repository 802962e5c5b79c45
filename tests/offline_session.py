"""A session that is watched: build, ask, chat, or run a script; test_offline.py says why."""

from __future__ import annotations

import json
import os
import runpy
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.request import ProxyHandler, Request, build_opener

ARTICLES = {
    "expo.md": "# Expo\n\nThe 2019 expo signed 530 projects. Robots danced.\n",
    "park.txt": "The park of Lijia\n\nIt opened in 2018. Drones fly there.\n",
    "cave.html": "<html><body><article><p>Hongya Cave is lit at night.</p></article></body></html>",
}
QUESTION = "How many projects did the 2019 expo sign?"
# Calls that go to an address, their second argument, and calls that ask for one by name.
ADDRESSED = ("socket.connect", "socket.sendto", "socket.sendmsg", "socket.bind")
LOOKUPS = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr")
HERE = ("localhost", "127.0.0.1", "::1", None)
reached: dict[str, list[str]] = {"here": [], "outside": []}


def watch(event: str, arguments: tuple[Any, ...]) -> None:
    """Note every call to the network, and stop it before it leaves this machine."""
    if event in ADDRESSED:
        place = arguments[1]
        # What is no tuple is the path of a Unix socket, or an address connected to before.
        host = place[0] if isinstance(place, tuple) else None
    elif event in LOOKUPS:
        place = arguments[0]
        host = place.decode() if isinstance(place, bytes) else place
    else:
        return
    call = f"{event} {place!r}"
    reached["here" if host in HERE else "outside"].append(call)
    if host not in HERE:
        raise ConnectionRefusedError(f"not from here: {call}")


def chat(folder: Path) -> None:
    """Build an index, ask it, and ask it once more through the web chat."""
    import qa
    from qa.surfaces.web import page, server
    from qa.surfaces.web.collections import Collections

    articles = folder / "articles"
    articles.mkdir()
    for name, text in ARTICLES.items():
        (articles / name).write_text(text, encoding="utf-8")
    qa.build(articles, folder / "index")
    bot = qa.open(folder / "index", qa.Policy(threshold=0.0))
    answer = bot.ask(QUESTION)
    _expect(answer.text is not None and "530" in answer.text, str(answer.text))
    with server.listen("127.0.0.1", 0) as listener:
        application = page.application(page.build_page(Collections(None, bundled=bot)))
        Thread(target=server.run, args=(application, listener), daemon=True).start()
        _converse(server.address(listener))


def _converse(home: str) -> None:
    config = json.loads(_fetch(f"{home}/config"))
    _expect("<html" in _fetch(home), "no page")
    ask = next(d for d in config["dependencies"] if ["click"] in [t[1:] for t in d["targets"]])
    deed = {"deed": "ask", "words": QUESTION}
    join = {"data": [None], "event_data": deed, "fn_index": ask["id"], "session_hash": "session"}
    _fetch(f"{home}/gradio_api/queue/join", join)
    events = _fetch(f"{home}/gradio_api/queue/data?session_hash=session")
    _expect("530" in events and "process_completed" in events, events)


def _fetch(url: str, body: object = None) -> str:
    data = None if body is None else json.dumps(body).encode()
    request = Request(url, data, {"content-type": "application/json"})
    with build_opener(ProxyHandler({})).open(request, timeout=60) as response:
        text: str = response.read().decode()
    return text


def plant(call: str) -> None:
    """Do what must be stopped; the addresses lead nowhere, should it not be."""
    plants: dict[str, Callable[[socket.socket], object]] = {
        "socket.connect": lambda udp: udp.connect(("192.0.2.1", 9)),
        "socket.sendto": lambda udp: udp.sendto(b"", ("192.0.2.1", 9)),
        "socket.bind": lambda udp: udp.bind(("0.0.0.0", 0)),
        "socket.getaddrinfo": lambda _: socket.getaddrinfo("example.invalid", 9),
        "socket.gethostbyname": lambda _: socket.gethostbyname("example.invalid"),
    }
    with socket.socket(type=socket.SOCK_DGRAM) as udp:
        try:
            plants[call](udp)
        except ConnectionRefusedError:
            return
    raise SystemExit(f"{call} was not stopped")


def _expect(met: bool, otherwise: str) -> None:
    if not met:
        raise SystemExit(otherwise)


if __name__ == "__main__":
    told = [name for name in os.environ if "OFFLINE" in name]
    _expect(not told, f"told to stay offline by {told}")
    sys.addaudithook(watch)
    if sys.argv[1] == "chat":
        chat(Path(sys.argv[2]))
    elif sys.argv[1] == "run":
        runpy.run_path(sys.argv[2])
    else:
        plant(sys.argv[2])
    print(json.dumps(reached), flush=True)
    os._exit(0)  # the server's thread would keep the process
