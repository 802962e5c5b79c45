"""Follow-up questions: what comes out stands alone, and what stands alone comes out as typed."""

from __future__ import annotations

import time
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import qa
from qa.conversation import LONGEST, Conversation, Turn, resolve
from qa.conversation.ellipsis import fragment
from qa.conversation.grammar import split
from qa.conversation.mentions import mentions
from qa.conversation.references import references
from qa.errors import QuestionError
from qa.questions import MAX_QUESTION
from qa.types import Answer
from tests.test_answerer import BOT, EXPO, PARK, bot_over
from tests.test_decide import TEXTS

SIGNED = ("How many projects were signed at the 2019 Smart China Expo?", "530")
QIN = ("Who spoke to China Central Television?", "Qin Shubin")
RACKS = ("How many racks can the data centre in Chongqing support?", "90,000")
PARK_IS = ("What is Lijia Smart Park?", "a park in Chongqing")
CABLES = ("How fast did optical cables grow in Chongqing in 2021?", "72.9%")
WHERE = ("Where does Yu Yao live?", "the Yunding cluster of Longfor Liangjiang City")


def after(*turns: tuple[str, str | None]) -> list[Turn]:
    return [{"question": question, "answer": answer} for question, answer in turns]


# The turn before, what is typed, and what it becomes.
PRONOUNS = [
    (SIGNED, "Where was it held?", "Where was the 2019 Smart China Expo held?"),
    (SIGNED, "What was its theme?", "What was the theme of the 2019 Smart China Expo?"),
    (SIGNED, "Who saw its main hall?", "Who saw the 2019 Smart China Expo's main hall?"),
    (("Frank Zappa", None), "Who is its heir?", "Who is Frank Zappa's heir?"),
    (SIGNED, "Who came there?", "Who came at the 2019 Smart China Expo?"),
    (SIGNED, "Who paid for them?", "Who paid for the projects at the 2019 Smart China Expo?"),
    (SIGNED, "Who approved that expo?", "Who approved the 2019 Smart China Expo?"),
    (SIGNED, "Who hosted the expo?", "Who hosted the 2019 Smart China Expo?"),
    (
        SIGNED,
        "What else happened in that year?",
        "What else happened in 2019 at the Smart China Expo?",
    ),
    (QIN, "What is his position?", "What is Qin Shubin's position?"),
    (QIN, "When did she say so?", "When did Qin Shubin say so?"),
    (QIN, "Who asked him?", "Who asked Qin Shubin?"),
    (
        RACKS,
        "How many servers does it support?",
        "How many servers does the data centre in Chongqing support?",
    ),
    (RACKS, "Who built this?", "Who built the data centre in Chongqing?"),
    (PARK_IS, "When did it open?", "When did Lijia Smart Park open?"),
    (PARK_IS, "Who lives there?", "Who lives in Lijia Smart Park?"),
    (PARK_IS, "Who runs this park?", "Who runs Lijia Smart Park?"),
    (WHERE, "When did he move in?", "When did Yu Yao move in?"),
    (
        WHERE,
        "Who else lives there?",
        "Who else lives in the Yunding cluster of Longfor Liangjiang City?",
    ),
    (
        ("Which company built the hall?", "Huawei"),
        "Where is its office?",
        "Where is Huawei's office?",
    ),
    (
        ("Which bands played at the 2019 expo?", "The Kinks and Rose Tattoo"),
        "When did they play?",
        "When did the bands at the 2019 expo play?",
    ),
    (("who is Ann Lee", None), "when did she make her film", "when did Ann Lee make her film"),
    (("Frank Zappa", None), "What was he like?", "What was Frank Zappa like?"),
    (("What is Van der Graaf?", "a band"), "Who is in it?", "Who is in Van der Graaf?"),
    (("Ratt: what was shown?", "a film"), "Was it theirs?", "Was Ratt theirs?"),
    (("smart china expo 2019", None), "where was it held", "where was smart china expo 2019 held"),
]

FRAGMENTS = [
    (SIGNED, "And in 2020?", "How many projects were signed at the 2020 Smart China Expo?"),
    (SIGNED, "2020?", "How many projects were signed at the 2020 Smart China Expo?"),
    (SIGNED, "What about the 2021 edition?",
     "How many projects were signed at the 2021 Smart China Expo?"),
    (SIGNED, "and how many robots", "How many robots were signed at the 2019 Smart China Expo?"),
    (SIGNED, "And companies?", "How many companies were signed at the 2019 Smart China Expo?"),
    (SIGNED, "When?", "When were projects signed at the 2019 Smart China Expo?"),
    (("Where is Lijia?", "in Chongqing"), "And in 2020?", "Where is Lijia in 2020?"),
    (("What did the first Expo sign in 2018?", "501"), "In 2019?",
     "What did the Expo sign in 2019?"),
    (("Who won the first prize?", "Ann"), "And the second?", "Who won the second prize?"),
    (("Who won the first prize?", "Ann"), "The second one?", "Who won the second prize?"),
    (("What did Tencent sign?", "a contract"), "How about Huawei?", "What did Huawei sign?"),
    (("What did Tencent sign?", "a contract"), "Huawei?", "What did Huawei sign?"),
    (("What is Tencent's office like?", "big"), "And Huawei?", "What is Huawei's office like?"),
    (("When did the band split?", "in 1969"), "Why?", "Why did the band split?"),
    (("Did Huawei sign?", "yes"), "When?", "When did Huawei sign?"),
    (("Zappa: when was the split?", "in 1969"), "Why?", "Zappa: why was the split?"),
    (CABLES, "And industrial robots?", "How fast did industrial robots grow in Chongqing in 2021?"),
    (CABLES, "And in Chengdu?", "How fast did optical cables grow in Chengdu in 2021?"),
    (CABLES, "on average?", "How fast did optical cables grow in Chongqing in 2021 on average?"),
]  # fmt: skip

INCOMPLETE = [
    (SIGNED, "What was the total investment?",
     "What was the total investment at the 2019 Smart China Expo?"),
    (SIGNED, "And who gave a speech?", "Who gave a speech at the 2019 Smart China Expo?"),
    (("When was the first Expo held?", "in 2018"), "What were the contracts worth?",
     "What were the contracts worth at the first Expo?"),
    (("Frank Zappa", None), "Why were there problems?",
     "Frank Zappa: why were there problems?"),
    (SIGNED, "Was anything else shown in 2020?",
     "Was anything else shown in 2020 at the Smart China Expo?"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "typed", "alone"), [*PRONOUNS, *FRAGMENTS, *INCOMPLETE])
def test_a_follow_up_becomes_a_question_that_stands_alone(
    before: tuple[str, str | None], typed: str, alone: str
) -> None:
    assert resolve(typed, after(before)) == alone


@pytest.mark.parametrize(
    "typed",
    [
        "When did Lijia Smart Park open?",
        "And what does Huawei sell?",
        "What is the access rate to the Government Cloud in Chongqing?",
        "how many smart communities has chongqing built",
        "Which is the band that won in Liverpool?",
        "How many seats are there in Wembley Stadium?",
        "Why did Yu Yao and his wife move when their flat was sold?",
        "How long did it take to build the Great Wall?",
        "Who instructed that the expo should go on being held to a high standard?",
        "recipe for apple pie",
        "How do I change a bicycle tyre?",
        "How many strings does a violin have?",
        "At what temperature does water boil at sea level?",
    ],
)
def test_nothing_is_carried_into_a_new_topic(typed: str) -> None:
    for before in (SIGNED, QIN, PARK_IS):
        assert resolve(typed, after(before)) == typed


def test_what_was_resolved_is_carried_on() -> None:
    history = after(SIGNED, ("And in 2021?", "92 contracts"), ("Who opened it?", "Ann Lee"))
    assert resolve("Where was it held?", history) == "Where was the 2021 Smart China Expo held?"
    assert resolve("Where does she live?", history) == "Where does Ann Lee live?"


def test_a_name_keeps_the_pronoun_that_it_went_by() -> None:
    history = after(("Who is Mo Yuanming?", None), ("What does he say?", "It works"))
    history += after(("What does Acme Group make?", "Mo Yuanming rackets"))
    assert resolve("Where does he work?", history) == "Where does Mo Yuanming work?"
    assert resolve("Where is it made?", history) == "Where is Acme Group made?"


def test_who_it_is_comes_from_what_the_pronoun_can_stand_for() -> None:
    history = after(("Who designed the Expo Center in Chongqing?", "Ann Lee"))
    assert resolve("When was she born?", history) == "When was Ann Lee born?"
    assert resolve("When was it built?", history) == "When was the Expo Center in Chongqing built?"
    assert resolve("How hot is it there?", history[:0]) == "How hot is it there?"
    assert resolve("Who lives there?", history).startswith("Who lives in ")


def test_only_the_last_turns_count() -> None:
    history = after(("Frank Zappa", None), *[("Why do cats purr loudly at night?", "")] * 20)
    assert "Zappa" in resolve("Where did he live?", history[:20])
    assert "Zappa" not in resolve("Where did he live?", history)


def test_what_is_missing_is_asked_for_and_only_where_it_is_needed() -> None:
    asked: list[str] = []

    def answer(question: str) -> str:
        asked.append(question)
        return "Qin Shubin"

    history: list[Turn] = [SIGNED[0], {"question": "Who opened it?", "answer": None}]
    assert resolve("Where is he now?", history, answer) == "Where is Qin Shubin now?"
    assert asked == [SIGNED[0], "Who opened the 2019 Smart China Expo?"]
    assert resolve("Who wrote Pride and Prejudice?", history, answer).startswith("Who wrote")
    assert len(asked) == 2
    assert resolve("Where is he now?", after(QIN), answer) == "Where is Qin Shubin now?"
    assert len(asked) == 2


SAID = st.one_of(
    st.text(max_size=60),
    st.lists(
        st.sampled_from(
            """And it he She her there That this those in 2019 2020, the a of Chongqing's Expo
            Ann Lee's what Which who how many where when why did was projects? first ? . \u2019 &
            \ud7ff \U0001f916 \u4e2d\u6587 \u0130 \u1e9e e\u0301 _ - 1,200""".split()
        ),
        max_size=12,
    ).map(" ".join),
)


@given(SAID, st.lists(st.tuples(SAID, st.none() | SAID), max_size=4))
@settings(max_examples=400)
def test_no_text_is_an_error(question: str, turns: list[tuple[str, str | None]]) -> None:
    resolved = resolve(question, after(*turns))
    assert len(resolved) <= max(LONGEST, len(question))
    assert resolve(question, after(*turns)) == resolved
    assert bool(resolved.strip()) == bool(question.strip())
    if not turns:
        assert resolved == question


@given(SAID)
def test_what_is_found_stands_where_it_says(text: str) -> None:
    for mention in mentions(text):
        assert text[mention.start : mention.end] == mention.text
        assert mention.head
    for word in split(text):
        assert text[word.start : word.end].lower() == word.key
    end = 0
    for reference in references(text):
        assert end <= reference.start < reference.end <= len(text)
        end = reference.end
    assert len(fragment(text)) <= 8


@pytest.mark.parametrize(
    "piece", ["it ", "And ", "Ann's ", "the ", "A of ", "that x ", "2019 ", "'", "a-", "A. ", "in "]
)
def test_text_from_anyone_takes_no_long_time(piece: str) -> None:
    long = (piece * LONGEST)[:LONGEST]
    began = time.process_time()
    resolve(long, after(*[(long, long)] * 20))
    assert time.process_time() - began < 5


def test_a_question_never_grows_beyond_what_a_bot_takes() -> None:
    assert LONGEST == MAX_QUESTION
    typed = "Where was it held?" + " " * (LONGEST - 18)
    assert resolve(typed, after(SIGNED)) == typed


# --- The bot and the conversation.

OPENED = "When did Lijia Smart Park open?"


def test_the_bot_looks_up_what_it_resolved_and_shows_both() -> None:
    answer = BOT.ask("What flies there?", [OPENED])
    assert answer.question == "What flies there?"
    assert answer.resolved_question == "What flies in Lijia Smart Park?"
    alone = BOT.ask(answer.resolved_question)
    assert (answer.text, answer.citations, answer.hits) == (
        alone.text,
        alone.citations,
        alone.hits,
    )
    assert answer.citations[0].doc_id == "park.txt"


def test_the_bot_asks_itself_for_what_is_missing() -> None:
    bot = bot_over(EXPO, PARK)
    question = "Which park opened in 2018?"
    known = after((question, bot.ask(question).text))
    assert bot.ask("Who runs that park?", [question]) == bot.ask("Who runs that park?", known)
    assert bot.ask("Who runs that park?", [question]).resolved_question != "Who runs that park?"


def test_without_anything_to_resolve_history_changes_nothing() -> None:
    for question in (OPENED, "Who caught the Golden Snitch?"):
        assert BOT.ask(question, [OPENED, "What is Lijia?"]) == BOT.ask(question)
    assert "resolving" in BOT.trace(OPENED, [OPENED]).seconds
    assert "resolving" not in BOT.trace(OPENED).seconds


def test_a_conversation_remembers_and_forgets() -> None:
    conversation = qa.Conversation(BOT)
    assert not conversation.turns
    first = conversation.ask(OPENED)
    second = conversation.ask("What flies there?")
    assert second.resolved_question == "What flies in Lijia Smart Park?"
    assert list(conversation.turns) == [first, second]
    assert second == BOT.ask("What flies there?", [{"question": OPENED, "answer": first.text}])
    with pytest.raises(QuestionError):
        conversation.ask("")
    conversation.undo()
    assert list(conversation.turns) == [first]
    conversation.clear()
    conversation.undo()
    assert not conversation.turns
    assert conversation.ask("What flies there?").resolved_question == "What flies there?"


def test_a_conversation_does_not_ask_again_what_was_not_answered() -> None:
    class Silent:
        def ask(self, question: str, history: Sequence[Turn] = ()) -> Answer:
            heard.append(list(history))
            return Answer(question, question, None, 0.0, reason="nothing near")

    heard: list[list[Turn]] = []
    conversation = Conversation(Silent())
    conversation.ask("Who?")
    conversation.ask("Why?")
    assert heard == [[], [{"question": "Who?", "answer": ""}]]


@pytest.mark.parametrize(
    ("history", "message"),
    [
        ([""], "item 1 of the history: the question is empty"),
        ([OPENED, "x" * 2001], "item 2 of the history: the question has 2,001 characters"),
        ([{"question": "\ud83d"}], "item 1 of the history: the question holds half a character"),
        ([{}], "item 1 of the history has no question"),
        ([{"question": None}], "item 1 of the history: a question is text, not NoneType"),
        ([{"question": "Who?", "answer": 7}], "item 1 of the history: its answer is neither"),
        (
            [{"question": "Who?", "answer": "\udcff"}],
            "item 1 of the history: its answer is neither",
        ),
        ([7], "item 1 of the history is int"),
        ("Who?", "the history is a list, not str"),
        (7, "the history is a list, not int"),
        ({"question": "Who?"}, "the history is a list, not dict"),
    ],
)
def test_what_is_no_history_is_refused_by_its_item(history: object, message: str) -> None:
    with pytest.raises(QuestionError, match=message) as error:
        BOT.ask("Where was it held?", history)  # type: ignore[arg-type]
    assert error.value.hint


@given(st.lists(TEXTS, min_size=1, max_size=3), SAID.filter(str.strip), SAID.filter(str.strip))
@settings(max_examples=40, deadline=None)
def test_whatever_the_history_citations_stay_verbatim(
    texts: list[str], before: str, question: str
) -> None:
    documents = [qa.Document(f"{n}.txt", "Title", text) for n, text in enumerate(texts)]
    answer = bot_over(*documents).ask(question, [before])
    for citation in answer.citations:
        text = texts[int(citation.doc_id.removesuffix(".txt"))]
        assert text[citation.start : citation.end] == citation.quote
        assert text[citation.answer_start : citation.answer_end] == citation.answer
