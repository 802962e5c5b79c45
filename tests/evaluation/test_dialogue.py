"""Questions made in the terminal, with a person who types from a list."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from qa.evaluation.dialogue import dialogue, places_of
from qa.evaluation.gold import check
from qa.evaluation.metrics import stands_at
from qa.evaluation.questions import Question
from qa.types import Document, Passage

TEXT = "Preface. The 530 firms of 2019\nsigned. Of them 53 came in 2018, and 53 stayed."
DOCUMENT = Document("expo.md", "Expo", TEXT)
START = TEXT.index("The")
PASSAGES = [Passage("expo.md", "", START, len(TEXT), TEXT[START:], "Expo")]


class Person:
    """Types these lines, then Ctrl-D, and keeps what was shown."""

    def __init__(self, *lines: str) -> None:
        self.lines = list(lines)
        self.shown: list[str] = []

    def ask(self, prompt: str) -> str:
        self.shown.append(prompt)
        if not self.lines:
            raise EOFError
        return self.lines.pop(0)

    def make(self, taken: Iterable[str] = ()) -> list[Question]:
        return list(
            dialogue(
                PASSAGES,
                {"expo.md": DOCUMENT},
                self.ask,
                self.shown.append,
                taken=set(taken),
                split="dev",
            )
        )


def test_a_question_is_made_with_its_place() -> None:
    (question,) = Person(" How many firms? ", "530 firms").make(taken=["q1"])
    assert question.to_dict()["id"] == "q2"
    assert (question.question, question.answers) == ("How many firms?", ("530 firms",))
    assert (question.doc_ids, question.split) == (("expo.md",), "dev")
    (place,) = question.gold
    assert TEXT[place.start : place.end] == "530 firms"
    assert check(question, {"expo.md": DOCUMENT}) == "ok"


def test_of_several_places_one_is_chosen() -> None:
    person = Person("How many stayed?", "53", "3", "0", "many", "2")
    (question,) = person.make()
    assert question.gold[0].start == TEXT.rindex("53")
    assert any(line.startswith("1. ") and ">>53<<" in line for line in person.shown)
    assert person.shown.count("A number from 1 to 2, please.") == 3


def test_words_that_do_not_stand_there_are_asked_for_again() -> None:
    for wrong in ("five", "53 FIRMS", "5", "Preface", "the", "."):
        person = Person("How many firms?", wrong, "530")
        (question,) = person.make()
        assert question.answers == ("530",)
        assert sum("does not say that" in line for line in person.shown) == 1


def test_empty_lines_leave_a_passage_and_the_end_of_input_ends_it() -> None:
    for lines in ([], [""], ["Who?"], ["Who?", ""], ["Who?", "53"], ["Who?", "53", "", ""]):
        assert Person(*lines).make() == []


def test_a_question_that_no_bot_takes_is_asked_for_again() -> None:
    person = Person("x" * 2001, "How many?", "530")
    assert [question.question for question in person.make()] == ["How many?"]
    assert any("2,001" in line for line in person.shown)


def test_a_line_end_is_as_good_as_a_space() -> None:
    (question,) = Person("When?", "2019 signed").make()
    place = question.gold[0]
    assert TEXT[place.start : place.end] == "2019\nsigned"


def test_the_order_is_that_of_the_seed() -> None:
    passages = [Passage("expo.md", "", n, n + 1, "x", "Expo") for n in range(20)]

    def order(seed: int) -> list[str]:
        person = Person(*[""] * 20)
        documents = {"expo.md": DOCUMENT}
        assert not list(dialogue(passages, documents, person.ask, person.shown.append, seed=seed))
        return [line for line in person.shown if line.startswith("[")]

    assert order(1) == order(1)
    assert order(1) != order(2)
    assert len({line.partition("]")[2] for line in order(1)}) == 20


@given(st.text(alphabet="ab 5.3,\n", max_size=40), st.text(alphabet="ab 53.", max_size=4))
def test_every_place_holds_the_words_whole(text: str, answer: str) -> None:
    passage = Passage("a.txt", "", 0, len(text), text)
    for start, end in places_of(answer, passage, text):
        assert text[start:end].split() == answer.split()
        assert stands_at(answer, text, start, end)
