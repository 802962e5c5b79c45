"""How often sources seem to differ: `python -m eval.conflicts --help`.

    python -m eval.conflicts dev-v1.1.json.gz --paragraphs train.json.gz --work DIR --questions 400

SQuAD's questions are asked among the paragraphs of all files, as `eval.open_reading` does. There
hardly any two articles contradict each other, so what is shown as a conflict is listed and is most
likely none. Then each question that was answered rightly is asked again with one more document
among those read: a copy of the cited passage in which only the answer is exchanged, a digit for
another or a name for another one. Printed is how many of these are now shown with both sides.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from rich.progress import track

import qa
from qa.decide import decide
from qa.evaluation.metrics import is_right
from qa.evaluation.sampling import sample
from qa.evaluation.squad import SquadQuestion, load_squad
from qa.names import is_name
from qa.types import Answer, Document, Hit, Passage
from qa.values import Words, value

COPY = "altered copy"


def main() -> None:
    """Index, ask twice, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("squad", type=Path, help="SQuAD JSON: its questions are asked")
    parser.add_argument("--paragraphs", type=Path, action="append", default=[], help="more SQuAD")
    parser.add_argument("--work", type=Path, required=True, help="where the index is kept")
    parser.add_argument("--questions", type=int, help="how many of them (all)")
    options = parser.parse_args()
    squad = load_squad(options.squad)
    for path in options.paragraphs:
        squad = squad.among(load_squad(path))
    bot = qa.build(squad.documents, options.work / "squad-open", qa.Settings(keep_chrome=True))
    asked = sample(
        [question for question in squad.questions if question.answers], options.questions
    )
    names = [answer for question in asked for answer in question.answers[:1] if is_name(answer)]
    answered, shown, rightly, altered, both = 0, [], 0, 0, 0
    for question in track(asked, "asking"):
        answer = bot.ask(question.question)
        answered += answer.text is not None
        if answer.conflict:
            shown.append((question.question, answer.text, answer.alternatives[0].text))
        if not is_right(answer.text, question.answers):
            continue
        rightly += 1
        if copy := altered_copy(answer, question, names):
            altered += 1
            both += ask_again(bot, question.question, answer.hits, copy).conflict
    for asking, one, other in shown:
        print(f"shown as a conflict: {asking} {one!r} or {other!r}")
    print(f"{len(asked)} questions, {answered} answered, {len(shown)} shown as a conflict")
    print(f"{rightly} answered rightly, {altered} of them altered, {both} shown with both sides")


def altered_copy(
    answer: Answer, question: SquadQuestion, names: Sequence[str]
) -> tuple[Hit, Document] | None:
    """The cited passage with another answer; None where the answer is neither figure nor name."""
    cited = answer.citations[0]
    hit = next(
        hit
        for hit in answer.hits
        if hit.passage.doc_id == cited.doc_id
        and hit.passage.start <= cited.answer_start < cited.answer_end <= hit.passage.end
    )
    other = exchanged(cited.answer, names, random.Random(question.id))
    if other is None:
        return None
    text = hit.passage.text
    first, last = cited.answer_start - hit.passage.start, cited.answer_end - hit.passage.start
    text = text[:first] + other + text[last:]
    passage = Passage(COPY, hit.passage.heading, 0, len(text), text, hit.passage.title)
    return replace(hit, passage=passage), Document(COPY, hit.passage.title, text)


def exchanged(answer: str, names: Sequence[str], chance: random.Random) -> str | None:
    """Another answer of the same kind: 1852 for 1822, one of `names` for a name.

    >>> exchanged("in 1822", [], random.Random(0))
    'in 1852'
    """
    digits = [match.start() for match in re.finditer(r"\d", answer)]
    if not isinstance(value(answer), Words) and digits:
        place = digits[max(0, len(digits) - 2)]
        digit = (int(answer[place]) + 2) % 9 + 1
        return f"{answer[:place]}{digit}{answer[place + 1 :]}"
    words = set(answer.lower().split())
    others = [name for name in names if words.isdisjoint(name.lower().split())]
    return chance.choice(others) if is_name(answer) and others else None


def ask_again(
    bot: qa.Bot, question: str, hits: Sequence[Hit], copy: tuple[Hit, Document]
) -> Answer:
    """The answer from the same passages and the copy."""
    hit, document = copy
    read = [*hits[:-1], hit] if len(hits) == bot.policy.passages else [*hits, hit]
    documents = {**bot.documents, COPY: document}
    spans = bot.reader.read(question, read)
    threshold = bot.reader.threshold
    return decide(question, question, read, spans, documents, bot.reader.confidence, threshold)


if __name__ == "__main__":
    main()
