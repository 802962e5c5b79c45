"""Measure follow-up questions by retrieval, on a CANARD file: `python -m eval.conversation --help`.

    python -m eval.conversation dev.jsonl.gz --work DIR --half tune      # to choose by
    python -m eval.conversation dev.jsonl.gz --work DIR --half report    # to report

The articles are all answers of the file, each titled with its dialogue's title and section. Every
question is looked up as typed, as `qa.conversation.resolve` writes it, and as a person rewrote it;
what should be found is its own answer. Prints the three recalls, and how much of the distance
between typed and rewritten the resolver closes. Halves are by the SHA-256 of the dialogue's id.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.progress import track

import qa
from qa.conversation import resolve
from qa.errors import Problem, QuestionError
from qa.evaluation.files import (
    as_object,
    member,
    numbered_lines,
    parse_json,
    read_text,
    strings,
)
from qa.evaluation.metrics import recall_at
from qa.evaluation.summary import mean

CUTOFFS = (1, 5, 20)
SILENCE = "i don't know"
PUBLISHED = {
    "History": "history",
    "QuAC_dialog_id": "dialog",
    "Question": "question",
    "Question_no": "turn",
    "Rewrite": "rewrite",
}
Search = Callable[[str], Sequence[str]]


def main() -> None:
    """Index the answers, look up every question three ways, print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("file", type=Path, help="CANARD as published, or as lines; plain or .gz")
    parser.add_argument("--work", type=Path, required=True, help="where the index is kept")
    parser.add_argument("--half", choices=("tune", "report"), default="tune")
    parser.add_argument("--no-topic", action="store_true", help="leave the title out of histories")
    parser.add_argument("--dialogues", type=int, help="how many of the half (all)")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="list N of the losses")
    options = parser.parse_args()
    turns = load_turns(options.file)
    settings = qa.Settings(keep_chrome=True)
    bot = qa.build(articles(turns), options.work / "answers", settings)

    def search(query: str) -> list[str]:
        hits = bot.retrieve(query, passages=2 * bot.policy.depth)
        return list(dict.fromkeys(hit.passage.doc_id for hit in hits))

    dialogues = [d for d in dict.fromkeys(t.dialogue for t in turns) if half(d) == options.half]
    chosen = set(dialogues[: options.dialogues])
    asked = [turn for turn in turns if turn.dialogue in chosen]
    topic = not options.no_topic
    lookups = [look_up(turn, search, topic=topic) for turn in track(asked, "asking")]
    print(f"{len(lookups)} questions of {len(chosen)} dialogues ({options.half}),", end=" ")
    print(f"{len(bot.documents)} answers")
    print_recalls(lookups)
    for lookup in [one for one in lookups if one.lost][: options.show]:
        print(f"\n{lookup.turn.question}\n  {lookup.resolved}\n  {lookup.turn.rewrite}")


@dataclass(frozen=True, slots=True)
class Turn:
    """A question of a dialogue with a person's rewrite, and what had been said before it."""

    dialogue: str
    number: int
    topic: tuple[str, str]
    history: tuple[tuple[str, str | None], ...]
    question: str
    rewrite: str
    answer: str

    @property
    def id(self) -> str:
        return f"{self.dialogue}/{self.number}"


@dataclass(frozen=True, slots=True)
class Lookup:
    """The ranked answers for a question as typed, as resolved and as rewritten by a person."""

    turn: Turn
    resolved: str
    typed: Sequence[str]
    ours: Sequence[str]
    human: Sequence[str]

    @property
    def lost(self) -> bool:
        """Whether the person's question finds its answer among five, and ours does not."""
        return self.turn.id in self.human[:5] and self.turn.id not in self.ours[:5]


def load_turns(path: Path) -> list[Turn]:
    """The turns whose answer is known: it stands in the next turn's history, and says something.

    Raises `QuestionError` naming the first line that is not as expected.
    """
    lines: dict[tuple[str, int], tuple[tuple[str, ...], str, str]] = {}
    for number, line in records(path):
        try:
            record = as_object(parse_json(line) if isinstance(line, str) else line)
            history = strings(record, "history")
            turn = member(record, "turn", int)
            if len(history) != 2 * turn:
                raise ValueError("'history' must hold a title, a section and two items a turn")
            question, rewrite = member(record, "question", str), member(record, "rewrite", str)
            lines[member(record, "dialog", str), turn] = history, question, rewrite
        except ValueError as error:
            raise QuestionError(
                str(Problem(str(path), str(error), line=number)), hint="take a file of CANARD"
            ) from error
    turns = []
    for (dialogue, number), (history, question, rewrite) in lines.items():
        after = lines.get((dialogue, number + 1))
        answer = None if after is None else said(after[0][2 * number + 1])
        if answer is not None:
            pairs = zip(history[2::2], map(said, history[3::2]), strict=True)
            topic = (history[0], history[1])
            turns.append(Turn(dialogue, number, topic, tuple(pairs), question, rewrite, answer))
    return turns


def records(path: Path) -> Iterator[tuple[int, object]]:
    """What the file holds, numbered: its lines, or the members of a list as CANARD publishes it."""
    text = read_text(path)
    if not text.lstrip().startswith("["):
        yield from numbered_lines(path)
        return
    try:
        members = json.loads(text)
    except ValueError as error:
        reason = f"not valid JSON: {error}"
        raise QuestionError(
            str(Problem(str(path), reason)), hint="take a file of CANARD"
        ) from error
    for number, line in enumerate(members, start=1):
        known = isinstance(line, dict)
        yield number, {PUBLISHED.get(key, key): line[key] for key in line} if known else line


def said(answer: str) -> str | None:
    """The answer, or None for "I don't know.".

    >>> said("I don't know."), said("1959")
    (None, '1959')
    """
    return None if answer.lower().rstrip(".") == SILENCE else answer


def half(dialogue: str) -> str:
    """Which half a dialogue is of: "tune", to choose by, or "report".

    >>> half("C_1"), half("C_2"), half("C_3")
    ('tune', 'report', 'tune')
    """
    return ("tune", "report")[hashlib.sha256(dialogue.encode()).digest()[0] % 2]


def articles(turns: Sequence[Turn]) -> list[qa.Document]:
    """Each answer as an article of its own."""
    return [qa.Document(turn.id, ": ".join(turn.topic), turn.answer) for turn in turns]


def look_up(turn: Turn, search: Search, *, topic: bool = True) -> Lookup:
    """Search three ways. With `topic`, title and section stand in the history, as its first turn.

    People who rewrote the questions saw both.
    """
    said_before = [turn.topic, *turn.history] if topic else turn.history
    history = [{"question": question, "answer": answer} for question, answer in said_before]
    resolved = resolve(turn.question, history)
    return Lookup(turn, resolved, *map(search, (turn.question, resolved, turn.rewrite)))


def print_recalls(lookups: Sequence[Lookup]) -> None:
    """A line for each recall, in percent, and the share of the distance that is closed."""
    print(f"{'':>10}{'typed':>8}{'ours':>8}{'human':>8}{'closed':>8}")
    for cutoff in CUTOFFS:
        typed, ours, human = (
            mean(recall_at(cutoff, getattr(one, way), [one.turn.id]) for one in lookups) or 0.0
            for way in ("typed", "ours", "human")
        )
        closed = (ours - typed) / (human - typed) if human != typed else 0.0
        shares = "".join(f"{100 * share:>8.1f}" for share in (typed, ours, human, closed))
        print(f"recall@{cutoff:<3}{shares}")
    unlike = sum(lookup.resolved != lookup.turn.question for lookup in lookups)
    print(f"{unlike} of {len(lookups)} questions were changed")


if __name__ == "__main__":
    main()
