"""What does a surface add to the time of an answer? `python -m eval.surfaces_speed [--index DIR]`.

The same questions are asked in this process, over HTTP of `qa serve` in another, and of `qa mcp` in
two more by the SDK's client, which holds every answer against its schema; they take turns, and
turns at being first. Prints medians and quartiles in milliseconds, what a surface adds to Python's
median, and what machine it was. "no work" is a request over HTTP that asks nothing of the bot.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlsplit

from anyio.from_thread import start_blocking_portal
from mcp import Client, StdioServerParameters

import qa
from eval.reader_speed import REST, machine
from qa.evaluation.questions import load_questions

HERE = Path(__file__).resolve().parent
QUESTIONS, ROUNDS = 20, 5

Ask = Callable[[str], object]


def main() -> None:
    """Ask, time, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--index", type=Path, default=HERE.parent / "index", help="the index")
    parser.add_argument("--questions", type=int, default=QUESTIONS, metavar="N", help="how many")
    parser.add_argument("--rounds", type=int, default=ROUNDS, metavar="N", help="how often each")
    options = parser.parse_args()
    known = load_questions(HERE / "questions/expo.jsonl")
    questions = [each.question for each in known if each.split == "dev"][: options.questions]
    bot = qa.open(options.index)
    bot.warm()
    with ExitStack() as stack:
        connection = stack.enter_context(served(options.index))
        speaking = ["-m", "qa", "mcp", "--index", str(options.index)]
        child = StdioServerParameters(command=sys.executable, args=speaking)
        where = stack.enter_context(started(*speaking, "--http", "--port", "0"))
        surfaces: dict[str, Ask] = {
            "python": bot.ask,
            "http": lambda question: post(connection, question),
            "mcp, stdio": stack.enter_context(asked_over_mcp(child)),
            "mcp, http": stack.enter_context(asked_over_mcp(where)),
            "no work": lambda _: get(connection, "/v1/health"),
        }
        times = measure(surfaces, questions, options.rounds)
    print(machine())
    print(f"{len(questions)} questions, {options.rounds} rounds:")
    usual = median(times["python"])
    for name, taken in times.items():
        lower, middle, upper = quantiles(taken, n=4)
        compared = name not in ("python", "no work")
        added = f"{middle - usual:+7.1f} ms, {middle / usual:.3f} times" if compared else ""
        print(f"{name:<11}{middle:8.1f} ms  (quartiles {lower:.1f} and {upper:.1f}) {added}")


def measure(
    surfaces: Mapping[str, Ask], questions: list[str], rounds: int
) -> dict[str, list[float]]:
    """Milliseconds of each question on each surface, after one round to warm up."""
    times: dict[str, list[float]] = {name: [] for name in surfaces}
    for turn in range(-1, rounds):
        for number, question in enumerate(questions):
            names = sorted(surfaces, reverse=(turn + number) % 2 == 0)
            for name in names:
                time.sleep(REST)
                began = time.perf_counter()
                surfaces[name](question)
                taken = (time.perf_counter() - began) * 1000
                if turn >= 0:
                    times[name].append(taken)
    return times


@contextmanager
def served(index: Path) -> Iterator[HTTPConnection]:
    """A connection to `qa serve`, which is ready."""
    with started("-m", "qa", "serve", "--index", str(index), "--port", "0") as where:
        connection = HTTPConnection(urlsplit(where).netloc)
        while get(connection, "/v1/ready") != 200:
            time.sleep(0.1)
        yield connection


@contextmanager
def started(*command: str) -> Iterator[str]:
    """The address that a server in another process says it has."""
    with subprocess.Popen(
        [sys.executable, *command], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            said = process.stdout.readline() if process.stdout else ""
            where = re.search(r"http://\S+", said)
            if where is None:
                raise SystemExit(f"{' '.join(command)} did not start")
            yield where[0]
        finally:
            process.terminate()


@contextmanager
def asked_over_mcp(server: str | StdioServerParameters) -> Iterator[Ask]:
    """Asks a server by the SDK's client, which lives in an event loop of its own."""
    with (
        start_blocking_portal() as portal,
        portal.wrap_async_context_manager(Client(server)) as client,
    ):
        yield lambda question: portal.call(client.call_tool, "ask", {"question": question})


def post(connection: HTTPConnection, question: str) -> object:
    """The answer over HTTP, parsed."""
    headers = {"Content-Type": "application/json"}
    connection.request("POST", "/v1/ask", json.dumps({"question": question}), headers)
    return json.load(connection.getresponse())


def get(connection: HTTPConnection, path: str) -> int:
    """The status of a route."""
    connection.request("GET", path)
    response = connection.getresponse()
    response.read()
    return response.status


if __name__ == "__main__":
    main()
